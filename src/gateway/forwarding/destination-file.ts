import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptResult, Delivery } from '../../emulator/delivery/delivery.ts';
import { eventBody } from '../../emulator/delivery/event-body.ts';
import { openSqlite, prepareLazily, type SqlDatabase, type SqlRow } from '../../emulator/sqlite.ts';
import { type Cursor, isAfter, type SourceEvent } from '../event-sources/source.ts';

/** Another process forwards to the same destination: both would deliver everything. */
export class DestinationBusy extends Error {
  override readonly name = 'DestinationBusy';
}

/** How far a destination was served by an earlier run that did not come to its end. */
export interface Resumption {
  readonly cursor: Cursor;
  /** When that run was last alive, in milliseconds of real time. */
  readonly aliveAt: number;
}

/** What one destination has got and has yet to get, on disk: it outlives the process, however that ends. */
export interface DestinationFile {
  /** Where an earlier run stopped. */
  readonly resumption: Resumption | undefined;
  /** Begins a run. Deliveries that are open from before are due at once. */
  begin(cursor: Cursor): void;
  /**
   * Takes events in, and how far the source was read, in one commit.
   *
   * @returns those that are new here, whether they are wanted or not
   */
  accept(
    events: readonly SourceEvent[],
    cursor: Cursor,
    wants: (event: SourceEvent) => boolean,
  ): SourceEvent[];
  open(after: string | undefined, limit: number): Delivery[];
  /** The body of an open delivery; undefined for one that is settled. */
  body(delivery: Delivery): string | undefined;
  record(result: AttemptResult): void;
  /** How many deliveries are open. */
  countOpen(): number;
  /** Says that this run is alive. */
  touch(now: number): void;
  /** Gives up what is open, and no longer knows what was settled: that can be taken in again. */
  forget(): void;
  /** Ends the run. A later one goes on where this one is, unless it came to its end. */
  close(end: { readonly complete: boolean; readonly now: number }): void;
  /** Closes the file as it was found. */
  release(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY, event TEXT NOT NULL UNIQUE, type TEXT NOT NULL, status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, unreachable INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0, body TEXT
  );
  CREATE INDEX IF NOT EXISTS deliveries_open ON deliveries (number) WHERE status = 'open';
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/** How long to wait for a process that is just going, in milliseconds. */
const BUSY_TIMEOUT_MS = 1500;
/** Settled deliveries are remembered so that their events are not taken in again. */
const KEEP_SETTLED = 20_000;
const TIDY_EVERY = 1000;

/**
 * Opens the file of a destination, for this process alone.
 *
 * @param directory where such files are
 * @param place of the event source
 * @param destination tells it from the other destinations of that source
 * @throws DestinationBusy
 */
export function openDestinationFile(directory: string, place: string, destination: string): DestinationFile {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(`${place}\n${destination}`).digest('hex').slice(0, 24);
  const db = openAlone(join(directory, `${name}.db`), destination);
  const sql = {
    add: prepareLazily(
      db,
      'INSERT OR IGNORE INTO deliveries (event, type, status, body) VALUES (?, ?, ?, ?)',
    ),
    open: prepareLazily(
      db,
      "SELECT number, event, type, attempts, failures, unreachable, not_before FROM deliveries WHERE status = 'open' AND number > ? ORDER BY number LIMIT ?",
    ),
    body: prepareLazily(db, "SELECT body FROM deliveries WHERE number = ? AND status = 'open'"),
    settle: prepareLazily(
      db,
      'UPDATE deliveries SET status = ?, attempts = ?, failures = ?, unreachable = ?, body = NULL WHERE number = ?',
    ),
    postpone: prepareLazily(
      db,
      'UPDATE deliveries SET attempts = ?, failures = ?, unreachable = ?, not_before = ? WHERE number = ?',
    ),
    countOpen: prepareLazily(db, "SELECT count(*) AS n FROM deliveries WHERE status = 'open'"),
    tidy: prepareLazily(
      db,
      "DELETE FROM deliveries WHERE status <> 'open' AND number <= (SELECT max(number) FROM deliveries) - ?",
    ),
    getMeta: prepareLazily(db, 'SELECT value FROM meta WHERE key = ?'),
    setMeta: prepareLazily(
      db,
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
  };
  const getMeta = (key: string) => sql.getMeta().get(key)?.['value'] as string | undefined;
  const setMeta = (key: string, value: string) => sql.setMeta().run(key, value);
  const cursorText = getMeta('cursor');
  const resumption =
    cursorText === undefined || getMeta('complete') === 'yes'
      ? undefined
      : { cursor: JSON.parse(cursorText) as Cursor, aliveAt: Number(getMeta('alive_at') ?? 0) };
  let start: Cursor | undefined;
  let sinceTidy = 0;

  function inOneCommit<T>(work: () => T): T {
    db.exec('BEGIN');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }

  function keepCursor(cursor: Cursor): void {
    setMeta('cursor', JSON.stringify({ ...cursor, known: [] }));
    setMeta('alive_at', String(cursor.readAt));
  }

  return {
    resumption,
    begin(cursor) {
      start = cursor;
      inOneCommit(() => {
        setMeta('destination', destination);
        setMeta('complete', 'no');
        keepCursor(cursor);
        for (const id of cursor.known) sql.add().run(id, '', 'before', null);
        db.exec("UPDATE deliveries SET not_before = 0, unreachable = 0 WHERE status = 'open'");
      });
    },
    accept(events, cursor, wants) {
      return inOneCommit(() => {
        const isNew = events.filter((event) => {
          if (start?.era === cursor.era && !isAfter(event, start)) return false;
          const wanted = wants(event);
          // Where positions tell old events from new ones, the others need no row.
          if (!wanted && cursor.margin === 0) return true;
          const values = wanted ? ['open', eventBody(event.event)] : ['other', null];
          const { changes } = sql.add().run(event.id, event.type, ...(values as [string, string | null]));
          return Number(changes) === 1;
        });
        keepCursor(cursor);
        return isNew;
      });
    },
    open: (after, limit) =>
      sql
        .open()
        .all(after === undefined ? 0 : Number(after), limit)
        .map((row) => deliveryOf(row, destination)),
    body: ({ id }) => sql.body().get(Number(id))?.['body'] as string | undefined,
    record({ delivery, status, number, counts, nextAttemptAt }) {
      const { failures, unreachable } = counts;
      if (status === 'failed') {
        sql.postpone().run(number, failures, unreachable, nextAttemptAt ?? 0, Number(delivery.id));
        return;
      }
      sql.settle().run(status, number, failures, unreachable, Number(delivery.id));
      sinceTidy += 1;
      if (sinceTidy < TIDY_EVERY) return;
      sinceTidy = 0;
      sql.tidy().run(KEEP_SETTLED);
    },
    countOpen: () => sql.countOpen().get()?.['n'] as number,
    touch(now) {
      setMeta('alive_at', String(now));
    },
    forget() {
      db.exec('DELETE FROM deliveries');
    },
    close({ complete, now }) {
      inOneCommit(() => {
        setMeta('complete', complete ? 'yes' : 'no');
        setMeta('alive_at', String(now));
      });
      db.close();
    },
    release: () => db.close(),
  };
}

/** The operating system lets go of the file when the process ends, however it ends. */
function openAlone(path: string, destination: string): SqlDatabase {
  const db = openSqlite(path);
  try {
    db.exec(
      `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;`,
    );
    db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
    return db;
  } catch (error) {
    db.close();
    if (/\b(locked|busy)\b/i.test(String(error))) throw new DestinationBusy(destination, { cause: error });
    throw error;
  }
}

function deliveryOf(row: SqlRow, destination: string): Delivery {
  return {
    id: String(row['number']),
    destination,
    eventId: row['event'] as string,
    eventType: row['type'] as string,
    attempts: row['attempts'] as number,
    failures: row['failures'] as number,
    unreachable: row['unreachable'] as number,
    notBefore: row['not_before'] as number,
  };
}
