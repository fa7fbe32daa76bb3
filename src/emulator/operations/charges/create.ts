import { ApiError, invalidRequest, noSuch } from '../../api-error.ts';
import type { Call } from '../../world.ts';

const END_OF_LIFE =
  'Card Token usage on the Customers API and Charges API has reached end of life. In order to continue processing your payments, you will need to use the Payment Intents and Payment Methods API. Read more about what you should do here: https://docs.stripe.com/payments/payment-methods/integration-options. If you need to continue to use Card Tokens on the Customers and Charges API, enable this functionality in your API policies settings: https://dashboard.stripe.com/settings/developers/api-policies';

/**
 * `POST /v1/charges`: direct charges are over on current accounts, so this only ever refuses, and says what to use
 * instead (all texts recorded 2026-08).
 *
 * @throws ApiError 400; 402 for a customer, who can have nothing that this endpoint could charge
 */
export function createCharge({ world, params }: Call): never {
  const amount = params['amount'] as number | undefined;
  if (amount !== undefined && amount < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    });
  }
  if (params['source'] !== undefined) throw invalidRequest(END_OF_LIFE);
  const customer = params['customer'] as string | undefined;
  if (customer === undefined) {
    throw invalidRequest('Must provide source or customer.', { code: 'parameter_missing' });
  }
  if (world.get('customers', customer) === undefined) {
    throw noSuch('customer', customer, 'customer', 'parameter');
  }
  const hasMethod = world.store.count('payment_methods', { customer }) > 0;
  throw new ApiError(
    {
      code: 'missing',
      message: hasMethod
        ? "This Customer doesn't have any legacy saved payment details, but does have a Payment Method attached. Use a Payment Intent instead of creating a Charge: https://stripe.com/docs/payments/payment-intents/migration"
        : "This Customer doesn't have any saved payment details. Attach a legacy Token, Card, Bank Account, or Source to this Customer and then try this request again, or use Payment Intents and Payment Methods instead.",
      param: 'card',
      type: 'card_error',
    },
    { status: 402 },
  );
}
