import { type Call, recordOf, textOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Rule } from '../rule.ts';

const SOON = 10 * 60;
const MANY = 4;

/** What tells one card from another: pages send the number of each, and the same card gets a new id each time. */
function methodOf({ params, failure }: Call): string | undefined {
  const declined = recordOf(failure?.['payment_method']);
  const fingerprint = textOf(recordOf(declined?.['card'])?.['fingerprint']);
  return fingerprint ?? textOf(declined?.['id']) ?? textOf(params['payment_method']);
}

export const declineRetried: Rule = {
  id: 'decline-retried',
  title: 'A declined card is not tried again and again',
  severity: 'error',
  evidence: `The same payment method declined ${MANY} times for one PaymentIntent within ten minutes, or tried again after an answer with advice_code do_not_try_again.`,
  silent: 'Another payment method for the same payment: that is what the customer is asked for.',
  docs: 'https://docs.stripe.com/declines/codes#retrying-issuer-declines',
  watch() {
    const declined = new Recent(SOON);
    return {
      see(call) {
        const { intentId, failure } = call;
        if (!call.attempts || intentId === undefined || call.status !== 402) return undefined;
        const method = methodOf(call);
        if (call.original_request !== null || method === undefined) return undefined;
        const key = `${intentId} ${method}`;
        const last = declined.of(key, call).at(-1);
        const all = declined.add(key, call);
        const forbidden = last?.failure?.['advice_code'] === 'do_not_try_again';
        if (!forbidden && all.length < MANY) return undefined;
        const code = textOf(failure?.['decline_code']) ?? textOf(failure?.['code']) ?? 'declined';
        return {
          subject: intentId,
          calls: all,
          severity: forbidden ? 'error' : 'warning',
          reason: forbidden
            ? `${intentId} was tried again with a card whose bank had said do_not_try_again (${code}). Card networks fine such retries.`
            : `${intentId} was tried ${all.length} times within ten minutes with the same payment method, declined each time (${code}). Banks take that for fraud and decline more, networks charge for it.`,
          fix: "Ask for another payment method after a decline; for charges without the customer wait for days, and read error.advice_code: 'try_again_later' or 'do_not_try_again'",
        };
      },
    };
  },
};
