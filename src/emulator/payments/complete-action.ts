import { unsupported } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { AuthenticationOutcome } from './authenticate.ts';

/** The customer completes or fails the action of a method that is not a card. Works on `intent` in place. */
export function completeAction(
  _world: World,
  _intent: ApiObject,
  method: ApiObject,
  _outcome: AuthenticationOutcome,
): void {
  throw unsupported(`Completing a payment with ${String(method['type'])}`);
}
