import Stripe from 'stripe';

/** Automatic methods without redirects: no return_url is needed then. */
const cardOnly = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;

/** Parameters of a payment of 50 dollars that a test card makes at once. */
const paymentWith = (method: string): Stripe.PaymentIntentCreateParams => ({
  amount: 5000,
  currency: 'usd',
  ...cardOnly,
  confirm: true,
  payment_method: method,
});

/** Pays and returns the charge. */
export async function pay(
  stripe: Stripe,
  method = 'pm_card_visa',
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.Charge> {
  const intent = await stripe.paymentIntents.create({
    ...paymentWith(method),
    ...more,
    expand: ['latest_charge'],
  });
  return intent.latest_charge as Stripe.Charge;
}

/** The error a request ends with. @throws Error when it succeeds */
export async function errorOf(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the request succeeded');
}

/** What a test holds against an error: the parts Stripe documents, with `undefined` for those that are absent. */
export async function refusal(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await errorOf(promise);
  const { statusCode, code, param, message, type } = error;
  return { status: statusCode, code, param, message, type };
}
