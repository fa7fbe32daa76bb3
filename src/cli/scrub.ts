import { maskKey } from '../domain/api-keys.ts';
import { maskSecrets } from '../domain/secrets.ts';

/** Hides secrets in a text, those of this run whatever they look like. */
export function scrubber(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= 6);
  return (text) =>
    maskSecrets(
      known.reduce<string>((all, one) => all.replaceAll(one as string, maskKey(one as string)), text),
    );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A text of somebody else's as part of a sentence: it must not paint the terminal, or begin a line. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, (found) => (found.startsWith('\u001b[') ? '' : ' '));
}
