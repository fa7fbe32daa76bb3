import { type Call, canonical, isGiven, wishOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Rule } from '../rule.ts';

const SOON = 5 * 60;
const MANY = 3;

const isNamed = ({ params }: Call): boolean => isGiven(params['customer']) || isGiven(params['metadata']);

export const intentPerPageLoad: Rule = {
  id: 'intent-per-page-load',
  title: 'One PaymentIntent for each order, not for each page load',
  severity: 'warning',
  evidence: `${MANY} PaymentIntents created within five minutes with the same parameters, customer or metadata among them, none of which was confirmed, updated or canceled in between.`,
  silent:
    'Equal amounts without a customer or metadata, which can be different people; and answers that an idempotency key gave again.',
  docs: 'https://docs.stripe.com/payments/payment-intents#best-practices',
  watch() {
    const unused = new Recent(SOON);
    const wishes = new Map<string, string>();
    return {
      see(call) {
        const { operation, intentId, status } = call;
        if (operation === 'confirm' || operation === 'update' || operation === 'cancel') {
          const wish = intentId === undefined ? undefined : wishes.get(intentId);
          if (wish !== undefined) unused.forget(wish);
          return undefined;
        }
        if (operation !== 'create' || call.attempts || status >= 400 || !isNamed(call)) return undefined;
        if (call.original_request !== null || intentId === undefined) return undefined;
        const wish = wishOf(call);
        const equal = unused.add(wish, call);
        if (wishes.size > 20_000) wishes.clear();
        wishes.set(intentId, wish);
        if (equal.length < MANY) return undefined;
        return {
          subject: wish,
          calls: equal,
          severity: 'warning',
          reason: `${equal.length} PaymentIntents for the same ${nameOf(call)} within five minutes, none of them used. Reloading the page seems to make a new one each time: the list of payments fills with incomplete ones, and two open tabs can pay twice.`,
          fix: 'Keep the id of the PaymentIntent with the order or the session and retrieve it when the page is shown again, or create it with an idempotency key made from the order',
        };
      },
    };
  },
};

function nameOf({ params }: Call): string {
  const { metadata, customer } = params;
  return isGiven(metadata)
    ? `order (metadata ${canonical(metadata).slice(0, 60)})`
    : `customer ${String(customer)}`;
}
