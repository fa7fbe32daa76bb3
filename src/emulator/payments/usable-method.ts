import { currencyRefusal } from '../../domain/payment-method-types.ts';
import { customerMissingRefusal, otherCustomerRefusal, spentMethodRefusal } from '../../domain/refusals.ts';
import { invalidRequest, refused } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { MethodFacts } from './facts.ts';
import type { PaymentIntentSubject } from './subject.ts';

/**
 * Checks that an intent may take this method: its customer, whether it was used up, its type, the currency.
 *
 * @param subject the intent for the error, where Stripe embeds it
 * @param authenticated the customer just passed an action with this very method: it is not spent then.
 * @throws ApiError 400 (texts recorded 2023-2026)
 */
export function requireUsableMethod(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  subject: PaymentIntentSubject,
  authenticated = false,
): void {
  const owner = method['customer'] as string | null;
  const customer = intent['customer'] as string | null;
  if (owner !== null && customer === null) throw refused(customerMissingRefusal(method.id, owner), subject);
  if (owner !== null && owner !== customer)
    throw refused(otherCustomerRefusal(method.id, customer as string), subject);
  if (owner === null && !authenticated && world.facts<MethodFacts>(method.id).spent === true) {
    throw refused(spentMethodRefusal(), subject);
  }
  const type = method['type'] as string;
  const allowed = intent['payment_method_types'] as string[];
  if (!allowed.includes(type)) {
    throw invalidRequest(
      `The PaymentMethod provided (${type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${allowed.join(', ')}. Alternatively update the allowed payment_method_types for this PaymentIntent to include "${type}".`,
      { param: 'payment_method', ...subject },
    );
  }
  const refusal = type === 'card' ? undefined : currencyRefusal([type], intent['currency'] as string);
  if (refusal !== undefined) throw refused(refusal, subject);
}
