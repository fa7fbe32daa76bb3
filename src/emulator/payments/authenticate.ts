import type { PaymentIntentStatus } from '../../domain/statuses.ts';
import { canPerform } from '../../domain/transitions.ts';
import { invalidRequest } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { attemptCard, isKeptFailure } from './card-attempt.ts';
import { completeAction } from './complete-action.ts';
import type { IntentFacts } from './facts.ts';

export type AuthenticationOutcome = 'succeed' | 'fail';

/**
 * The customer completes, or fails, what an intent waits for: 3D Secure, a bank's page, a voucher. Works on `intent` in
 * place. A decline that follows a passed challenge is kept on the intent, not thrown: the customer is at a page, not at
 * an API call.
 *
 * @throws ApiError 400 when the intent waits for nothing.
 */
export function authenticateIntent(world: World, intent: ApiObject, outcome: AuthenticationOutcome): void {
  const status = intent['status'] as PaymentIntentStatus;
  if (!canPerform(status, 'authenticate')) {
    throw invalidRequest(
      `This PaymentIntent has nothing to authenticate because it has a status of ${status}. Only a PaymentIntent with the status requires_action can be authenticated.`,
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  }
  const method = world.require('payment_methods', intent['payment_method']);
  if (method['type'] !== 'card') {
    completeAction(world, intent, method, outcome);
    return;
  }
  if (outcome === 'succeed' && intent['confirmation_method'] === 'manual') {
    world.remember<IntentFacts>(intent.id, { authenticatedMethod: method.id });
    Object.assign(intent, { next_action: null, status: 'requires_confirmation' });
    world.update('payment_intents', intent);
    return;
  }
  try {
    attemptCard(world, intent, method, {
      offSession: false,
      returnUrl: null,
      authentication: outcome === 'succeed' ? 'succeeded' : 'failed',
      errorOnRequiresAction: false,
      useStripeSdk: false,
      mandate: null,
    });
  } catch (error) {
    if (!isKeptFailure(error)) throw error;
  }
}
