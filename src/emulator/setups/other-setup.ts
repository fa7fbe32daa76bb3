import { unsupported } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { AuthenticationOutcome } from '../payments/authenticate.ts';
import type { World } from '../world.ts';
import type { SetupTerms } from './card-setup.ts';

/** Sets up anything but a card: bank debits with a mandate, redirect methods. @throws ApiError for types not emulated. */
export function setUpOther(_world: World, _intent: ApiObject, method: ApiObject, _terms: SetupTerms): void {
  throw unsupported(`Setting up ${String(method['type'])}`, 'payment_method');
}

/** The customer completes or fails the action of a set-up that is not a card's. */
export function completeSetupAction(
  _world: World,
  _intent: ApiObject,
  method: ApiObject,
  _outcome: AuthenticationOutcome,
): void {
  throw unsupported(`Completing a set-up of ${String(method['type'])}`);
}
