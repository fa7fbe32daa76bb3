import type { ApiHash } from './objects.ts';

/**
 * Merges metadata key by key, as Stripe does: an empty value removes its key, an empty string in place of the hash
 * removes all (documented; merging recorded 2026-08).
 */
export function mergeMetadata(current: unknown, given: unknown): ApiHash {
  if (given === '') return {};
  const merged: ApiHash = { ...(current as ApiHash | undefined) };
  for (const [key, value] of Object.entries((given ?? {}) as ApiHash)) {
    if (value === '' || value === null) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}
