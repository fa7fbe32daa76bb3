import { unsupported } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { AttemptTerms } from './attempt.ts';

/** Tries a payment with anything but a card. @throws ApiError for types that are not emulated. */
export function attemptOther(
  _world: World,
  _intent: ApiObject,
  method: ApiObject,
  _terms: AttemptTerms,
): void {
  throw unsupported(`Paying with ${String(method['type'])}`, 'payment_method');
}
