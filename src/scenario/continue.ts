import {
  isPaymentIntentStatus,
  PAYMENT_INTENT_STATUSES,
  type PaymentIntentStatus,
} from '../domain/statuses.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import type { Step } from './format.ts';
import { follow } from './references.ts';
import { whyOfflineOnly } from './runner.ts';
import { WAYS } from './ways/all.ts';
import { testAccountOf } from './ways/banks.ts';
import type { Mark, Way } from './ways/way.ts';

/** Where an intent is to be brought. */
export type Goal = { readonly event: string } | { readonly status: PaymentIntentStatus };

export type Plan =
  | { readonly ok: true; readonly steps: readonly Step[]; readonly statuses: readonly PaymentIntentStatus[] }
  /** `reasons` are sentences without a full stop. */
  | { readonly ok: false; readonly reasons: readonly string[] };

interface Place {
  readonly status: PaymentIntentStatus;
  readonly marks: ReadonlySet<Mark>;
  readonly ways: readonly Way[];
}

/** More ways than this are never needed: pay, respond, wait. */
const MOST_WAYS = 4;

/**
 * The shortest legal way from an intent as it is to an event or a status. The steps refer to it as `${intent.…}`.
 *
 * @param intent a PaymentIntent with `latest_charge` and `payment_method` expanded: what a bank will answer to a debit is
 * known of test accounts only
 * @param emulated whether the customer can be played and the clock be moved
 */
export function planFor(intent: ApiRecord, goal: Goal, emulated: boolean): Plan {
  const status = intent['status'];
  if (typeof status !== 'string' || !isPaymentIntentStatus(status)) {
    return { ok: false, reasons: [`its status is ${String(status)}, which payintent does not know`] };
  }
  if ('status' in goal && goal.status === status) return { ok: true, steps: [], statuses: [status] };
  const start: Place = { status, marks: marksOf(intent), ways: [] };
  const seen = new Set([keyOf(start)]);
  let places: Place[] = [start];
  for (let depth = 0; depth < MOST_WAYS && places.length > 0; depth += 1) {
    const next: Place[] = [];
    for (const place of places) {
      for (const way of WAYS) {
        if (obstacle(way, place, intent, emulated) !== undefined) continue;
        const reached = follows(place, way);
        if (reaches(way, reached, goal)) return planned(reached, intent, status);
        if (way.ends === true || seen.has(keyOf(reached))) continue;
        seen.add(keyOf(reached));
        next.push(reached);
      }
    }
    places = next;
  }
  return { ok: false, reasons: whyNot(start, goal, intent, emulated) };
}

function planned(place: Place, intent: ApiRecord, from: PaymentIntentStatus): Plan {
  return {
    ok: true,
    steps: place.ways.flatMap((way) => way.steps(intent)).map(withLatecomers),
    statuses: [from, ...place.ways.map(({ to }) => to)],
  };
}

/** The balance transaction of a payment comes when it comes. */
export function withLatecomers(step: Step): Step {
  return { ...step, expect: { ...step.expect, besides: ['charge.updated'] } };
}

function follows(place: Place, way: Way): Place {
  const marks = new Set(place.marks);
  for (const mark of way.takes ?? []) marks.delete(mark);
  for (const mark of way.gives ?? []) marks.add(mark);
  // Writing on a charge leaves its intent as it is.
  const status = way.id === 'edit-charge' ? place.status : way.to;
  return { status, marks, ways: [...place.ways, way] };
}

const reaches = (way: Way, { status }: Place, goal: Goal): boolean =>
  'event' in goal ? isFor(way, goal.event) : status === goal.status;

const isFor = (way: Way, type: string): boolean =>
  way.sends.includes(type) && way.aside?.includes(type) !== true;

const keyOf = ({ status, marks }: Place): string => [status, ...[...marks].sort()].join(' ');

/** Why a way is closed at a place; undefined where it is open. */
function obstacle(way: Way, place: Place, intent: ApiRecord, emulated: boolean): string | undefined {
  if (!way.from.includes(place.status)) return `it is ${place.status}`;
  const reason = refusal(way, place, intent);
  if (reason !== undefined) return reason;
  const lacks = (way.needs ?? []).find((mark) => !place.marks.has(mark));
  if (lacks !== undefined) return LACKS[lacks];
  if (emulated) return undefined;
  return way
    .steps(intent)
    .map(whyOfflineOnly)
    .find((why) => why !== undefined);
}

/** What is asked of an intent that waits for something is asked of the one that exists, not of the one it will be. */
function refusal(way: Way, place: Place, intent: ApiRecord): string | undefined {
  const became = place.ways.length > 0 && place.status === 'requires_action';
  const seen = became ? { ...intent, next_action: { type: 'use_stripe_sdk' } } : intent;
  return way.refuses?.(seen);
}

const LACKS: Readonly<Record<Mark, string>> = {
  balance_due: 'its balance transaction is there already',
  debit_bounces: 'the bank will not refuse its debit',
  debit_unknown: 'its bank debit is known',
  debit_stays: 'the bank answers its debit some day',
  debit_settles: 'the bank will not pay its debit',
  disputed: 'its charge is not disputed, and only the test cards for disputes are',
  refund_fails: 'its refunds do not fail, and only the test card for failing refunds does that',
  refund_sent: 'it has no refund under way',
  refundable: 'there is nothing left to refund, or a dispute is open',
  warned: 'its card is not one that networks warn of',
};

/** What can be told of an intent that exists. */
export function marksOf(intent: ApiRecord): ReadonlySet<Mark> {
  const marks = new Set<Mark>();
  const charge = follow(intent, ['latest_charge']) as ApiRecord | null;
  if (intent['status'] === 'processing') marks.add(answerToCome(intent));
  if (intent['status'] !== 'succeeded' || typeof charge !== 'object' || charge === null) return marks;
  if (charge['balance_transaction'] === null) marks.add('balance_due');
  if (charge['disputed'] === true) marks.add('disputed');
  else if (charge['refunded'] !== true) marks.add('refundable');
  return marks;
}

/** What the bank will answer, where the account is one of the test accounts. */
function answerToCome(intent: ApiRecord): Mark {
  const outcome = testAccountOf(intent)?.outcome;
  if (outcome === undefined) return 'debit_unknown';
  if (outcome === 'succeeds' || outcome === 'succeeds_then_dispute') return 'debit_settles';
  return outcome === 'stays_processing' ? 'debit_stays' : 'debit_bounces';
}

/** Sentences about each way that would lead to the goal. */
function whyNot(start: Place, goal: Goal, intent: ApiRecord, emulated: boolean): string[] {
  const last = WAYS.filter((way) => ('event' in goal ? isFor(way, goal.event) : way.to === goal.status));
  if (start.status === 'canceled') return ['nothing can happen to a canceled intent any more'];
  if (last.length === 0) return ['nothing that can be done with an intent leads to it'];
  const closed = last.filter((way) => !way.from.includes(start.status)).flatMap(({ from }) => from);
  const statuses = PAYMENT_INTENT_STATUSES.filter((status) => closed.includes(status));
  const open = last.filter((way) => way.from.includes(start.status));
  const reasons = open.flatMap((way) => obstacle(way, start, intent, emulated) ?? []);
  // What stands in the way here says more than where it would not.
  return reasons.length > 0 ? [...new Set(reasons)] : [`it would have to be ${listed(statuses)} for that`];
}

/** `a, b or c` */
function listed(words: readonly string[]): string {
  const first = words.slice(0, -1).join(', ');
  return first === '' ? (words[0] ?? '') : `${first} or ${words.at(-1)}`;
}
