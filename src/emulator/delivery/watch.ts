import type { Store } from '../store/store.ts';

/** Notices what any process writes to a state. */
export interface Watch {
  /** Looks now. */
  look(): void;
  stop(): void;
}

/**
 * How long to wait before the next look, by how long ago the state was changed; all in milliseconds. A look costs some
 * 0.1 ms with all that wakes up for it: 0.4 % of a processor where nothing happens.
 */
const WAITS: readonly (readonly [changedWithin: number, wait: number])[] = [
  [1000, 4],
  [10_000, 15],
];
const IDLE_MS = 40;
/** `onChange` is called this often even where nothing changes. */
const AT_LEAST_EVERY_MS = 1000;

/**
 * Calls `onChange` when the state was changed, by this process or another one, and now and then without a reason.
 * Polling is all that SQLite offers between processes.
 *
 * @param onError told what `onChange`, or reading the state, threw; the watch goes on
 */
export function watchStore(store: Store, onChange: () => void, onError: (error: unknown) => void): Watch {
  let seen = '';
  let changedAt = Number.NEGATIVE_INFINITY;
  let calledAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function look(): void {
    const now = performance.now();
    try {
      const version = store.version();
      if (version === seen && now - calledAt < AT_LEAST_EVERY_MS) return;
      if (version !== seen) changedAt = now;
      seen = version;
      calledAt = now;
      onChange();
    } catch (error) {
      calledAt = now;
      onError(error);
    }
  }

  function lookOn(): void {
    look();
    if (stopped) return;
    const quietFor = performance.now() - changedAt;
    const wait = WAITS.find(([changedWithin]) => quietFor < changedWithin)?.[1] ?? IDLE_MS;
    timer = setTimeout(lookOn, wait);
    timer.unref();
  }

  lookOn();
  return {
    look,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
