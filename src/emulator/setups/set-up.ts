import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { type SetupTerms, setUpCard } from './card-setup.ts';
import { setUpOther } from './other-setup.ts';

/**
 * Sets up a method that was found usable.
 *
 * @throws ApiError when the set-up failed; the failure is kept.
 */
export function setUpMethod(world: World, intent: ApiObject, method: ApiObject, terms: SetupTerms): void {
  if (method['type'] === 'card') setUpCard(world, intent, method, terms);
  else setUpOther(world, intent, method, terms);
}
