import type { ApiHash } from '../objects.ts';
import { prepareLazily, type SqlDatabase, type SqlRow } from '../sqlite.ts';
import type { Batches } from './batch.ts';

/** Private JSON about an object that the API does not show. */
type Facts = Record<string, unknown>;

interface NewJob {
  /** Unix seconds on the emulator's clock. */
  readonly due: number;
  readonly kind: string;
  /** Id of the object it is about. */
  readonly subject: string;
  readonly payload: ApiHash;
}

interface Job extends NewJob {
  readonly number: number;
}

/** The first answer given under an idempotency key. */
export interface IdempotentRecord {
  readonly key: string;
  /** Unix seconds on the emulator's clock. */
  readonly createdAt: number;
  readonly method: string;
  readonly path: string;
  readonly bodyHash: string;
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
}

/** Everything stored that is not an API object. */
export interface SideTables {
  getFacts(id: string): Facts | undefined;
  putFacts(id: string, facts: Facts): void;
  addJob(job: NewJob): void;
  nextDue(): number | undefined;
  takeDueJob(now: number): Job | undefined;
  cancelJobs(subject: string, kind?: string): void;
  listJobs(): Job[];
  getIdempotent(key: string): IdempotentRecord | undefined;
  putIdempotent(record: IdempotentRecord): void;
  purgeIdempotent(before: number): void;
  getMeta(key: string): string | undefined;
  setMeta(key: string, value: string): void;
}

/** How many forgotten idempotency keys are deleted by one statement. */
const PURGE_CHUNK = 500;

const INTO_IDEMPOTENCY =
  'INTO idempotency (key, created_at, method, path, body_hash, status, body, request_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';

