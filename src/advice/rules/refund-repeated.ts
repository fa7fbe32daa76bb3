import { type Call, textOf, wishOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Rule } from '../rule.ts';

const SOON = 60;
const MANY = 3;

const paymentOf = ({ params }: Call): string | undefined =>
  textOf(params['payment_intent']) ?? textOf(params['charge']);

const DONE: readonly unknown[] = ['charge_already_refunded'];

export const refundRepeated: Rule = {
  id: 'refund-repeated',
  title: 'A refund is made once',
  severity: 'error',
  evidence: `Two refunds of one payment refused within a minute because all had been given back; or ${MANY} equal refunds of a part within a minute, without an idempotency key.`,
  silent: 'One refusal, which a person can cause. Equal refunds with different keys are for retry-new-key.',
  docs: 'https://docs.stripe.com/refunds',
  watch() {
    const refused = new Recent(SOON);
    const made = new Recent(SOON);
    return {
      see(call) {
        const payment = paymentOf(call);
        const key = call.idempotency_key;
        if (call.operation !== 'refund' || payment === undefined || call.original_request !== null)
          return undefined;
        const fix =
          'Write down that the refund was asked for before sending it, with idempotencyKey: ["refund", returnedItem.id].join("-"), and follow refund.created instead of asking again';
        if (DONE.includes(call.failure?.['code'])) {
          const all = refused.add(payment, call);
          if (all.length < 2) return undefined;
          return {
            subject: `refused ${payment}`,
            calls: all,
            severity: 'warning',
            reason: `${payment} had been given back whole, and a refund was asked for ${all.length} more times. Something repeats refunds; with parts of the amount it would give money away.`,
            fix,
          };
        }
        // With keys, of the SDK too, two are enough: see `retry-new-key`.
        if (call.status >= 400 || key !== null) return undefined;
        const equal = made.add(wishOf(call), call);
        if (equal.length < MANY) return undefined;
        return {
          subject: `made ${payment}`,
          calls: equal,
          severity: 'error',
          reason: `${equal.length} equal refunds of ${payment} within a minute: it looks like one refund that was repeated.`,
          fix,
        };
      },
    };
  },
};
