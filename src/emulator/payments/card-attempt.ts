import { cardOutcome } from '../../domain/card-outcome.ts';
import { findTestCard } from '../../domain/test-cards.ts';
import { ApiError } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { cardDetails, passedThreeDSecure } from './card-details.ts';
import { recordCharge } from './charge.ts';
import { concludeAction, concludeAuthorized, concludeFailed, concludePaid, markSpent } from './conclude.ts';
import type { IntentFacts, MethodFacts } from './facts.ts';
import { threeDSecureAction } from './next-action.ts';

/** How an attempt is made, beyond what stands on the intent. */
export interface AttemptTerms {
  readonly offSession: boolean;
  readonly returnUrl: string | null;
  /** The customer's answer to 3D Secure, when it was asked for. */
  readonly authentication: 'none' | 'succeeded' | 'failed';
  readonly errorOnRequiresAction: boolean;
  /** A client that handles actions by the SDK, even when a `return_url` is known. */
  readonly useStripeSdk: boolean;
  readonly mandate: string | null;
}

const NOT_HANDLED =
  "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.";

const AUTHENTICATION_FAILED =
  'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.';

/**
 * Tries to take the intent's amount from a card, as the card's row in the test table says. Leaves the intent succeeded,
 * held, waiting for the customer, or back in `requires_payment_method`.
 *
 * @throws ApiError 402 when the card is declined or needs a customer who is not there; the failure is kept.
 */
export function attemptCard(world: World, intent: ApiObject, method: ApiObject, terms: AttemptTerms): void {
  const facts = world.facts<MethodFacts>(method.id);
  const card = findTestCard({ id: facts.testCard ?? '' });
  if (card === undefined) throw new Error(`${method.id} is a card of no known behaviour`);
  const options = (intent['payment_method_options'] as Record<string, ApiHash>)['card'] ?? {};
  const manualCapture = (options['capture_method'] ?? intent['capture_method']) === 'manual';
  const outcome = cardOutcome(card, {
    usage: 'payment',
    offSession: terms.offSession,
    authentication: terms.authentication,
    setUp: facts.setUp ?? false,
    requestThreeDSecure: (options['request_three_d_secure'] as string | undefined) ?? 'automatic',
    postalCode: postalCodeOf(method),
  });
  if (outcome.kind === 'authenticate') {
    if (terms.errorOnRequiresAction) {
      throw concludeFailed(world, intent, method, {
        code: 'authentication_required',
        decline_code: 'authentication_not_handled',
        message: NOT_HANDLED,
        type: 'card_error',
      });
    }
    const attempt = world.ids.related('payatt', intent.id);
    world.remember<IntentFacts>(intent.id, { attempt });
    concludeAction(world, intent, method, threeDSecureAction(world, intent, method, terms, attempt));
    return;
  }
  markSpent(world, method);
  if (outcome.kind === 'authentication_failed') {
    throw concludeFailed(
      world,
      intent,
      method,
      { code: 'payment_intent_authentication_failure', message: AUTHENTICATION_FAILED, type: 'invalid_request_error' },
      undefined,
      400,
    );
  }
  passChecks(world, method);
  const threeDSecure = terms.authentication === 'succeeded' ? passedThreeDSecure() : null;
  const declined = outcome.kind === 'declined';
  const details = cardDetails(world, {
    method,
    amount: intent['amount'] as number,
    declined,
    manualCapture,
    threeDSecure,
    mandate: terms.mandate,
    options,
  });
  if (declined) {
    const charge = outcome.makesCharge
      ? recordCharge(world, {
          intent,
          method,
          details,
          outcome: outcome.chargeOutcome,
          status: 'failed',
          captured: false,
          failure: { code: outcome.error.code, message: outcome.error.message },
        })
      : undefined;
    throw concludeFailed(world, intent, method, { ...outcome.error, type: 'card_error' }, charge);
  }
  const charge = recordCharge(world, {
    intent,
    method,
    details,
    outcome: outcome.chargeOutcome,
    status: 'succeeded',
    captured: !manualCapture,
  });
  if (manualCapture) concludeAuthorized(world, intent, charge, method);
  else concludePaid(world, intent, charge, method);
}

function postalCodeOf(method: ApiObject): string | null {
  const address = (method['billing_details'] as { address: ApiHash | null }).address;
  return (address?.['postal_code'] as string | null | undefined) ?? null;
}

/** A card that was charged has had its CVC checked (recorded, also for the card whose CVC is wrong). */
function passChecks(world: World, method: ApiObject): void {
  const checks = (method['card'] as { checks: ApiHash }).checks;
  if (checks['cvc_check'] !== 'unchecked') return;
  checks['cvc_check'] = 'pass';
  world.update('payment_methods', method);
}

/** True for the refusal of an attempt that was kept, in contrast to a request that could not be tried. */
export const isKeptFailure = (error: unknown): error is ApiError => error instanceof ApiError && error.keepsState;
