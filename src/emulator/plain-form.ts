import type { Params } from './objects.ts';

/** `name` or `name[a][b]`: every bracket closed, nothing empty, nothing after the last one. */
const PLAIN_KEY = /^[^[\]]+(?:\[[^[\]]+\])*$/;

/**
 * Reads the forms that SDKs write: names with closed, non-empty brackets. A third of the work of `qs`, which reads the
 * rest; the result is the one `qs` gives, which the tests hold it to.
 *
 * @returns undefined when the text is not of this kind, has more than `maxParameters` or nests deeper than `maxDepth`: `qs`
 *   decides then
 */
export function parsePlainForm(text: string, maxParameters: number, maxDepth: number): Params | undefined {
  const parts = text.split('&');
  if (parts.length > maxParameters) return undefined;
  const result: Params = Object.create(null);
  for (const part of parts) {
    const equals = part.indexOf('=');
    // A second one may belong to a `]=`, at which `qs` would split; SDKs encode it.
    if (equals <= 0 || part.includes('=', equals + 1)) return undefined;
    const key = decode(part.slice(0, equals));
    if (key === undefined || key.includes('__proto__')) return undefined;
    const value = decode(part.slice(equals + 1));
    if (value === undefined) return undefined;
    if (!key.includes('[')) {
      if (key.includes(']') || typeof result[key] === 'object') return undefined;
      result[key] = value;
    } else if (!PLAIN_KEY.test(key) || !setNested(result, key, value, maxDepth)) {
      return undefined;
    }
  }
  return result;
}

/** Undefined for bytes that are not UTF-8. */
function decode(text: string): string | undefined {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}

/** False when a text stands where a hash is needed, or the other way round. */
function setNested(result: Params, key: string, value: string, maxDepth: number): boolean {
  const names = key.slice(0, -1).split(/\]?\[/);
  if (names.length - 1 > maxDepth) return false;
  const last = names.pop() as string;
  let hash = result;
  for (const name of names) {
    const inner = hash[name];
    if (inner === undefined) {
      const made: Params = Object.create(null);
      hash[name] = made;
      hash = made;
    } else if (typeof inner === 'object') {
      hash = inner as Params;
    } else {
      return false;
    }
  }
  if (typeof hash[last] === 'object') return false;
  hash[last] = value;
  return true;
}
