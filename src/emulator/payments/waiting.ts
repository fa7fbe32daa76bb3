import { customerRefused } from '../../domain/bank-failures.ts';
import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { attachForReuse } from './attach.ts';
import type { AttemptTerms } from './attempt.ts';
import { recordCharge } from './charge.ts';
import {
  AUTHORIZATION_EXPIRY_JOB,
  concludeAction,
  concludeAuthorized,
  concludeFailed,
  concludePaid,
  concludeProcessing,
  markSpent,
} from './conclude.ts';
import type { IntentFacts } from './facts.ts';
import { attemptExpired } from './failures.ts';
import { saveGeneratedDebit } from './generated-debit.ts';
import { createMandate, mandateMissing, reusableMandate } from './mandate.ts';
import { futureUsage, optionsOf } from './method-option.ts';
import { unscoredOutcome } from './other-outcome.ts';
import { paidDetails } from './paid-details.ts';
import { waitingAction } from './waiting-action.ts';

export const WAITING_JOB = 'payment_intent.waiting';
export const DELAYED_JOB = 'charge.delayed_redirect';

const DAY = 24 * 60 * 60;

/** Customers have about a minute to approve a BLIK payment in their app (Stripe documentation: BLIK). */
const APPROVAL_SECONDS: Readonly<Record<string, number>> = { blik: 60 };

/** Some redirects are followed by a bank transfer that takes days. */
const TRANSFER_SECONDS = 3 * DAY;

/** How long a hold lasts where it is not the seven days of cards (Stripe documentation: place a hold). */
const HOLD_DAYS: Readonly<Record<string, number>> = {
  affirm: 30,
  afterpay_clearpay: 13,
  klarna: 28,
  paypal: 10,
};

/** Types whose page has no "fail" but an "expire" button (seen for promptpay 2026). */
const EXPIRE_ONLY = new Set(['promptpay']);

/**
 * Starts a payment on a bank's page, in a wallet or by a QR code: the intent waits in `requires_action`. A customer who
 * agreed to later payments need not be there again.
 *
 * @throws ApiError 400 when the customer is not there and never agreed.
 */
export function attemptWaiting(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  terms: AttemptTerms,
): void {
  const type = method['type'] as string;
  if (terms.offSession) {
    if (reusableMandate(world, method) === undefined)
      throw mandateMissing(intent, { payment_intent: intent });
    pay(world, intent, method);
    return;
  }
  const attempt = world.ids.related('payatt', intent.id);
  const nextAction = waitingAction({ world, intent, returnUrl: terms.returnUrl, attempt }, type);
  if (futureUsage(intent, type) !== undefined && terms.mandateData !== undefined) {
    world.remember<IntentFacts>(intent.id, {
      mandate: createMandate(world, intent, method, terms.mandateData).id,
    });
  }
  world.remember<IntentFacts>(intent.id, { attempt });
  concludeAction(world, intent, method, nextAction);
  const seconds = APPROVAL_SECONDS[type];
  if (seconds !== undefined) world.schedule(WAITING_JOB, intent.id, seconds, { attempt });
}

/** The customer finished, or refused, on the page. */
export function completeWaiting(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  outcome: 'succeed' | 'fail',
): void {
  world.store.cancelJobs(intent.id, WAITING_JOB);
  if (outcome === 'succeed') {
    pay(world, intent, method);
    return;
  }
  const type = method['type'] as string;
  markSpent(world, method);
  concludeFailed(world, intent, method, EXPIRE_ONLY.has(type) ? attemptExpired(type) : customerRefused());
}

/** The job behind an approval that did not come in time. */
export function expireWaiting(world: World, intentId: string, payload: ApiHash): void {
  const intent = world.get('payment_intents', intentId);
  if (intent?.['status'] !== 'requires_action') return;
  if (world.facts<IntentFacts>(intentId).attempt !== payload['attempt']) return;
  const method = world.require('payment_methods', intent['payment_method']);
  markSpent(world, method);
  concludeFailed(world, intent, method, attemptExpired(method['type'] as string));
}

/** Takes the money, holds it, or sends a transfer on its way. */
function pay(world: World, intent: ApiObject, method: ApiObject): void {
  const type = method['type'] as string;
  const delayed = findPaymentMethodType(type)?.afterCustomerActs === 'processing';
  const manual = (optionsOf(intent, type)['capture_method'] ?? intent['capture_method']) === 'manual';
  markSpent(world, method);
  const charge = recordCharge(world, {
    intent,
    method,
    details: paidDetails(world, intent, method),
    outcome: unscoredOutcome(),
    status: delayed ? 'pending' : 'succeeded',
    captured: !manual,
  });
  if (delayed) {
    attachForReuse(world, intent, method);
    concludeProcessing(world, intent, charge, method);
    world.schedule(DELAYED_JOB, charge.id, TRANSFER_SECONDS);
  } else if (manual) {
    concludeAuthorized(world, intent, charge, method);
    holdFor(world, intent, HOLD_DAYS[type]);
  } else {
    saveGeneratedDebit(world, intent, charge, method);
    concludePaid(world, intent, charge, method);
  }
}

function holdFor(world: World, intent: ApiObject, days: number | undefined): void {
  if (days === undefined) return;
  world.store.cancelJobs(intent.id, AUTHORIZATION_EXPIRY_JOB);
  world.schedule(AUTHORIZATION_EXPIRY_JOB, intent.id, days * DAY);
}

/** The job behind a transfer that a redirect started. */
export function settleDelayed(world: World, chargeId: string): void {
  const charge = world.get('charges', chargeId);
  if (charge === undefined || charge['status'] !== 'pending') return;
  const intent = world.require('payment_intents', charge['payment_intent']);
  if (intent['status'] !== 'processing') return;
  world.update('charges', Object.assign(charge, { paid: true, status: 'succeeded' }));
  const method = world.require('payment_methods', charge['payment_method']);
  saveGeneratedDebit(world, intent, charge, method);
  concludePaid(world, intent, charge, method);
}
