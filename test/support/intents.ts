import type Stripe from 'stripe';

/** The SDK's types have lost `payment_method_types`; the API still takes it. */
type WithTypes<P> = P & { payment_method_types?: string[] };

/** Parameters of a confirmed PaymentIntent for one type of method. */
export function confirmedWith(
  type: string,
  params: Omit<Stripe.PaymentIntentCreateParams, 'amount' | 'currency'> & {
    amount?: number;
    currency: string;
  },
): Stripe.PaymentIntentCreateParams {
  const all: WithTypes<Stripe.PaymentIntentCreateParams> = {
    amount: 2000,
    confirm: true,
    payment_method_types: [type],
    ...params,
  };
  return all;
}

/** Consent that a merchant took down themselves. */
export const CONSENT = { customer_acceptance: { type: 'offline' } } as const;

/** Billing details with everything that any type asks for. */
export const BILLING = {
  name: 'Jenny Rosen',
  email: 'jenny@example.com',
  phone: '+15551234567',
  address: { line1: '1 Main St', city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' },
} as const;
