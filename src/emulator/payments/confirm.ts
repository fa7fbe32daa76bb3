import { confirmRefusal } from '../../domain/refusals.ts';
import { findMethodType } from '../../domain/payment-method-types.ts';
import { type ErrorBody, invalidRequest } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { findMethod } from '../payment-methods/find.ts';
import { methodFromData } from '../payment-methods/from-data.ts';
import { applyConfirmationToken } from '../payment-methods/confirmation-token.ts';
import type { World } from '../world.ts';
import { attemptPayment } from './attempt.ts';
import { applyIntentParams } from './intent-params.ts';
import { requireUsableMethod } from './usable-method.ts';
import type { IntentFacts } from './facts.ts';

const NEEDS_RETURN_URL =
  "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.";

/**
 * Confirms an intent: checks that it may be confirmed, finds the method, applies the parameters, tries the payment.
 * Works on `intent` in place; it is stored already.
 *
 * @param created true when the same request created the intent: refusals then leave nothing behind.
 * @throws ApiError 400 when it cannot be tried, 402 when it was tried and failed (that is kept).
 */
export function confirmIntent(world: World, intent: ApiObject, params: ApiHash, created = false): void {
  const withIntent = (fields: Omit<ErrorBody, 'message' | 'type'>) =>
    created ? fields : { ...fields, payment_intent: intent };
  const refusal = confirmRefusal(intent['status'] as string, params['payment_method'] !== undefined);
  if (refusal !== undefined) {
    const { message, ...fields } = refusal;
    throw invalidRequest(message, withIntent(fields));
  }
  const terms = applyConfirmationToken(world, params);
  const method = chooseMethod(world, intent, terms);
  if (method === undefined) {
    throw invalidRequest(missingMethod(intent), withIntent({ code: 'payment_intent_unexpected_state' }));
  }
  const facts = world.facts<IntentFacts>(intent.id);
  const authenticated = facts.authenticatedMethod === method.id;
  requireUsableMethod(world, intent, method, withIntent, authenticated);
  requireReturnUrl(intent, method, terms, withIntent);
  applyIntentParams(world, intent, terms);
  const returnUrl = (terms['return_url'] as string | undefined) ?? null;
  const offSession = terms['off_session'] !== undefined && terms['off_session'] !== false;
  world.remember<IntentFacts>(intent.id, { returnUrl, offSession, authenticatedMethod: null });
  attemptPayment(world, intent, method, {
    offSession,
    returnUrl,
    authentication: authenticated ? 'succeeded' : 'none',
    errorOnRequiresAction: terms['error_on_requires_action'] === true,
    useStripeSdk: terms['use_stripe_sdk'] === true,
    mandate: (terms['mandate'] as string | undefined) ?? null,
    mandateData: terms['mandate_data'] as ApiHash | undefined,
  });
}

function chooseMethod(world: World, intent: ApiObject, params: ApiHash): ApiObject | undefined {
  if (typeof params['payment_method'] === 'string' && params['payment_method'] !== '') {
    return findMethod(world, params['payment_method'], 'parameter');
  }
  if (params['payment_method_data'] !== undefined) {
    return methodFromData(world, params['payment_method_data'] as ApiHash, 'payment_method_data');
  }
  return world.get('payment_methods', intent['payment_method']);
}

function missingMethod(intent: ApiObject): string {
  const customer = intent['customer'];
  const start = "You cannot confirm this PaymentIntent because it's missing a payment method.";
  return typeof customer === 'string'
    ? `${start} To confirm the PaymentIntent with ${customer}, specify a payment method attached to this customer along with the customer ID.`
    : `${start} You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.`;
}

/** Automatic methods that may redirect need to know where to (recorded); so does a redirect method chosen by hand. */
function requireReturnUrl(
  intent: ApiObject,
  method: ApiObject,
  params: ApiHash,
  withIntent: (fields: Omit<ErrorBody, 'message' | 'type'>) => Omit<ErrorBody, 'message' | 'type'>,
): void {
  if (params['return_url'] !== undefined || params['off_session'] !== undefined || params['use_stripe_sdk'] === true) return;
  const automatic = intent['automatic_payment_methods'] as ApiHash | null;
  if (automatic?.['enabled'] === true && automatic['allow_redirects'] !== 'never') {
    throw invalidRequest(NEEDS_RETURN_URL, withIntent({}));
  }
  const type = method['type'] as string;
  if (findMethodType(type)?.requiresRedirect === true) {
    throw invalidRequest(
      'Missing required param: return_url.',
      withIntent({ code: 'parameter_missing', param: 'return_url' }),
    );
  }
}
