import { prepareLazily, type SqlDatabase, type SqlRow } from '../sqlite.ts';
import type { Batches } from './batch.ts';

/** The newest this many requests are kept, and up to `PRUNE_EVERY` more. */
export const KEPT_REQUESTS = 10_000;
const PRUNE_EVERY = 500;

/** How long what was noted outside a batch (reads) waits for one before it gets its own. Milliseconds. */
const WRITE_WITHIN_MS = 250;

/** So many that wait are written at once, if nobody holds the lock: rows stay small. */
const WRITE_AT = 64;

/** How many notes wait at most while another process keeps the state locked; then the oldest are forgotten. */
const MOST_WAITING = 1024;

/** How long the end of a process waits for the lock, for the sake of notes alone. Milliseconds. */
const LAST_WAIT_MS = 500;

/** What the requests of one batch left, in one row: a row of each one's own would cost the write path twice as much. */
export interface RequestRow {
  /** Number of the last request in it; requests are counted from 1 as they are written. */
  readonly number: number;
  readonly count: number;
  /** The entries, one after the other, as they were given. */
  readonly text: string;
}

export interface RequestRows {
  /**
   * Notes an answered request. The entry commits with the open batch, and is lost with it; where there is none it is
   * written within a moment, without making anybody wait for the state's lock.
   *
   * @param entry a text that tells where it ends; see `request-log.ts`
   */
  noteRequest(entry: string): void;
  /** Entries of this process that are not written yet, oldest first. */
  unwrittenRequests(): string;
  /** Rows, newest first, older than the one that begins with request number `below`. */
  requestsBelow(below: number, limit: number): RequestRow[];
  /** Rows, oldest first, with what is newer than request number `above`. */
  requestsAbove(above: number, limit: number): RequestRow[];
  /** Texts of the rows that hold `part`, newest first. */
  requestsWith(part: string): string[];
  /** Number of the request written last, 0 when there is none. Falls only when the state was replaced. */
  lastRequestNumber(): number;
}

export interface RequestRowWriter {
  readonly rows: RequestRows;
  /** To be called inside each batch, last. */
  write(): void;
  /** To be called when a batch was given up. */
  forget(): void;
  /** Writes what waits, if that can be done soon. */
  finish(): void;
}

export function createRequestRows(db: SqlDatabase, batches: Batches): RequestRowWriter {
  const sql = {
    // A state that was pruned is never empty, so numbers only grow.
    add: prepareLazily(
      db,
      'INSERT INTO requests (number, count, text) VALUES (coalesce((SELECT max(number) FROM requests), 0) + ?1, ?1, ?2)',
    ),
    prune: prepareLazily(db, 'DELETE FROM requests WHERE number <= ?'),
    below: prepareLazily(db, 'SELECT * FROM requests WHERE number < ? ORDER BY number DESC LIMIT ?'),
    above: prepareLazily(db, 'SELECT * FROM requests WHERE number > ? ORDER BY number LIMIT ?'),
    holding: prepareLazily(db, 'SELECT text FROM requests WHERE instr(text, ?) ORDER BY number DESC'),
    last: prepareLazily(db, 'SELECT max(number) AS number FROM requests'),
  };
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  function write(): void {
    for (let start = 0; start < waiting.length; start += WRITE_AT) {
      const part = waiting.length <= WRITE_AT ? waiting : waiting.slice(start, start + WRITE_AT);
      const number = Number(sql.add().run(part.length, part.join('')).lastInsertRowid);
      if (number % PRUNE_EVERY < part.length) sql.prune().run(number - KEPT_REQUESTS);
    }
    if (waiting.length > 0) waiting = [];
  }

  /** Gives what waits a batch of its own, unless somebody holds the lock. */
  function writeSoon(waitMs: number): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0 || batches.isOpen) return;
    try {
      if (batches.beginWithin(waitMs)) batches.flush();
    } catch {
      // Nobody waits for notes; whoever has something to save will hear of the trouble.
    }
    if (waiting.length > MOST_WAITING) waiting.splice(0, waiting.length - MOST_WAITING);
    if (waiting.length > 0) wakeUp();
  }

  function wakeUp(): void {
    timer ??= setTimeout(() => writeSoon(0), WRITE_WITHIN_MS).unref();
  }

  return {
    write,
    forget() {
      waiting = [];
    },
    finish() {
      writeSoon(LAST_WAIT_MS);
      clearTimeout(timer);
    },
    rows: {
      noteRequest(entry) {
        waiting.push(entry);
        if (batches.isOpen) return;
        if (waiting.length % WRITE_AT === 0) writeSoon(0);
        else wakeUp();
      },
      unwrittenRequests: () => waiting.join(''),
      requestsBelow: (below, limit) => batches.run(() => sql.below().all(below, limit)).map(rowOf),
      requestsAbove: (above, limit) => batches.run(() => sql.above().all(above, limit)).map(rowOf),
      requestsWith: (part) => batches.run(() => sql.holding().all(part)).map((row) => row['text'] as string),
      lastRequestNumber: () =>
        batches.run(() => (sql.last().get()?.['number'] as number | null | undefined) ?? 0),
    },
  };
}

function rowOf(row: SqlRow): RequestRow {
  return {
    number: row['number'] as number,
    count: row['count'] as number,
    text: row['text'] as string,
  };
}
