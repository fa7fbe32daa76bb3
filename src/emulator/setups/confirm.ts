import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { otherCustomerRefusal, returnUrlRefusal, spentMethodRefusal } from '../../domain/refusals.ts';
import {
  setupConfirmRefusal,
  setupCustomerMissingRefusal,
  setupMissingPaymentMethodRefusal,
} from '../../domain/setup-refusals.ts';
import type { SetupIntentStatus } from '../../domain/statuses.ts';
import { type ErrorBody, invalidRequest, refused } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { applyConfirmationToken } from '../payment-methods/confirmation-token.ts';
import { givenMethod } from '../payment-methods/given.ts';
import type { IntentFacts, MethodFacts } from '../payments/facts.ts';
import { requireValidReturnUrl } from '../payments/return-url.ts';
import type { World } from '../world.ts';
import { applySetupParams } from './params.ts';
import { setUpMethod } from './set-up.ts';

/** The SetupIntent an error is about: embedded, except in refusals of a create. */
type SetupSubject = Pick<ErrorBody, 'setup_intent'>;

/**
 * Confirms a SetupIntent: checks, finds the method, sets it up. Works on `intent` in place; it is stored already.
 *
 * @throws ApiError 400 when it cannot be tried, 402 when it was tried and failed (that is kept).
 */
export function confirmSetupIntent(world: World, intent: ApiObject, params: ApiHash, created = false): void {
  const subject: SetupSubject = created ? {} : { setup_intent: intent };
  const terms = applyConfirmationToken(world, params, intent);
  const method = givenMethod(world, terms) ?? world.get('payment_methods', intent['payment_method']);
  const refusal = setupConfirmRefusal(intent['status'] as SetupIntentStatus);
  if (refusal !== undefined) throw refused(refusal, subject);
  if (method === undefined) throw refused(setupMissingPaymentMethodRefusal(), subject);
  requireValidReturnUrl(terms['return_url'], subject);
  applySetupParams(world, intent, terms);
  requireUsableForSetup(world, intent, method, subject);
  requireReturnUrl(intent, method, terms);
  const returnUrl = (terms['return_url'] as string | undefined) ?? null;
  world.remember<IntentFacts>(intent.id, { returnUrl });
  setUpMethod(world, intent, method, {
    returnUrl,
    useStripeSdk: terms['use_stripe_sdk'] === true,
    mandateData: terms['mandate_data'] as ApiHash | undefined,
    singleUse: terms['single_use'] as ApiHash | undefined,
  });
}

/**
 * Checks that a SetupIntent may take this method.
 *
 * @throws ApiError 400 (texts recorded 2026-08)
 */
export function requireUsableForSetup(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  subject: SetupSubject,
): void {
  const owner = method['customer'] as string | null;
  const customer = intent['customer'] as string | null;
  if (owner !== null && customer === null)
    throw refused(setupCustomerMissingRefusal(method.id, owner), subject);
  if (owner !== null && owner !== customer) {
    throw refused(otherCustomerRefusal(method.id, customer as string), subject);
  }
  if (owner === null && world.facts<MethodFacts>(method.id).spent === true)
    throw refused(spentMethodRefusal(), subject);
  const type = method['type'] as string;
  const allowed = intent['payment_method_types'] as string[];
  if (allowed.includes(type)) return;
  throw invalidRequest(
    `The PaymentMethod provided (${type}) is not allowed for this SetupIntent. Please attach a PaymentMethod of one of the following types: ${allowed.join(', ')}. Alternatively update the allowed payment_method_types for this SetupIntent to include "${type}".`,
    { param: 'payment_method', ...subject },
  );
}

/**
 * A method that redirects needs to know where to. Unlike PaymentIntents, a SetupIntent with automatic methods does not
 * ask for a `return_url` as long as the chosen method stays on the page (Stripe's CLI sets up cards this way).
 */
function requireReturnUrl(intent: ApiObject, method: ApiObject, params: ApiHash): void {
  if (params['return_url'] !== undefined) return;
  if (findPaymentMethodType(method['type'] as string)?.redirects !== true) return;
  const { message, ...fields } = returnUrlRefusal();
  throw invalidRequest(message.replace('This PaymentIntent', 'This SetupIntent'), {
    ...fields,
    setup_intent: intent,
  });
}
