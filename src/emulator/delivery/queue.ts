import type { AttemptResult, DeliveryStorage } from './delivery.ts';
import type { Faults } from './faults.ts';
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
  /** Resolves when there is nothing left to deliver, retries included. */
  idle(): Promise<void>;
  /** How much is under way or waiting for a retry, as far as is known. */
  readonly size: number;
  /**
   * Begins no further attempt and waits for those under way.
   *
   * @param graceMs after this those under way are given up; they will be made again by the next process
   */
  stop(graceMs?: number): Promise<void>;
}

export declare function createQueue(options: QueueOptions): Queue;
