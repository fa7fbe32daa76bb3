import { authenticationNotHandledError } from '../../domain/card-declines.ts';
import type { CardChecks, CardOutcome } from '../../domain/card-outcome.ts';
import type { ThreeDSecureResult } from '../../domain/three-d-secure.ts';
import { ApiError } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { issuerAnswer } from '../payment-methods/issuer.ts';
import type { World } from '../world.ts';
import { cardDetails } from './card-details.ts';
import { recordCharge } from './charge.ts';
import { concludeAction, concludeAuthorized, concludeFailed, concludePaid, markSpent } from './conclude.ts';
import type { ChargeFacts, IntentFacts } from './facts.ts';
import { sorted } from './method-options.ts';
import { threeDSecureAction } from './next-action.ts';

/** How an attempt is made, beyond what stands on the intent. */
export interface AttemptTerms {
  readonly offSession: boolean;
  readonly returnUrl: string | null;
  /** The customer's answer to 3D Secure, when it was asked for. */
  readonly authentication?: 'succeeded' | 'failed' | undefined;
  readonly errorOnRequiresAction: boolean;
  /** A client that handles actions by the SDK, even when a `return_url` is known. */
  readonly useStripeSdk: boolean;
  readonly mandate: string | null;
}

/**
 * Tries to take the intent's amount from a card, as the card's row in the test table says. Leaves the intent succeeded,
 * held, waiting for the customer, or back in `requires_payment_method`.
 *
 * @throws ApiError 402 when the card is declined or needs a customer who is not there; the failure is kept.
 */
export function attemptCard(world: World, intent: ApiObject, method: ApiObject, terms: AttemptTerms): void {
  const options = (intent['payment_method_options'] as Record<string, ApiHash>)['card'] ?? {};
  const outcome = askIssuer(world, method, options, { ...terms, usage: 'payment' });
  if (outcome.kind === 'requires_authentication') {
    askCustomer(world, intent, method, terms);
    return;
  }
  markSpent(world, method);
  if (outcome.kind === 'authentication_failed') {
    throw concludeFailed(world, intent, method, outcome.error, undefined, 400);
  }
  applyChecks(world, method, outcome.checks);
  const manualCapture = (options['capture_method'] ?? intent['capture_method']) === 'manual';
  const details = cardDetails(world, {
    method,
    amount: intent['amount'] as number,
    declined: outcome.kind === 'declined',
    manualCapture,
    threeDSecure: threeDSecureHash(outcome.threeDSecure),
    mandate: terms.mandate,
    options,
  });
  const chargeOutcome = {
    ...outcome.outcome,
    risk_score: riskScore(world, outcome.riskScore),
  };
  if (outcome.kind === 'declined') {
    const charge = outcome.makesCharge
      ? recordCharge(world, {
          intent,
          method,
          details,
          outcome: sorted(chargeOutcome),
          status: 'failed',
          captured: false,
          failure: { code: outcome.error.code, message: outcome.error.message },
        })
      : undefined;
    throw concludeFailed(world, intent, method, outcome.error, charge);
  }
  const charge = recordCharge(world, {
    intent,
    method,
    details,
    outcome: sorted(chargeOutcome),
    status: 'succeeded',
    captured: !manualCapture,
  });
  if (outcome.afterwards !== undefined)
    world.remember<ChargeFacts>(charge.id, { afterwards: outcome.afterwards });
  if (manualCapture) concludeAuthorized(world, intent, charge, method);
  else concludePaid(world, intent, charge, method);
}

/** What the issuer, or 3D Secure before it, says to this card now. */
export function askIssuer(
  world: World,
  method: ApiObject,
  options: ApiHash,
  terms: {
    readonly usage: 'payment' | 'setup' | 'attach';
    readonly offSession: boolean;
    readonly authentication?: 'succeeded' | 'failed' | undefined;
  },
): CardOutcome {
  const asked = options['request_three_d_secure'];
  return issuerAnswer(world, method, {
    usage: terms.usage,
    offSession: terms.offSession,
    ...(terms.authentication === undefined ? {} : { authentication: terms.authentication }),
    requestThreeDSecure: asked === 'any' || asked === 'challenge' ? asked : 'automatic',
  });
}

function askCustomer(world: World, intent: ApiObject, method: ApiObject, terms: AttemptTerms): void {
  if (terms.errorOnRequiresAction) {
    throw concludeFailed(world, intent, method, authenticationNotHandledError());
  }
  const attempt = world.ids.related('payatt', intent.id);
  world.remember<IntentFacts>(intent.id, { attempt });
  concludeAction(world, intent, method, threeDSecureAction(world, intent, method, terms, attempt));
}

/** A whole number from the recorded range of a risk level, both ends included. */
function riskScore(world: World, [low, high]: readonly [number, number]): number {
  return low + (Number(world.ids.digits(4)) % (high - low + 1));
}

/** The checks that the attempt made show on the method from now on. */
export function applyChecks(world: World, method: ApiObject, checks: CardChecks): void {
  const card = method['card'] as ApiHash;
  if (JSON.stringify(card['checks']) === JSON.stringify(checks)) return;
  card['checks'] = checks;
  world.update('payment_methods', method);
}

/** `three_d_secure` of a charge, with every field of the type. */
function threeDSecureHash(result: ThreeDSecureResult | null): ApiHash | null {
  if (result === null) return null;
  return sorted({ ...result, exemption_indicator: null, transaction_id: null, version: '2.2.0' });
}

/** True for the refusal of an attempt that was kept, in contrast to a request that could not be tried. */
export const isKeptFailure = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.keepsState;
