import type { ApiRecord } from '../../gateway/gateway.ts';
import type { SnippetRequest } from './snippet-request.ts';

/** A word as a POSIX shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./…-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Names and values as a form sends them: `['payment_method_types[0]', 'card']`. */
export function formPairs(params: ApiRecord): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) add(`${name}[]`, item);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
    } else if (value !== undefined) pairs.push([name, value === null ? '' : String(value)]);
  };
  for (const [name, value] of Object.entries(params)) add(name, value);
  return pairs;
}

/** Lines of one command, each but the last ended with a backslash. */
export function continued(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** A form value is encoded by curl only where asked to. */
const isPlain = (value: string) => /^[\w.:/@,…-]*$/.test(value);

/** A request as curl sends it. Address and key come from variables, which `payintent emulator env` sets. */
export function curlLines({ method, path, params, idempotencyKey, publishable }: SnippetRequest): string[] {
  const pairs = formPairs(params);
  const lines = [
    `curl "$STRIPE_API_BASE${path}"`,
    `  -u "$${publishable === true ? 'STRIPE_PUBLISHABLE_KEY' : 'STRIPE_API_KEY'}:"`,
  ];
  if (method === 'DELETE') lines.push('  -X DELETE');
  else if (method === 'GET' && pairs.length > 0) lines.push('  --get');
  else if (method === 'POST' && pairs.length === 0) lines.push('  -X POST');
  if (idempotencyKey !== undefined) lines.push(`  -H ${quoted(`Idempotency-Key: ${idempotencyKey}`)}`);
  for (const [name, value] of pairs) {
    lines.push(`  ${isPlain(value) ? '-d' : '--data-urlencode'} ${quoted(`${name}=${value}`)}`);
  }
  return continued(lines);
}
