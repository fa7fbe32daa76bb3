import type { AttemptPlan } from './faults.ts';
import type { Outcome } from './post.ts';
import type { AttemptCounts } from './schedule.ts';

/** One event on its way to one destination. Small: the event itself is read when it is sent. */
export interface Delivery {
  /** Unique, and the same after a restart. */
  readonly id: string;
  readonly destination: string;
  readonly eventId: string;
  readonly eventType: string;
  /** All attempts so far. */
  readonly attempts: number;
  /** Attempts that failed while somebody was there. */
  readonly failures: number;
  /** Attempts that met nobody at the address. */
  readonly unreachable: number;
  /** Not to be sent before this time, in milliseconds on the clock of the queue. */
  readonly notBefore: number;
}

/** What is sent: asked for right before each attempt, so that a change of the destination takes effect at once. */
export interface Parcel {
  readonly url: string;
  /** The body, the same for every attempt. */
  readonly body: string;
  /** Several while a secret is rolled; none for a delivery that goes unsigned. */
  readonly secrets: readonly string[];
  /** Besides those that every delivery has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly skipVerify?: boolean;
  /** How much of the answer's body to keep, in bytes. */
  readonly keepBytes?: number;
}

/** What came of one attempt. `skipped`: the destination takes no deliveries at the moment, nothing was sent. */
export interface AttemptResult {
  readonly delivery: Delivery;
  /** Counted from 1. */
  readonly number: number;
  readonly outcome: Outcome | { readonly kind: 'skipped'; readonly reason: string };
  /** `failed`: there will be another attempt; `dead`: there won't. */
  readonly status: 'succeeded' | 'failed' | 'dead';
  /** The counts of the delivery, this attempt included. */
  readonly counts: AttemptCounts;
  /** Of `failed` ones, in milliseconds on the clock of the queue. */
  readonly nextAttemptAt?: number;
  /** Of `failed` ones, in milliseconds from now. */
  readonly retryInMs?: number;
  /** What was sent to where; absent when nothing was sent. */
  readonly url?: string;
  /** The fault that was injected, if one was. */
  readonly plan?: AttemptPlan;
  /** What came of the further copies that a fault made. */
  readonly copies?: readonly Outcome[];
}

/**
 * Where deliveries are kept, so that they outlive the process. All of it may be asynchronous; what a method has resolved
 * must survive sudden death.
 */
export interface DeliveryStorage {
  /**
   * Deliveries to a destination that are not settled (neither accepted nor given up), oldest first.
   *
   * @param after id of the delivery after which to go on; from the oldest unless given
   */
  open(
    destination: string,
    after: string | undefined,
    limit: number,
  ): readonly Delivery[] | Promise<readonly Delivery[]>;
  /** What to send. `skip`: not now, counts as an attempt. `drop`: never, because it is settled or gone. */
  parcel(delivery: Delivery): ParcelAnswer | Promise<ParcelAnswer>;
  /** Keeps what came of an attempt. The next delivery to the destination is not sent before this has resolved. */
  record(result: AttemptResult): void | Promise<void>;
}

export type ParcelAnswer =
  | { readonly kind: 'send'; readonly parcel: Parcel }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'drop' };