export function createSideTables(db: SqlDatabase, batches: Batches): SideTables {
  const sql = {
    getFacts: prepareLazily(db, 'SELECT body FROM facts WHERE id = ?'),
    putFacts: prepareLazily(
      db,
      'INSERT INTO facts (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    ),
    addJob: prepareLazily(db, 'INSERT INTO jobs (due, kind, subject, payload) VALUES (?, ?, ?, ?)'),
    nextDue: prepareLazily(db, 'SELECT due FROM jobs ORDER BY due LIMIT 1'),
    firstDue: prepareLazily(db, 'SELECT * FROM jobs WHERE due <= ? ORDER BY due, number LIMIT 1'),
    dropJob: prepareLazily(db, 'DELETE FROM jobs WHERE number = ?'),
    cancelAll: prepareLazily(db, 'DELETE FROM jobs WHERE subject = ?'),
    cancelKind: prepareLazily(db, 'DELETE FROM jobs WHERE subject = ? AND kind = ?'),
    listJobs: prepareLazily(db, 'SELECT * FROM jobs ORDER BY due, number'),
    getIdempotent: prepareLazily(db, 'SELECT * FROM idempotency WHERE key = ?'),
    addIdempotent: prepareLazily(db, `INSERT OR IGNORE ${INTO_IDEMPOTENCY}`),
    putIdempotent: prepareLazily(db, `INSERT OR REPLACE ${INTO_IDEMPOTENCY}`),
    dropIdempotent: prepareLazily(db, 'DELETE FROM idempotency WHERE key = ?'),
    oldestIdempotent: prepareLazily(db, 'SELECT created_at FROM idempotency ORDER BY number LIMIT 1'),
    purgeIdempotent: prepareLazily(
      db,
      'DELETE FROM idempotency WHERE created_at < ? AND number IN (SELECT number FROM idempotency ORDER BY number LIMIT ?)',
    ),
    getMeta: prepareLazily(db, 'SELECT value FROM meta WHERE key = ?'),
    setMeta: prepareLazily(
      db,
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
  };
  // While a batch is open nobody else writes, so what was read once needs no second look.
  const meta = new Map<string, string | undefined>();
  let due: number | undefined;
  let metaEpoch = -1;
  let dueEpoch = -1;

  const write = <T>(statement: () => T): T => {
    batches.beforeWrite();
    return batches.run(statement);
  };

  function readMeta(key: string): string | undefined {
    return batches.run(() => sql.getMeta().get(key)?.['value'] as string | undefined);
  }

  function nextDue(): number | undefined {
    if (batches.isOpen && dueEpoch === batches.epoch) return due;
    due = batches.run(() => sql.nextDue().get()?.['due'] as number | undefined);
    dueEpoch = batches.isOpen ? batches.epoch : -1;
    return due;
  }

  return {
    getFacts(id) {
      const row = batches.run(() => sql.getFacts().get(id));
      return row === undefined ? undefined : (JSON.parse(row['body'] as string) as Facts);
    },
    putFacts(id, facts) {
      write(() => sql.putFacts().run(id, JSON.stringify(facts)));
    },
    addJob(job) {
      const { due, kind, subject, payload } = job;
      let number = 0;
      batches.addRow(
        () => {
          number = Number(sql.addJob().run(due, kind, subject, JSON.stringify(payload)).lastInsertRowid);
        },
        () => sql.dropJob().run(number),
      );
      dueEpoch = -1;
    },
    nextDue,
    takeDueJob(now) {
      const next = nextDue();
      if (next === undefined || next > now) return undefined;
      return write(() => {
        const row = sql.firstDue().get(now);
        if (row === undefined) return undefined;
        sql.dropJob().run(row['number'] as number);
        dueEpoch = -1;
        return jobOf(row);
      });
    },
    cancelJobs(subject, kind) {
      if (nextDue() === undefined) return;
      write(() => (kind === undefined ? sql.cancelAll().run(subject) : sql.cancelKind().run(subject, kind)));
      dueEpoch = -1;
    },
    listJobs: () => batches.run(() => sql.listJobs().all()).map(jobOf),
    getIdempotent(key) {
      const row = batches.run(() => sql.getIdempotent().get(key));
      return row === undefined ? undefined : recordOf(row);
    },
    putIdempotent(record) {
      const { key, createdAt, method, path, bodyHash, status, body, requestId } = record;
      const values = [createdAt, method, path, bodyHash, status, body, requestId];
      let isNew = false;
      batches.addRow(
        () => {
          isNew = Number(sql.addIdempotent().run(key, ...values).changes) === 1;
        },
        () => isNew && sql.dropIdempotent().run(key),
      );
      // The key is taken by an answer that has expired.
      if (!isNew) write(() => sql.putIdempotent().run(key, ...values));
    },
    purgeIdempotent(before) {
      const isOver = () => {
        const oldest = batches.run(() => sql.oldestIdempotent().get()?.['created_at'] as number | undefined);
        return oldest === undefined || oldest >= before;
      };
      while (!isOver()) write(() => sql.purgeIdempotent().run(before, PURGE_CHUNK));
    },
    getMeta(key) {
      if (!batches.isOpen) return readMeta(key);
      if (metaEpoch !== batches.epoch) {
        meta.clear();
        metaEpoch = batches.epoch;
      }
      if (!meta.has(key)) meta.set(key, readMeta(key));
      return meta.get(key);
    },
    setMeta(key, value) {
      write(() => sql.setMeta().run(key, value));
      metaEpoch = -1;
    },
  };
}

function jobOf(row: SqlRow): Job {
  return {
    number: row['number'] as number,
    due: row['due'] as number,
    kind: row['kind'] as string,
    subject: row['subject'] as string,
    payload: JSON.parse(row['payload'] as string) as ApiHash,
  };
}

function recordOf(row: SqlRow): IdempotentRecord {
  return {
    key: row['key'] as string,
    createdAt: row['created_at'] as number,
    method: row['method'] as string,
    path: row['path'] as string,
    bodyHash: row['body_hash'] as string,
    status: row['status'] as number,
    body: row['body'] as string,
    requestId: row['request_id'] as string,
  };
}
