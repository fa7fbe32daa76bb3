import { compareKeys } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';

/**
 * A copy of an object with some fields changed, added, or (undefined) taken away, in Stripe's order of fields. Fields
 * that come and go, such as those of a failed refund, would otherwise end up last.
 */
export function withFields(object: ApiObject, changes: ApiHash): ApiObject {
  const entries = Object.entries({ ...object, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => compareKeys(a, b))) as ApiObject;
}
