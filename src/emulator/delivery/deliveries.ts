import type { Engine } from '../engine.ts';
import { createIds } from '../ids.ts';
import type { WebhookDelivery } from '../webhook-listeners.ts';
import type { Handle } from '../wire.ts';
import type { AttemptResult } from './delivery.ts';
import { createEndpointStorage } from './endpoint-storage.ts';
import { createLease } from './lease.ts';
import { createPoster } from './post.ts';
import { createQueue, type Queue } from './queue.ts';
import { LOCAL_SCHEDULE, type RetrySchedule } from './schedule.ts';
import { type Watch, watchStore } from './watch.ts';

export interface DeliveriesOptions {
  readonly schedule?: RetrySchedule;
  /** Factor for the waits before retries. */
  readonly timeScale?: number;
  /** How long an endpoint may take to answer. */
  readonly timeoutMs?: number;
  /** Whether an API call is answered only after the events it caused have been sent for the first time. */
  readonly beforeResponse?: boolean;
  readonly onAttempt?: (result: AttemptResult) => void;
  readonly onTrouble?: (error: unknown) => void;
}

/** Delivers the events of a state to its webhook endpoints, whichever process causes them. */
export interface Deliveries {
  /** Wraps what answers requests, where answers wait for deliveries. */
  wrap(handle: Handle): Handle;
  start(): void;
  /**
   * Begins nothing any more; what is under way has `graceMs` to end. What is open then is sent after the next start. May be
   * called again, with less patience.
   */
  stop(graceMs?: number): Promise<void>;
}

/** How long an answer waits for the first deliveries of its events, at most. Milliseconds. */
const LONGEST_WAIT_MS = 5000;
/**
 * How long it waits where the endpoint is at work on another event. The call may come from that very endpoint, which then
 * waits for itself; one that can do two things at a time is done sooner.
 */
const BUSY_WAIT_MS = 250;
const RECENT = 20;

export function createDeliveries(engine: Engine, options: DeliveriesOptions = {}): Deliveries {
  const { store, clock, realNow } = engine;
  const onTrouble = options.onTrouble ?? (() => {});
  const lease = createLease(store, createIds().uuid(), realNow);
  const poster = createPoster();
  /** Who waits for the first attempt of a delivery: the request that caused it. */
  const waiting = new Map<string, () => void>();
  const destinations = new Set<string>();
  let queue: Queue | undefined;
  let watch: Watch | undefined;
  let offset = 0;
  let stopped: Promise<void> | undefined;

  function newQueue(): Queue {
    return createQueue({
      storage: createEndpointStorage({
        store,
        realNow,
        timeoutMs: options.timeoutMs,
        mayDeliver: () => lease.hold(),
      }),
      post: poster.post,
      schedule: options.schedule ?? LOCAL_SCHEDULE,
      timeScale: options.timeScale ?? 1,
      now: () => realNow() + clock.offset() * 1000,
      signedAt: () => Math.floor(realNow() / 1000),
      onTrouble,
      onAttempt(result) {
        tell(result.delivery.id);
        options.onAttempt?.(result);
      },
    });
  }

  function tell(delivery: string): void {
    waiting.get(delivery)?.();
    waiting.delete(delivery);
  }

  function look(): void {
    const present = new Set<string>();
    for (const { id } of store.scan('webhook_endpoints')) present.add(id);
    if (present.size === 0 && queue === undefined) return;
    if (!lease.hold()) {
      void queue?.stop();
      queue = undefined;
      destinations.clear();
      return;
    }
    queue ??= newQueue();
    for (const id of destinations) {
      if (present.has(id)) continue;
      destinations.delete(id);
      queue.drop(id);
    }
    for (const id of present) {
      destinations.add(id);
      queue.poke(id);
    }
    if (offset !== clock.offset()) {
      offset = clock.offset();
      queue.clockMoved();
    }
  }

  /** The deliveries of a request that have not been sent yet. They are the newest, or nearly. */
  function unsentOf(requestId: string): WebhookDelivery[] {
    const found: WebhookDelivery[] = [];
    let before: number | undefined;
    for (;;) {
      const { data } = store.list({
        collection: 'webhook_deliveries',
        limit: RECENT,
        ...(before === undefined ? {} : { startingAfter: before }),
      });
      const mine = (data as WebhookDelivery[]).filter(({ request }) => request === requestId);
      found.push(...mine.filter(({ attempts }) => attempts === 0));
      const last = data.at(-1);
      if (mine.length === 0 || last === undefined) return found;
      before = store.seqOf('webhook_deliveries', last.id);
    }
  }

  async function firstAttempts(requestId: string): Promise<void> {
    let longest = 0;
    const awaited: string[] = [];
    for (const { id, endpoint } of unsentOf(requestId)) {
      const state = queue?.stateOf(endpoint) ?? 'free';
      if (state === 'retrying') continue;
      longest = Math.max(longest, state === 'busy' ? BUSY_WAIT_MS : LONGEST_WAIT_MS);
      awaited.push(id);
    }
    if (awaited.length === 0) return;
    const sent = Promise.all(awaited.map((id) => new Promise<void>((resume) => waiting.set(id, resume))));
    watch?.look();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longest);
    });
    await Promise.race([sent, late]);
    clearTimeout(timer);
    for (const id of awaited) waiting.delete(id);
  }

  /** Another process delivers: what it has sent is seen in the state. */
  function noticeOthers(): void {
    for (const id of waiting.keys()) {
      const row = store.get('webhook_deliveries', id) as WebhookDelivery | undefined;
      if (row === undefined || row.attempts > 0) tell(id);
    }
  }

  async function end(ended: Promise<void> | undefined): Promise<void> {
    watch?.stop();
    watch = undefined;
    await ended;
    for (const id of [...waiting.keys()]) tell(id);
    poster.close();
    try {
      lease.release();
    } catch (error) {
      onTrouble(error);
    }
  }

  return {
    wrap(handle) {
      if (options.beforeResponse !== true) return handle;
      return async (request) => {
        const response = await handle(request);
        const requestId = response.headers['request-id'];
        if (watch === undefined || request.method === 'GET' || requestId === undefined) return response;
        try {
          await firstAttempts(requestId);
        } catch (error) {
          onTrouble(error);
        }
        return response;
      };
    },
    start() {
      if (stopped !== undefined) return;
      watch ??= watchStore(
        store,
        () => {
          look();
          if (queue === undefined) noticeOthers();
        },
        onTrouble,
      );
    },
    stop(graceMs) {
      const ended = queue?.stop(graceMs);
      stopped ??= end(ended);
      return stopped;
    },
  };
}
