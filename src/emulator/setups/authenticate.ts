import { invalidRequest } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { AuthenticationOutcome } from '../payments/authenticate.ts';
import { isKeptFailure } from '../payments/card-attempt.ts';
import type { World } from '../world.ts';
import { setUpCard } from './card-setup.ts';
import { completeSetupAction } from './other-setup.ts';

/**
 * The customer completes, or fails, what a SetupIntent waits for. Works on `intent` in place; a failure is kept on it.
 *
 * @throws ApiError 400 when it waits for nothing.
 */
export function authenticateSetupIntent(
  world: World,
  intent: ApiObject,
  outcome: AuthenticationOutcome,
): void {
  const status = intent['status'] as string;
  if (status !== 'requires_action') {
    throw invalidRequest(
      `This SetupIntent has nothing to authenticate because it has a status of ${status}. Only a SetupIntent with the status requires_action can be authenticated.`,
      { code: 'setup_intent_unexpected_state', setup_intent: intent },
    );
  }
  const method = world.require('payment_methods', intent['payment_method']);
  if (method['type'] !== 'card') {
    completeSetupAction(world, intent, method, outcome);
    return;
  }
  const authentication = outcome === 'succeed' ? 'succeeded' : 'failed';
  try {
    setUpCard(world, intent, method, { returnUrl: null, useStripeSdk: false, authentication });
  } catch (error) {
    if (!isKeptFailure(error)) throw error;
  }
}
