import Stripe from 'stripe';

/** The error a request of the SDK ends in. @throws Error when the request succeeds, or fails otherwise */
export async function errorOf(request: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the request succeeded');
}
