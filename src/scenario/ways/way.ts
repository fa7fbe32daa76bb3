import type { PaymentIntentStatus } from '../../domain/statuses.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import type { Step } from '../format.ts';
import { RETURN_URL } from '../library/common-params.ts';
import { follow } from '../references.ts';

/**
 * What is known of an intent besides its status, as far as later ways depend on it. `refund_*` say what a refund will
 * do, `debit_*` what the bank will answer.
 */
export type Mark =
  | 'balance_due'
  | 'debit_bounces'
  | 'debit_settles'
  | 'debit_stays'
  | 'debit_unknown'
  | 'disputed'
  | 'refund_fails'
  | 'refund_sent'
  | 'refundable'
  | 'warned';

/** Something that can be done with an intent of somebody's, or happen to it. */
export interface Way {
  readonly id: string;
  readonly from: readonly PaymentIntentStatus[];
  /** All of these are needed. */
  readonly needs?: readonly Mark[];
  /** Why this intent cannot go this way, though its status would allow it; undefined where it can. */
  readonly refuses?: (intent: ApiRecord) => string | undefined;
  readonly to: PaymentIntentStatus;
  readonly gives?: readonly Mark[];
  readonly takes?: readonly Mark[];
  /** True where it depends on somebody else whether it leads there: no further way can be planned from there. */
  readonly ends?: true;
  /** Steps that call the intent `${intent.…}`. */
  readonly steps: (intent: ApiRecord) => readonly Step[];
  /** Types of events that the steps send. */
  readonly sends: readonly string[];
  /** Those of them that nobody would go this way for: a canceled hold shows as refunded, and is no refund. */
  readonly aside?: readonly string[];
}

export const OPEN: readonly PaymentIntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

const DECLINED = { status: 402, code: 'card_declined' };

export const PAID = ['charge.succeeded', 'payment_intent.succeeded'];

/** Cards send people nowhere, but an intent that accepts whatever the Dashboard allows wants to know where they return to. */
export const returnUrl = (intent: ApiRecord): ApiRecord =>
  follow(intent, ['automatic_payment_methods', 'enabled']) === true &&
  follow(intent, ['automatic_payment_methods', 'allow_redirects']) !== 'never'
    ? { return_url: RETURN_URL }
    : {};

export function accepts(intent: ApiRecord, type: string): boolean {
  const types = intent['payment_method_types'];
  return Array.isArray(types) && types.includes(type);
}

export const takesCards = (intent: ApiRecord) =>
  accepts(intent, 'card') ? undefined : 'it does not accept cards (payment_method_types)';

export const captures = (intent: ApiRecord) =>
  intent['capture_method'] === 'manual' ? 'it is captured by hand (capture_method manual)' : undefined;

export const holds = (intent: ApiRecord) =>
  intent['capture_method'] === 'manual' ? undefined : 'it is captured at once (capture_method is not manual)';

export const actionOf = (intent: ApiRecord) => String(follow(intent, ['next_action', 'type']));

/** A way of one step that is the same for every intent. */
export function plain(way: Omit<Way, 'sends' | 'steps'>, step: Step): Way {
  return { ...way, sends: step.expect?.events ?? [], steps: () => [step] };
}

function confirm(
  card: string,
  status: PaymentIntentStatus,
  events: readonly string[],
  title: string,
  why: string,
  more: (intent: ApiRecord) => ApiRecord,
): (intent: ApiRecord) => readonly Step[] {
  return (intent) => [
    {
      title,
      why,
      call: 'payment_intents.confirm',
      on: '${intent.id}',
      params: { payment_method: card, ...more(intent), ...returnUrl(intent) },
      expect: { status, events, ...(events.includes('charge.failed') ? { error: DECLINED } : {}) },
    },
  ];
}

type CardWay = Pick<Way, 'gives' | 'id' | 'refuses' | 'sends' | 'to'> & {
  /** What the confirmation has besides the card. */
  readonly params?: (intent: ApiRecord) => ApiRecord;
};

/** A way of one confirmation with a test card. */
export function withCard(
  { params = () => ({}), ...way }: CardWay,
  card: string,
  title: string,
  why: string,
): Way {
  return {
    ...way,
    from: OPEN,
    refuses: (intent) => takesCards(intent) ?? way.refuses?.(intent),
    steps: confirm(card, way.to, way.sends, title, why, params),
  };
}
