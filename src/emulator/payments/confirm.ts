import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import {
  confirmRefusal,
  missingPaymentMethodRefusal,
  redirectReturnUrlRefusal,
  returnUrlRefusal,
} from '../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../domain/statuses.ts';
import { refused } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { applyConfirmationToken } from '../payment-methods/confirmation-token.ts';
import { givenMethod } from '../payment-methods/given.ts';
import type { World } from '../world.ts';
import { attemptPayment } from './attempt.ts';
import type { IntentFacts } from './facts.ts';
import { applyIntentParams } from './intent-params.ts';
import { requireValidReturnUrl } from './return-url.ts';
import type { PaymentIntentSubject } from './subject.ts';
import { requireUsableMethod } from './usable-method.ts';

/**
 * Confirms an intent: checks that it may be confirmed, finds the method, applies the parameters, tries the payment.
 * Works on `intent` in place; it is stored already.
 *
 * @param created true when the same request created the intent: refusals then leave nothing behind.
 * @throws ApiError 400 when it cannot be tried, 402 when it was tried and failed (that is kept).
 */
export function confirmIntent(
  world: World,
  intent: ApiObject,
  params: ApiHash,
  how: { readonly created?: boolean; readonly publishable?: boolean } = {},
): void {
  const subject: PaymentIntentSubject = how.created === true ? {} : { payment_intent: intent };
  const refusal = confirmRefusal(intent['status'] as PaymentIntentStatus, {
    givesMethod: givesMethod(params),
    publishable: how.publishable ?? false,
  });
  if (refusal !== undefined) throw refused(refusal, subject);
  const terms = applyConfirmationToken(world, params, intent);
  const method = givenMethod(world, terms) ?? world.get('payment_methods', intent['payment_method']);
  if (method === undefined) {
    throw refused(missingPaymentMethodRefusal((intent['customer'] as string | null) ?? undefined), subject);
  }
  const facts = world.facts<IntentFacts>(intent.id);
  const authenticated = facts.authenticatedMethod === method.id;
  requireValidReturnUrl(terms['return_url'], subject);
  applyIntentParams(world, intent, terms);
  requireUsableMethod(world, intent, method, subject, authenticated);
  requireReturnUrl(intent, method, terms, subject);
  const returnUrl = (terms['return_url'] as string | undefined) ?? null;
  const offSession = terms['off_session'] !== undefined && terms['off_session'] !== false;
  world.remember<IntentFacts>(intent.id, { returnUrl, offSession, authenticatedMethod: null });
  attemptPayment(world, intent, method, {
    offSession,
    returnUrl,
    authentication: authenticated ? 'succeeded' : undefined,
    errorOnRequiresAction: terms['error_on_requires_action'] === true,
    useStripeSdk: terms['use_stripe_sdk'] === true,
    mandate: (terms['mandate'] as string | undefined) ?? null,
    mandateData: terms['mandate_data'] as ApiHash | undefined,
  });
}

function givesMethod(params: ApiHash): boolean {
  return ['payment_method', 'payment_method_data', 'confirmation_token'].some(
    (name) => params[name] !== undefined,
  );
}

/** Automatic methods that may redirect need to know where to (recorded); so does a redirect method chosen by hand. */
function requireReturnUrl(
  intent: ApiObject,
  method: ApiObject,
  params: ApiHash,
  subject: PaymentIntentSubject,
): void {
  const without = ['return_url', 'off_session', 'use_stripe_sdk'].every((name) => params[name] === undefined);
  if (!without) return;
  const automatic = intent['automatic_payment_methods'] as ApiHash | null;
  if (automatic?.['enabled'] === true && automatic['allow_redirects'] !== 'never') {
    throw refused(returnUrlRefusal(), { payment_intent: intent });
  }
  const type = method['type'] as string;
  if (findPaymentMethodType(type)?.redirects === true) throw refused(redirectReturnUrlRefusal(type), subject);
}
