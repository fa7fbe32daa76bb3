import type { ApiRecord } from '../gateway/gateway.ts';
import type { Outcome } from '../gateway/webhook-tools.ts';
import type { Bench, Look } from './bench.ts';
import { type Check, notAccepted } from './check.ts';
import type { Control } from './control.ts';
import type { Judgement } from './judgement.ts';
import type { Order } from './order.ts';

/** What came of deliveries about one order. */
export interface Observed {
  /** How many times more the order was fulfilled; undefined where it cannot be seen. */
  readonly fulfilled: number | undefined;
  readonly countable: boolean;
  readonly before: Look;
  readonly after: Look;
  readonly outcomes: readonly Outcome[];
}

/** Delivers events one after the other and watches until their effects have had time to show. */
export async function observe(
  bench: Bench,
  order: Order,
  events: readonly ApiRecord[],
  expected: number,
  earlier?: Look,
): Promise<Observed> {
  const before = earlier ?? (await bench.look(order));
  const outcomes: Outcome[] = [];
  for (const event of events) outcomes.push(await bench.deliver(event));
  return observedSince(bench, order, before, outcomes, expected);
}

export async function observedSince(
  bench: Bench,
  order: Order,
  before: Look,
  outcomes: readonly Outcome[],
  expected: number,
): Promise<Observed> {
  const after = await bench.settle(order, before, expected);
  return {
    fulfilled:
      after.effect === undefined ? undefined : after.effect.fulfilled - (before.effect?.fulfilled ?? 0),
    countable: after.effect?.countable ?? true,
    before,
    after,
    outcomes,
  };
}

/** The first delivery that was not accepted, as a failure. */
export function firstRefused(
  events: readonly ApiRecord[],
  outcomes: readonly Outcome[],
  fix: string,
): Judgement | undefined {
  for (const [index, outcome] of outcomes.entries()) {
    const type = String(events[index]?.['type']);
    const refused = notAccepted(`${/^[aeiou]/.test(type) ? 'An' : 'A'} ${type}`, outcome, fix);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

export const ACCEPT_ALL =
  'Answer 2xx to every event that is genuine, also to those the handler has nothing to do for: Stripe retries what is refused.';

/** A check about what a handler does, which without sight of it can fail but not pass. */
export function effectCheck(
  id: string,
  title: string,
  run: (bench: Bench, control: Control) => Promise<Judgement>,
): Check {
  return { id, title, needs: 'accepted', effects: true, run };
}
