import { type Call, isSdkKey } from '../call.ts';
import type { Match, Rule, Severity } from '../rule.ts';

interface Kind {
  readonly name: string;
  /** Without any key. */
  readonly none: Severity;
  /** With one that the SDK made up for this call. */
  readonly sdk: Severity;
  /** What a repeated request does. */
  readonly harm: string;
  readonly fix: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  create: {
    name: 'A PaymentIntent is created',
    none: 'warning',
    sdk: 'note',
    harm: 'leaves a second PaymentIntent behind for the same order',
    fix: '{ idempotencyKey: ["order", order.id, order.attempt].join("-") } as the options of paymentIntents.create()',
  },
  pay: {
    name: 'A PaymentIntent is created and confirmed at once',
    none: 'error',
    sdk: 'warning',
    harm: 'charges the customer twice',
    fix: '{ idempotencyKey: ["pay", order.id, order.attempt].join("-") } as the options of paymentIntents.create()',
  },
  confirm: {
    name: 'A PaymentIntent is confirmed',
    none: 'warning',
    sdk: 'note',
    harm: 'is refused after a success and attempts the payment again after a decline',
    fix: '{ idempotencyKey: ["confirm", order.id, order.attempt].join("-") } as the options of paymentIntents.confirm()',
  },
  refund: {
    name: 'Money is given back',
    none: 'error',
    sdk: 'warning',
    harm: 'gives a part of the payment back twice',
    fix: '{ idempotencyKey: ["refund", returnedItem.id].join("-") } as the options of refunds.create()',
  },
};

function kindOf({ operation, attempts }: Call): string | undefined {
  if (operation === 'create') return attempts ? 'pay' : 'create';
  return operation === 'confirm' || operation === 'refund' ? operation : undefined;
}

function matchOf(call: Call): Match | undefined {
  // Browsers confirm without a key: Stripe.js does, and the status of the intent protects.
  if (!call.byServer || call.status === 401) return undefined;
  const name = kindOf(call);
  const kind = name === undefined ? undefined : KINDS[name];
  if (kind === undefined) return undefined;
  const { idempotency_key: key } = call;
  if (key === null) {
    return {
      subject: `${name} none`,
      calls: [call],
      severity: kind.none,
      reason: `${kind.name} without an idempotency key: when the answer is lost on its way, sending the request again ${kind.harm}.`,
      fix: `Send an Idempotency-Key header that is the same each time the same thing is tried: ${kind.fix}`,
    };
  }
  if (!isSdkKey(key)) return undefined;
  return {
    subject: `${name} sdk`,
    calls: [call],
    severity: kind.sdk,
    reason: `${kind.name} with a key that stripe-node made up for this one call. It covers the SDK's own retries; a second run of your code (a job queue, a restart, a double click) gets another key and ${kind.harm}.`,
    fix: `Give a key of your own that is the same when the same thing is tried again: ${kind.fix}`,
  };
}

export const idempotencyKey: Rule = {
  id: 'idempotency-key',
  title: 'Creating, confirming and refunding carry an idempotency key of yours',
  severity: 'error',
  evidence:
    'A create, confirm or refund with a secret key and no Idempotency-Key, or with one that begins with stripe-node-retry-.',
  silent:
    'Calls with a publishable key. SDKs other than stripe-node make plain UUIDs, which look like yours and are taken for yours.',
  docs: 'https://docs.stripe.com/api/idempotent_requests',
  watch: () => ({ see: matchOf }),
};
