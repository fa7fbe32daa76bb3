import type { Attempt } from '../../gateway/forwarding/forward.ts';
import { count } from '../text.ts';

/** A delivery that was given up. */
export interface DeadLetter {
  readonly id: string;
  readonly event_type: string;
  readonly url: string;
  readonly attempts: number;
  readonly http_status: number | null;
  readonly error: string | null;
}

/** How many dead letters are listed; the rest is only counted. */
const LISTED = 100;

/** What a run has done so far. */
export class Tally {
  events = 0;
  delivered = 0;
  failedAttempts = 0;
  dead = 0;
  readonly deadLetters: DeadLetter[] = [];

  attempt({ status, eventId, eventType, url, number, httpStatus, reason }: Attempt): void {
    if (status === 'succeeded') {
      this.delivered += 1;
      return;
    }
    this.failedAttempts += 1;
    if (status !== 'dead') return;
    this.dead += 1;
    if (this.deadLetters.length === LISTED) return;
    this.deadLetters.push({
      id: eventId,
      event_type: eventType,
      url,
      attempts: number,
      http_status: httpStatus ?? null,
      error: reason ?? null,
    });
  }

  /** One line: `3 events, 3 delivered, 1 attempt failed`. */
  summary(undelivered: number, forwards: boolean): string {
    const parts = [count(this.events, 'event')];
    if (forwards) parts.push(`${this.delivered} delivered`);
    if (this.failedAttempts > 0) parts.push(`${count(this.failedAttempts, 'attempt')} failed`);
    if (this.dead > 0) parts.push(`${this.dead} given up`);
    if (undelivered > 0) parts.push(`${undelivered} still to deliver: the next run does`);
    return parts.join(', ');
  }
}
