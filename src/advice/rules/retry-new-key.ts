import { type Call, isGiven, wishOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Match, Rule } from '../rule.ts';

/** Within so many seconds the same request is a second try. */
const SOON = 60;

/** An answer after which a client should try again with the same key. */
const shouldRetry = ({ status }: Call): boolean => status === 409 || status === 429 || status >= 500;

/** Whether its parameters name what it is for, so that two equal ones are one and the same. */
const namesItsOrder = ({ params }: Call): boolean =>
  isGiven(params['metadata']) || isGiven(params['description']);

function judge(first: Call, second: Call): Pick<Match, 'reason' | 'severity'> | undefined {
  const seconds = second.created - first.created;
  const again = `Tried again ${seconds === 0 ? 'at once' : `after ${seconds}s`} with another idempotency key`;
  if (shouldRetry(first)) {
    return {
      severity: 'warning',
      reason: `${again}: the first try was answered ${first.status}, which does not say that it did nothing, and with a new key it runs a second time.`,
    };
  }
  if (first.status >= 400) return undefined;
  const both = second.status < 400;
  if (first.operation === 'refund' && both) {
    return {
      severity: 'warning',
      reason: `${again}, with the same parameters: unless two were meant, money was given back twice.`,
    };
  }
  if (first.operation === 'create' && first.attempts && namesItsOrder(first)) {
    return {
      severity: 'error',
      reason: `${again}, with the same parameters: ${both ? 'the customer was charged twice' : 'two payments were attempted'} for one order.`,
    };
  }
  if (first.operation === 'confirm' && second.failure?.['code'] === 'payment_intent_unexpected_state') {
    return {
      severity: 'warning',
      reason: `${again}: the payment had gone through, and the second try got an error in place of its answer.`,
    };
  }
  return undefined;
}

export const retryNewKey: Rule = {
  id: 'retry-new-key',
  title: 'A request that is tried again keeps its idempotency key',
  severity: 'error',
  evidence:
    'Two POST requests with the same path and parameters within a minute, each with an idempotency key, the keys different; and the first was answered 409, 429 or 5xx, or the two paid, refunded or confirmed the same thing.',
  silent:
    'After a decline or a refusal, where a new try needs a new key; two payments whose parameters name no order (metadata, description), which can be two customers; refunds that differ in anything, their metadata too.',
  docs: 'https://docs.stripe.com/error-low-level#idempotency',
  watch() {
    const seen = new Recent(SOON);
    return {
      see(call) {
        const { method, idempotency_key: key, replayOf } = { ...call, replayOf: call.original_request };
        if (method !== 'POST' || key === null || replayOf !== null || !call.byServer) return undefined;
        const wish = wishOf(call);
        const first = seen.of(wish, call).findLast((one) => one.idempotency_key !== key);
        seen.add(wish, call);
        const judged = first === undefined ? undefined : judge(first, call);
        if (first === undefined || judged === undefined) return undefined;
        return {
          ...judged,
          subject: wish,
          calls: [first, call],
          fix: 'Make the key once, from what it is for, and keep it over all tries: idempotencyKey: ["refund", returnedItem.id].join("-") instead of a random one at each call',
        };
      },
    };
  },
};
