import { attemptDelivery, pause } from './attempt.ts';
import type { AttemptResult, Delivery, DeliveryStorage } from './delivery.ts';
import type { Faults } from './faults.ts';
import { createLine, type Line } from './line.ts';
import type { Post } from './post.ts';
import type { RetrySchedule } from './schedule.ts';

export interface QueueOptions {
  readonly storage: DeliveryStorage;
  readonly post: Post;
  readonly schedule: RetrySchedule;
  /** Factor for the waits before retries; 1 unless given. */
  readonly timeScale?: number;
  /** How many deliveries to one destination are under way at once. 1 (the default) keeps them in order. */
  readonly concurrency?: number;
  /** The clock that retries go by, in milliseconds. */
  readonly now: () => number;
  /** The clock of signatures: real time in unix seconds. */
  readonly signedAt: () => number;
  readonly faults?: Faults;
  /** Told of each attempt once it is recorded. */
  readonly onAttempt?: (result: AttemptResult) => void;
  /** Told when the storage fails; the queue tries again. */
  readonly onTrouble?: (error: unknown) => void;
}

/** Brings deliveries to their destinations: in order, with retries, and nothing twice that was acknowledged. */
export interface Queue {
  /** Looks for new deliveries to a destination, which the storage has by now. */
  poke(destination: string): void;
  /** Looks at the clock again, after it was moved. */
  clockMoved(): void;
  /** Forgets a destination. What is under way is finished. */
  drop(destination: string): void;
  /** `busy`: something is on its way to the destination at this moment; `retrying`: others wait for a retry. */
  stateOf(destination: string): 'free' | 'busy' | 'retrying';
  /** Resolves when there is nothing left to deliver, retries included. */
  idle(): Promise<void>;
  /** How much is under way or waiting, as far as it has been read from the storage. */
  readonly size: number;
  /**
   * Begins no further attempt and waits for those under way. May be called again, with less patience.
   *
   * @param graceMs after this those under way are given up; they will be made again by the next process
   */
  stop(graceMs?: number): Promise<void>;
}

/** How long to wait before the storage is tried again after it failed, in milliseconds. */
const STORAGE_PAUSE_MS = 500;

/**
 * A queue over a storage. An attempt is recorded before the next one to the same destination begins, so an acknowledged
 * delivery is sent again only if the process dies between the handler's answer and the record of it: a window of about a
 * millisecond, which no sender over HTTP can close.
 */
export function createQueue(options: QueueOptions): Queue {
  const { storage, onTrouble = () => {} } = options;
  const lines = new Map<string, Line>();
  const waiting = new Set<() => void>();
  const cut = new AbortController();
  let stopped = false;

  /** Tries until it works, or until the queue is stopped. */
  async function insist<T>(work: () => T | Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        onTrouble(error);
        if (stopped) return undefined;
        await pause(STORAGE_PAUSE_MS, cut.signal);
      }
    }
  }

  async function deliver(delivery: Delivery): Promise<Delivery | undefined> {
    const answer = await insist(() => storage.parcel(delivery));
    if (answer === undefined || answer.kind === 'drop') return undefined;
    const result = await attemptDelivery(delivery, answer, options, cut.signal);
    if (result === undefined) return undefined;
    await insist(() => storage.record(result));
    try {
      options.onAttempt?.(result);
    } catch (error) {
      onTrouble(error);
    }
    if (result.status !== 'failed') return undefined;
    return {
      ...delivery,
      ...result.counts,
      attempts: result.number,
      notBefore: result.nextAttemptAt ?? options.now(),
    };
  }

  function lineTo(destination: string): Line {
    let line = lines.get(destination);
    if (line === undefined) {
      line = createLine({
        concurrency: options.concurrency ?? 1,
        schedule: options.schedule,
        now: options.now,
        faults: options.faults,
        load: (after, limit) => insist(() => storage.open(destination, after, limit)),
        deliver,
        onRest: tellIdle,
      });
      lines.set(destination, line);
    }
    return line;
  }

  const isIdle = () => [...lines.values()].every((line) => line.isEmpty());

  function tellIdle(): void {
    if (waiting.size === 0 || !isIdle()) return;
    for (const tell of waiting) tell();
    waiting.clear();
  }

  return {
    poke(destination) {
      if (!stopped) lineTo(destination).poke();
    },
    clockMoved() {
      for (const line of lines.values()) line.look();
    },
    drop(destination) {
      lines.get(destination)?.stop();
      lines.delete(destination);
      tellIdle();
    },
    stateOf: (destination) => lines.get(destination)?.state ?? 'free',
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    get size() {
      let size = 0;
      for (const line of lines.values()) size += line.size;
      return size;
    },
    async stop(graceMs = 2000) {
      stopped = true;
      const timer = setTimeout(() => cut.abort(), graceMs);
      await Promise.all([...lines.values()].map((line) => line.stop()));
      clearTimeout(timer);
    },
  };
}
