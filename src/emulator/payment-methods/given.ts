import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { findMethod } from './find.ts';
import { methodFromData } from './from-data.ts';

/**
 * The method that the parameters of an intent name (`payment_method`) or describe (`payment_method_data`); undefined
 * where they do neither. An empty `payment_method` names none.
 *
 * @throws ApiError 400 for an id that does not exist, or data that make no method
 */
export function givenMethod(world: World, params: ApiHash): ApiObject | undefined {
  const id = params['payment_method'];
  if (typeof id === 'string' && id !== '') return findMethod(world, id, 'parameter');
  const data = params['payment_method_data'];
  return data === undefined ? undefined : methodFromData(world, data as ApiHash, 'payment_method_data');
}
