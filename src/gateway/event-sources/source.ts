import type { ApiRecord } from '../gateway.ts';

/** One event as a source hands it on. */
export interface SourceEvent {
  readonly id: string;
  readonly type: string;
  /** Unix seconds, on the clock of the target. */
  readonly created: number;
  /** Where it stands in the source: grows from event to event, or is the time where the source has nothing better. */
  readonly position: number;
  /** The event as the API shows it. */
  readonly event: ApiRecord;
}

/** How far a source was read. Plain data: it is kept in a file, and read again by the next process. */
export interface Cursor {
  /** Positions of two eras have nothing to do with each other: the emulator was reset in between. */
  readonly era: string;
  /** Of the last event that was read. */
  readonly position: number;
  /** So far before `position` events can still turn up that were not there when it was read. */
  readonly margin: number;
  /** Ids within that margin that had been there. */
  readonly known: readonly string[];
  /** When it was read, in milliseconds of real time. */
  readonly readAt: number;
}

/** A time in which the source was not heard; what happened then was fetched afterwards, unless `lost` says otherwise. */
export interface Gap {
  readonly kind: 'gap';
  readonly reason: 'network' | 'restart' | 'sleep' | 'source';
  /** Milliseconds of real time. */
  readonly from: number;
  readonly to: number;
  /** How many events follow that happened then; undefined where that is not known yet. */
  readonly events: number | undefined;
  /** What went wrong, where something did. */
  readonly detail?: string;
  readonly lost?: true;
}

export type SourceItem =
  | { readonly kind: 'events'; readonly events: readonly SourceEvent[]; readonly cursor: Cursor }
  | Gap
  /** Something a person wants to know; `silent` says that the source cannot be heard at the moment. */
  | { readonly kind: 'note'; readonly text: string; readonly silent?: true };

/** Where events come from. */
export interface EventSource {
  /** `offline`, `test` or `stripe-cli`. */
  readonly name: string;
  /** Tells this place from all others: cursors of one place mean nothing at another. Holds no secret. */
  readonly place: string;
  /**
   * Where the source stands now.
   *
   * @param pastMs so far back in time
   */
  head(pastMs?: number): Promise<Cursor>;
  /** How many events there are behind a cursor; undefined where only reading them would tell. */
  countAfter(cursor: Cursor): number | undefined;
  /** Everything after the cursor, then what happens, in order; ends when the signal aborts. Can be read once. */
  read(cursor: Cursor, signal: AbortSignal): AsyncIterable<SourceItem>;
  close(): Promise<void>;
}

/** An API event as a source event. */
export function sourceEvent(event: ApiRecord, position: number): SourceEvent {
  return {
    id: String(event['id']),
    type: String(event['type']),
    created: Number(event['created']),
    position,
    event,
  };
}

/** Whether an event of a source lies behind a cursor, as far as its position says. */
export function isAfter(event: SourceEvent, cursor: Cursor): boolean {
  return cursor.margin === 0
    ? event.position > cursor.position
    : event.position > cursor.position - cursor.margin;
}

/** Resolves after the time, or as soon as the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}
