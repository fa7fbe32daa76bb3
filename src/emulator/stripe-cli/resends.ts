import type { Store } from '../store/store.ts';

/** Events that `stripe listen` is to hear once more, in a private fact: the API does not show it. */
const RESENDS = 'stripe_cli_resends';

/** Sessions look for them at once, so no more than these have to be kept. */
const MOST = 100;

export interface Resend {
  /** Counts on for ever. */
  readonly number: number;
  readonly event: string;
}

const read = (store: Pick<Store, 'getFacts'>): readonly Resend[] =>
  (store.getFacts(RESENDS) as { waiting?: readonly Resend[] } | undefined)?.waiting ?? [];

/** Files an event for every session. To be called in a transaction. */
export function fileResend(store: Store, event: string): void {
  const waiting = read(store);
  store.putFacts(RESENDS, {
    waiting: [...waiting, { number: lastResend(store) + 1, event }].slice(-MOST),
  });
}

export function resendsAfter(store: Pick<Store, 'getFacts'>, number: number): readonly Resend[] {
  return read(store).filter((one) => one.number > number);
}

/** The number of the newest one; 0 when there is none. */
export function lastResend(store: Pick<Store, 'getFacts'>): number {
  return read(store).at(-1)?.number ?? 0;
}
