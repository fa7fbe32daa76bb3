import { applyCustomerBalanceRefusal } from '../../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../../domain/statuses.ts';
import { invalidRequest, refused } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { applyCash, awaitsTransfer, remainingOf } from '../../payments/bank-transfer.ts';
import { availableCash } from '../../payments/cash-balance.ts';
import type { Call } from '../../world.ts';
import { intentOfCall } from './find.ts';

/**
 * `POST /v1/payment_intents/{id}/apply_customer_balance`: pays a waiting bank transfer from the customer's cash balance,
 * as much as there is and as it needs unless `amount` says less.
 *
 * @throws ApiError 400 when the intent waits for no transfer, or the amount is not there (wording ours).
 */
export function applyCustomerBalance(call: Call): ApiObject {
  const { world, params } = call;
  const intent = intentOfCall(call);
  const subject = { payment_intent: intent };
  if (!awaitsTransfer(intent)) {
    throw refused(applyCustomerBalanceRefusal(intent['status'] as PaymentIntentStatus), subject);
  }
  const currency = intent['currency'] as string;
  if (params['currency'] !== undefined && params['currency'] !== currency) {
    throw invalidRequest(`The currency of this PaymentIntent is ${currency}.`, {
      param: 'currency',
      ...subject,
    });
  }
  const available = availableCash(world, intent['customer'] as string, currency);
  const remaining = remainingOf(world, intent);
  const amount = (params['amount'] as number | undefined) ?? Math.min(available, remaining);
  if (amount < 1 && params['amount'] !== undefined) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
      ...subject,
    });
  }
  if (amount > remaining) {
    throw invalidRequest('The amount is greater than the remaining amount of this PaymentIntent.', {
      code: 'amount_too_large',
      param: 'amount',
      ...subject,
    });
  }
  if (amount > available || amount === 0) {
    throw invalidRequest("The customer's cash balance does not have the amount to apply.", {
      code: 'balance_insufficient',
      ...subject,
    });
  }
  applyCash(world, intent, world.require('payment_methods', intent['payment_method']), amount);
  return intent;
}
