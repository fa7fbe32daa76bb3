import type { ApiHash } from './objects.ts';

const isHash = (value: unknown): value is ApiHash =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What an `*.updated` event says of the past: only the fields that changed, with their old values; hashes are compared
 * key by key, and a key that was absent before is null (recorded 2026-08).
 */
export function previousAttributes(before: ApiHash, after: ApiHash): ApiHash {
  const changed: ApiHash = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[key] ?? null;
    const now = after[key] ?? null;
    if (isHash(old) && isHash(now)) {
      const nested = previousAttributes(old, now);
      if (Object.keys(nested).length > 0) changed[key] = nested;
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      changed[key] = old;
    }
  }
  return changed;
}
