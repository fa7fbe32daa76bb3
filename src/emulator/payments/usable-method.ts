import { currencyRefusal, findMethodType } from '../../domain/payment-method-types.ts';
import { type ErrorBody, invalidRequest } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { MethodFacts } from './facts.ts';

type WithIntent = (fields: Omit<ErrorBody, 'message' | 'type'>) => Omit<ErrorBody, 'message' | 'type'>;

const SPENT =
  'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.';

/**
 * Checks that an intent may take this method: its customer, whether it was used up, its type, the currency.
 *
 * @param withIntent adds the intent to an error where Stripe does.
 * @param authenticated the customer just passed an action with this very method: it is not spent then.
 * @throws ApiError 400 (texts recorded 2023-2026)
 */
export function requireUsableMethod(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  withIntent: WithIntent,
  authenticated = false,
): void {
  const owner = method['customer'] as string | null;
  const customer = intent['customer'] as string | null;
  if (owner !== null && customer === null) {
    throw invalidRequest(
      `The \`payment_method\` parameter supplied ${method.id} belongs to the Customer ${owner}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
      withIntent({ code: 'parameter_missing', param: 'source' }),
    );
  }
  if (owner !== null && owner !== customer) {
    throw invalidRequest(
      `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`,
      withIntent({ param: 'payment_method' }),
    );
  }
  if (owner === null && !authenticated && world.facts<MethodFacts>(method.id).spent === true) {
    throw invalidRequest(SPENT, withIntent({}));
  }
  const type = method['type'] as string;
  const allowed = intent['payment_method_types'] as string[];
  if (!allowed.includes(type)) {
    throw invalidRequest(
      `The PaymentMethod provided (${type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${allowed.join(', ')}. Alternatively update the allowed payment_method_types for this PaymentIntent to include "${type}".`,
      withIntent({ param: 'payment_method' }),
    );
  }
  const refusal = type === 'card' ? undefined : currencyRefusal([type], intent['currency'] as string);
  if (refusal !== undefined) throw invalidRequest(refusal, withIntent({ param: 'currency' }));
  if (findMethodType(type) === undefined) throw new Error(`no behaviour is known for ${type}`);
}
