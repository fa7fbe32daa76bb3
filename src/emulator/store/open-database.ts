import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSqlite, type SqlDatabase } from '../sqlite.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './schema.ts';
import { newer, readOnly, sqliteCode, toStateError, unreadable } from './state-error.ts';

export const IN_MEMORY = ':memory:';

export interface DatabaseOptions {
  /** File, or `:memory:`. */
  readonly path: string;
  /** How long a write waits for other processes, in milliseconds. */
  readonly busyTimeoutMs: number;
  /** Largest size the file may grow to, in pages of `PAGE_SIZE` bytes; unlimited when absent. */
  readonly maxPages?: number;
}

/** Bytes. Larger pages would waste less room behind bodies of 2 KB, but make small commits write more. */
const PAGE_SIZE = 4096;

/** Pages after which the log is written back into the file. More would make the pauses for it longer, not rarer work. */
const CHECKPOINT_PAGES = 2000;

const SQLITE_BUSY = 5;

/**
 * Opens the state file, creating it (0600) and its directory (0700) where missing, and brings it to the newest schema.
 * A file that cannot be used is left exactly as it is.
 *
 * @throws StateError
 */
export function openDatabase(options: DatabaseOptions): SqlDatabase {
  const { path } = options;
  let db: SqlDatabase | undefined;
  try {
    if (path !== IN_MEMORY) ensureFile(path);
    db = openSqlite(path);
    prepareDatabase(db, options);
    return db;
  } catch (error) {
    db?.close();
    throw toStateError(error, path);
  }
}

function ensureFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } else if (!found.isFile()) {
    throw unreadable(path, found.isDirectory() ? 'it is a directory' : 'it is not a regular file');
  } else {
    accessSync(path, constants.R_OK);
    requireWritable(path);
  }
}

/** The directory too: SQLite keeps its log beside the file. */
function requireWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw readOnly(path, (error as Error).message, error);
  }
}

function prepareDatabase(db: SqlDatabase, options: DatabaseOptions): void {
  db.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs}; PRAGMA page_size = ${PAGE_SIZE};`);
  const version = checkOrigin(db, options.path);
  if (options.path !== IN_MEMORY) useWriteAheadLog(db, options);
  // With a write-ahead log NORMAL loses nothing when a process dies, however it dies: what was committed is in the
  // operating system's hands. Only a crash of the whole machine can take the last commits back, never mix them up.
  db.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
  db.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;');
  if (options.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
  if (version < SCHEMA_VERSION) migrateUnderLock(db, options.path);
}

/** The schema version, 0 for an empty file. @throws StateError for a file of another program or of a newer version. */
function checkOrigin(db: SqlDatabase, path: string): number {
  const version = pragma(db, 'user_version');
  const owner = pragma(db, 'application_id');
  if (owner !== APPLICATION_ID && (owner !== 0 || version !== 0 || hasTables(db))) {
    throw unreadable(path, 'it is an SQLite database of another program');
  }
  if (version > SCHEMA_VERSION) throw newer(path, version, SCHEMA_VERSION);
  return version;
}

const hasTables = (db: SqlDatabase) => db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;

function pragma(db: SqlDatabase, name: string): number {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] as number;
}

/**
 * Changing the journal mode needs the file for itself for a moment, and SQLite does not always wait for that by itself
 * when several processes open a new file at once.
 */
function useWriteAheadLog(db: SqlDatabase, options: DatabaseOptions): void {
  const deadline = performance.now() + options.busyTimeoutMs;
  for (;;) {
    try {
      const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
      if (mode !== 'wal') throw readOnly(options.path, `its journal mode stays ${String(mode)}`);
      return;
    } catch (error) {
      if (sqliteCode(error) !== SQLITE_BUSY || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Several processes may find the same old file: the first migrates, the others see that it is done. */
function migrateUnderLock(db: SqlDatabase, path: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = checkOrigin(db, path);
    if (version < SCHEMA_VERSION) {
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      migrate(db, version);
    }
    db.exec('COMMIT');
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back on its own, as it does when the disk is full.
    }
    throw error;
  }
}
