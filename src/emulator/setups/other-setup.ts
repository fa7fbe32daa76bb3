import type { ApiHash, ApiObject } from '../objects.ts';
import { isBankDebit } from '../payment-methods/test-account.ts';
import type { AuthenticationOutcome } from '../payments/authenticate.ts';
import { keepFailure } from '../payments/complete-action.ts';
import { attemptExpired } from '../payments/failures.ts';
import { createGeneratedDebit } from '../payments/generated-debit.ts';
import { createMandate, mandateFor } from '../payments/mandate.ts';
import { awaitsMicrodeposits, needsVerification, PAGE_GUESSES } from '../payments/microdeposits.ts';
import { waitingAction } from '../payments/waiting-action.ts';
import { requireSupportedMethod } from '../unsupported-methods.ts';
import type { World } from '../world.ts';
import type { SetupTerms } from './card-setup.ts';
import { concludeSetUp, concludeSetupAction, concludeSetupFailed } from './conclude.ts';
import { askForSetupMicrodeposits, verifySetup } from './microdeposits.ts';

/** Consent that a customer gives on the page of a bank or wallet. */
const CONSENT_ON_PAGE = { customer_acceptance: { type: 'offline' } };

/**
 * Sets up anything but a card: a bank debit needs a mandate and, when its account was typed in, microdeposits; everything
 * else sends the customer to a page.
 *
 * @throws ApiError 400 for a type that is not emulated, or without a mandate.
 */
export function setUpOther(world: World, intent: ApiObject, method: ApiObject, terms: SetupTerms): void {
  const type = method['type'] as string;
  requireSupportedMethod(type, 'payment_method');
  if (!isBankDebit(type)) {
    concludeSetupAction(world, intent, method, (attempt) =>
      waitingAction({ world, intent, returnUrl: terms.returnUrl, attempt: attempt.id }, type),
    );
    return;
  }
  giveMandate(world, intent, method, terms);
  if (needsVerification(world, method)) askForSetupMicrodeposits(world, intent, method);
  else concludeSetUp(world, intent, method);
}

/** The mandate stands on the intent as the reusable one, or as the one for a single payment (both recorded 2026). */
function giveMandate(world: World, intent: ApiObject, method: ApiObject, terms: SetupTerms): void {
  const subject = { setup_intent: intent };
  if (terms.singleUse === undefined) {
    const consent = { mandate: null, mandateData: terms.mandateData };
    intent['mandate'] = mandateFor(world, intent, method, consent, subject).id;
    return;
  }
  const payment = {
    id: intent.id,
    object: 'payment_intent',
    amount: terms.singleUse['amount'],
    currency: String(terms.singleUse['currency']).toLowerCase(),
    payment_method_options: null,
  };
  intent['single_use_mandate'] = createMandate(
    world,
    payment,
    method,
    terms.mandateData ?? CONSENT_ON_PAGE,
  ).id;
}

/** The customer completes or fails the page of a set-up that is not a card's. */
export function completeSetupAction(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  outcome: AuthenticationOutcome,
): void {
  if (awaitsMicrodeposits(intent)) {
    keepFailure(() => verifySetup(world, intent, PAGE_GUESSES[outcome]));
    return;
  }
  if (outcome === 'fail') {
    const type = method['type'] as string;
    concludeSetupFailed(world, intent, method, {
      ...attemptExpired(type),
      code: 'setup_intent_setup_attempt_expired',
      message: `The customer did not approve the set-up of ${type}. Provide a new payment method to try again.`,
    });
    return;
  }
  const attempt = world.require('setup_attempts', intent['latest_attempt']);
  const made = createGeneratedDebit(world, intent, method, { charge: null, setupAttempt: attempt.id });
  intent['mandate'] = made?.mandate.id ?? createMandate(world, intent, method, CONSENT_ON_PAGE).id;
  if (made !== undefined) {
    const details = (attempt['payment_method_details'] as Record<string, ApiHash>)[method['type'] as string];
    Object.assign(details as ApiHash, {
      generated_sepa_debit: made.debit.id,
      generated_sepa_debit_mandate: made.mandate.id,
    });
    world.update('setup_attempts', attempt);
  }
  concludeSetUp(world, intent, method);
}
