import { type Call, canonical, isGiven } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Rule } from '../rule.ts';

const SOON = 60 * 60;

/** What an intent is for, as one text; undefined where it could be for anybody. */
function purposeOf({ intent }: Call): string | undefined {
  if (intent === undefined) return undefined;
  const { amount, currency, customer, metadata } = intent;
  if (!isGiven(customer) && !isGiven(metadata)) return undefined;
  return canonical([amount, currency, customer, metadata]);
}

export const newIntentAfterDecline: Rule = {
  id: 'new-intent-after-decline',
  title: 'A declined PaymentIntent is used again for the next try',
  severity: 'warning',
  evidence:
    'A payment was declined, and within an hour another PaymentIntent of the same amount, currency, customer and metadata was created while the first still waited for a payment method.',
  silent:
    'Intents without a customer and metadata; a first intent that was canceled, or confirmed again with success.',
  docs: 'https://docs.stripe.com/payments/paymentintents/lifecycle',
  watch() {
    const declined = new Recent(SOON);
    const purposes = new Map<string, string>();
    return {
      see(call) {
        const { operation, intentId } = call;
        if (intentId === undefined) return undefined;
        const known = purposes.get(intentId);
        // It goes on, one way or another.
        if (
          known !== undefined &&
          (operation === 'cancel' || (operation === 'confirm' && call.status < 400))
        ) {
          declined.forget(known);
          return undefined;
        }
        const purpose = purposeOf(call);
        if (purpose === undefined || (operation !== 'create' && operation !== 'confirm')) return undefined;
        const earlier = declined.of(purpose, call).find((one) => one.intentId !== intentId);
        if (call.status === 402) {
          declined.add(purpose, call);
          if (purposes.size > 20_000) purposes.clear();
          purposes.set(intentId, purpose);
        }
        if (earlier === undefined || operation !== 'create' || call.original_request !== null)
          return undefined;
        return {
          subject: purpose,
          calls: [earlier, call],
          severity: 'warning',
          reason: `${earlier.intentId} was declined and still waits for another payment method; a new PaymentIntent was created for the same thing instead. The history of the tries is torn apart, fraud rules see several first tries, and both can be paid.`,
          fix: 'Confirm the same one with the next card: stripe.paymentIntents.confirm(id, { payment_method, return_url })',
        };
      },
    };
  },
};
