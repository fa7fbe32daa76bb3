import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** A new bank account for a test id such as `pm_usBankAccount_success`, or undefined when the id is none. */
export function mintTestAccount(_world: World, _id: string, _metadata: ApiHash): ApiObject | undefined {
  return undefined;
}
