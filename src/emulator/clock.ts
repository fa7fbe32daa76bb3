import type { Store } from './store/store.ts';

/** The emulator's own time: real time plus an offset kept in the state, so that it can be advanced. */
export interface Clock {
  /** Unix seconds. Never less than it showed before, nor than the time of anything in the state. */
  now(): number;
  /** How far ahead of real time it is, in seconds. */
  offset(): number;
  /**
   * Moves the clock forward, for every process that has the state open, from when the open batch is committed. Work that
   * falls due is the caller's business.
   *
   * @param seconds a whole number, 0 or more.
   * @returns the new time, in unix seconds.
   * @throws RangeError
   */
  advance(seconds: number): number;
}

type ClockStore = Pick<Store, 'getMeta' | 'setMeta' | 'latestCreated' | 'transaction'>;

const OFFSET = 'clock_offset';

/** @param realNow real time in milliseconds, e.g. `Date.now`. */
export function createClock(store: ClockStore, realNow: () => number): Clock {
  let latest = store.latestCreated();
  let latestOffset = 0;

  const offset = () => Number(store.getMeta(OFFSET) ?? 0);

  function now(): number {
    const current = offset();
    // Only a reset, an import or an advance that was rolled back takes time back: it is another state then.
    if (current < latestOffset) latest = store.latestCreated();
    latestOffset = current;
    latest = Math.max(latest, Math.floor(realNow() / 1000) + current);
    return latest;
  }

  return {
    now,
    offset,
    advance(seconds) {
      if (!Number.isSafeInteger(seconds) || seconds < 0) {
        throw new RangeError(`the clock can be advanced by a whole number of seconds, not by ${seconds}`);
      }
      return store.transaction(
        () => {
          // Where real time has gone back, `now` stands still; advancing must move what is shown all the same.
          const target = now() + seconds;
          store.setMeta(OFFSET, String(Math.max(offset() + seconds, target - Math.floor(realNow() / 1000))));
          return now();
        },
        () => false,
      );
    },
  };
}
