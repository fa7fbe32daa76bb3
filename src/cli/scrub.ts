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
