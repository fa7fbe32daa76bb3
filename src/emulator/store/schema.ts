import type { SqlDatabase } from '../sqlite.ts';
import { COLLECTION_NAMES, filtersOf, indexedFiltersOf } from './collections.ts';

/** Marks the file as ours (`PRAGMA application_id`): "pint" in ASCII. */
export const APPLICATION_ID = 0x70_69_6e_74;

/**
 * One entry for each schema version: version n is reached by running the first n. Entries are never edited once
 * released; they create exactly what that version had.
 */
const MIGRATIONS: readonly ((db: SqlDatabase) => void)[] = [
  createTables,
  indexOpenDeliveries,
  createRequests,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings a database from schema version `from` to the newest. Runs inside the caller's transaction. */
export function migrate(db: SqlDatabase, from: number): void {
  for (const migration of MIGRATIONS.slice(from)) migration(db);
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/**
 * Rows are never deleted from an object table: a removed object keeps its row with `body` (and every filter) null, so
 * its id still works as a cursor and `seq` (SQLite's max + 1) is never given twice.
 */
function createTables(db: SqlDatabase): void {
  for (const name of COLLECTION_NAMES) {
    const columns = filtersOf(name).map((filter) => `, "${filter}" TEXT`);
    db.exec(
      `CREATE TABLE "${name}" (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL${columns.join('')}, body TEXT)`,
    );
    db.exec(`CREATE INDEX "${name}_removed" ON "${name}" (seq) WHERE body IS NULL`);
    for (const filter of indexedFiltersOf(name)) {
      db.exec(`CREATE INDEX "${name}_by_${filter}" ON "${name}" ("${filter}") WHERE "${filter}" IS NOT NULL`);
    }
  }
  db.exec(`
    CREATE TABLE facts (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE jobs (number INTEGER PRIMARY KEY, due INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, payload TEXT NOT NULL);
    CREATE INDEX jobs_by_due ON jobs (due);
    CREATE INDEX jobs_by_subject ON jobs (subject);
    CREATE TABLE idempotency (
      number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
      body_hash TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL, request_id TEXT NOT NULL
    );
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  `);
}

/** Whoever delivers asks again and again for what one endpoint has not got yet. */
function indexOpenDeliveries(db: SqlDatabase): void {
  db.exec('CREATE INDEX webhook_deliveries_by_endpoint_status ON webhook_deliveries (endpoint, status)');
}

/** The log of requests: what was written together stands in one row, under the number of its last request. */
function createRequests(db: SqlDatabase): void {
  db.exec('CREATE TABLE requests (number INTEGER PRIMARY KEY, count INTEGER NOT NULL, text TEXT NOT NULL)');
}
