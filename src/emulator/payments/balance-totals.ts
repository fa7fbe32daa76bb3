import type { World } from '../world.ts';

/** Where money came from, as a balance breaks it down (the types). */
export type SourceType = 'bank_account' | 'card';

/** Minor units by currency, then by where the money came from. */
export type Totals = Record<string, Partial<Record<SourceType, number>>>;

/**
 * Running totals of the account, so that reading the balance does not add up every transaction there ever was. What is
 * pending is kept by the moment (unix seconds) at which it becomes available: a handful of midnights.
 */
interface BalanceFacts {
  available: Totals;
  pending: Record<string, Totals>;
}

/** The private facts about the balance are kept under this name; no object has it. */
const BALANCE = 'balance';

export interface Booking {
  readonly currency: string;
  readonly sourceType: SourceType;
  /** Minor units after fees; negative when money leaves. */
  readonly net: number;
  /** Unix seconds. */
  readonly availableOn: number;
}

/** Adds one movement to the totals. */
export function bookMovement(world: World, booking: Booking): void {
  const { available, pending } = balanceTotals(world);
  if (booking.availableOn <= world.now) {
    add(available, booking);
  } else {
    const totals = pending[booking.availableOn] ?? {};
    add(totals, booking);
    pending[booking.availableOn] = totals;
  }
  world.remember<BalanceFacts>(BALANCE, { available, pending });
}

/** The totals as they are now: what has become available in the meantime counts as such. */
export function balanceTotals(world: World): BalanceFacts {
  const facts = world.facts<BalanceFacts>(BALANCE);
  const available = facts.available ?? {};
  const pending: Record<string, Totals> = {};
  for (const [availableOn, totals] of Object.entries(facts.pending ?? {})) {
    if (Number(availableOn) <= world.now) addAll(available, totals);
    else pending[availableOn] = totals;
  }
  return { available, pending };
}

/** All of `parts` together. */
export function sumTotals(parts: Iterable<Totals>): Totals {
  const sum: Totals = {};
  for (const part of parts) addAll(sum, part);
  return sum;
}

function addAll(into: Totals, more: Totals): void {
  for (const [currency, byType] of Object.entries(more)) {
    for (const [sourceType, net] of Object.entries(byType)) {
      add(into, { currency, sourceType: sourceType as SourceType, net });
    }
  }
}

function add(into: Totals, { currency, sourceType, net }: Omit<Booking, 'availableOn'>): void {
  const byType = into[currency] ?? {};
  byType[sourceType] = (byType[sourceType] ?? 0) + net;
  into[currency] = byType;
}
