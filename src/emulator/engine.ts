import { TABLES_SOURCE } from './api/tables.ts';
import { type Clock, createClock } from './clock.ts';
import { createHandle } from './handle.ts';
import { KEY_LIFETIME_SECONDS } from './idempotency.ts';
import { createIds } from './ids.ts';
import { JOB_HANDLERS } from './job-handlers.ts';
import { runDueJobs } from './jobs.ts';
import type { ApiObject } from './objects.ts';
import { type AuthenticationOutcome, authenticateIntent } from './payments/authenticate.ts';
import { authenticateSetupIntent } from './setups/authenticate.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import type { ApiRequest, Handle } from './wire.ts';
import { BY_TIME, type Setup, World } from './world.ts';

/** How often a running server forgets idempotency keys that are a day old. */
const PURGE_EVERY_SECONDS = 60 * 60;

/** Where `payintent emulator serve` listens unless told otherwise; links in objects lead there. */
const DEFAULT_BASE_URL = 'http://127.0.0.1:12111';

export interface EngineOptions {
  /** A file, or `:memory:` (the default) for a state that ends with the engine. */
  readonly state?: string;
  /** The real time in milliseconds. */
  readonly realNow?: () => number;
  /** Told of failures that are the emulator's own fault. */
  readonly onBug?: (error: unknown, request: ApiRequest) => void;
}

/** One emulated Stripe account over one state. Several can live in one process. */
export interface Engine {
  readonly handle: Handle;
  readonly store: Store;
  readonly clock: Clock;
  /** The real time in milliseconds. */
  readonly realNow: () => number;
  /**
   * Moves the emulator's clock forward and runs everything that falls due on the way, in order.
   *
   * @param seconds zero or more
   * @returns the new time in unix seconds
   */
  advance(seconds: number): Promise<number>;
  /** Runs what has fallen due by now; a server calls it as time passes. @returns when the next job is due, if any */
  tick(): Promise<number | undefined>;
  /**
   * Plays the customer of an intent in `requires_action`.
   *
   * @throws ApiError for an intent that waits for nothing
   */
  authenticate(intentId: string, outcome: AuthenticationOutcome): Promise<ApiObject>;
  /** Tells the engine where its pages are served. */
  setBaseUrl(url: string): void;
  /** Tells the engine how to count the `stripe listen` that are connected. */
  setCliListeners(count: () => number): void;
  close(): void;
}

/**
 * Opens a state and returns the emulator over it.
 *
 * @throws StateError when the state cannot be opened (missing rights, corrupt, newer, full, busy).
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const store = openStore({ path: options.state ?? ':memory:' });
  const realNow = options.realNow ?? Date.now;
  const clock = createClock(store, realNow);
  const ids = createIds();
  let baseUrl = DEFAULT_BASE_URL;
  let cliListeners = () => 0;
  const setup: Setup = {
    apiVersion: TABLES_SOURCE.apiVersion,
    baseUrl: () => baseUrl,
    cliListeners: () => cliListeners(),
  };
  const parts = { store, ids, setup };
  const runUntil = (now: number) => runDueJobs(parts, JOB_HANDLERS, now);
  const handle = createHandle({
    ...parts,
    now: () => clock.now(),
    runDueJobs: () => runUntil(clock.now()),
    onBug: options.onBug ?? (() => {}),
  });
  let nextPurge = 0;
  /** Takes the write lock only when there is something to write. */
  const catchUp = () => {
    const now = clock.now();
    const due = store.nextDue();
    if (due !== undefined && due <= now) store.transaction(() => runUntil(now));
    if (now < nextPurge) return;
    nextPurge = now + PURGE_EVERY_SECONDS;
    store.transaction(() => store.purgeIdempotent(now - KEY_LIFETIME_SECONDS));
  };
  return {
    handle,
    store,
    clock,
    realNow,
    async advance(seconds) {
      store.transaction(() => {
        clock.advance(seconds);
        runUntil(clock.now());
      });
      await store.committed();
      return clock.now();
    },
    async tick() {
      catchUp();
      await store.committed();
      return store.nextDue();
    },
    async authenticate(intentId, outcome) {
      const setup = intentId.startsWith('seti_');
      const intent = store.transaction(() => {
        runUntil(clock.now());
        const world = new World({ ...parts, now: clock.now(), cause: BY_TIME });
        const found = world.require(setup ? 'setup_intents' : 'payment_intents', intentId);
        if (setup) authenticateSetupIntent(world, found, outcome);
        else authenticateIntent(world, found, outcome);
        return found;
      });
      await store.committed();
      return intent;
    },
    setBaseUrl(url) {
      baseUrl = url;
    },
    setCliListeners(count) {
      cliListeners = count;
    },
    close() {
      store.close();
    },
  };
}
