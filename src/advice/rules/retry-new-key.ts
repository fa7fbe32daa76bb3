import { type Call, isDrawn, isGiven, isSdkKey, ownPart, wishOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Match, Rule } from '../rule.ts';

/** Within so many seconds the same request is a second try. */
const SOON = 60;

/** An answer after which a client should try again with the same key. */
const shouldRetry = ({ status }: Call): boolean => status === 409 || status === 429 || status >= 500;

/** Whether its parameters name what it is for, so that two equal ones are one and the same. */
const namesItsOrder = ({ params }: Call): boolean =>
  isGiven(params['metadata']) || isGiven(params['description']);

const hasDrawnKey = ({ idempotency_key: key }: Call, { idempotency_key: other }: Call): boolean =>
  key !== null && other !== null && isDrawn(ownPart(key, other));

/** What a key is made from, by way of example. */
const KEYS: Readonly<Partial<Record<Call['operation'], string>>> = {
  create: '["pay", order.id, order.attempt].join("-")',
  confirm: '["confirm", order.id, order.attempt].join("-")',
  refund: '["refund", returnedItem.id].join("-")',
};

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
  // Keys that name what they are for say that two were meant: equal parts of an order come back one by one.
  if (first.operation === 'refund' && both && hasDrawnKey(second, first)) {
    return {
      severity: 'warning',
      reason: `${again}, with the same parameters: unless two were meant, money was given back twice.`,
    };
  }
  if (first.operation === 'create' && first.attempts && namesItsOrder(first)) {
    return {
      // Who gives no key repeats nothing on purpose; tests that all pay for the same order look like that too.
      severity: [first, second].every(({ idempotency_key: key }) => key !== null && isSdkKey(key))
        ? 'warning'
        : 'error',
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
    'After a decline or a refusal, where a new try needs a new key; two payments whose parameters name no order (metadata, description), which can be two customers; refunds that differ in anything, their metadata too, or whose keys are not drawn by lot (refund-item-7).',
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
          fix: `Make the key once, from what it is for, and keep it over all tries: idempotencyKey: ${KEYS[call.operation] ?? '[verb, order.id].join("-")'} instead of a random one at each call`,
        };
      },
    };
  },
};
