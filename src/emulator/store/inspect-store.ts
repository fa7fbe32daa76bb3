import { accessSync, constants, statSync } from 'node:fs';
import { openSqlite, type SqlDatabase } from '../sqlite.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { toStateError, unreadable } from './state-error.ts';

/** What a look at a state file from outside tells. */
export interface StoreInspection {
  /** Bytes of the file itself. */
  readonly sizeBytes: number;
  /** Bytes of its write-ahead log; 0 where there is none. */
  readonly logBytes: number;
  /** Whether it can be written; commands need that. */
  readonly writable: boolean;
  /** Whether the file says that it is ours. A new file, still empty, says nothing and counts as ours. */
  readonly ours: boolean;
  readonly schema: number;
  /** The newest schema this program knows. */
  readonly knownSchema: number;
  readonly journal: string;
  /** What SQLite found wrong; empty where the file is sound. */
  readonly damage: readonly string[];
  /** Whether every index was compared with its table. Large files are looked at more quickly. */
  readonly thorough: boolean;
  /** Signing secrets in it: of registered webhook endpoints by their id, and of sessions of Stripe's CLI. */
  readonly secrets: readonly { readonly owner: string; readonly secret: string }[];
}

const BUSY_TIMEOUT_MS = 2000;
/** Bytes; above this a thorough look takes longer than a person waits. */
const LARGE = 64 * 1024 * 1024;
const MOST_DAMAGE = 5;

/**
 * Looks at a state file without bringing it to the newest schema or changing what it holds.
 *
 * @returns undefined where there is no file
 * @throws StateError where it cannot be read at all
 */
export function inspectStore(path: string): StoreInspection | undefined {
  let db: SqlDatabase | undefined;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    if (!found.isFile()) throw unreadable(path, found.isDirectory() ? 'it is a directory' : 'it is no file');
    accessSync(path, constants.R_OK);
    const logBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    db = openSqlite(path);
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA query_only = ON;`);
    const schema = Number(pragma(db, 'user_version'));
    const owner = Number(pragma(db, 'application_id'));
    const empty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
    const thorough = found.size <= LARGE;
    const ours = owner === APPLICATION_ID || (owner === 0 && schema === 0 && empty);
    const damage = damageOf(db, thorough);
    return {
      sizeBytes: found.size,
      logBytes,
      writable: isWritable(path),
      ours,
      schema,
      knownSchema: SCHEMA_VERSION,
      journal: String(pragma(db, 'journal_mode')),
      damage,
      thorough,
      secrets: ours && !empty && damage.length === 0 && schema <= SCHEMA_VERSION ? secretsIn(db) : [],
    };
  } catch (error) {
    throw toStateError(error, path);
  } finally {
    db?.close();
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function pragma(db: SqlDatabase, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function damageOf(db: SqlDatabase, thorough: boolean): string[] {
  const rows = db.prepare(`PRAGMA ${thorough ? 'integrity_check' : 'quick_check'}(${MOST_DAMAGE})`).all();
  const words = rows.flatMap((row) => String(Object.values(row)[0]).split('\n'));
  return words.length === 1 && words[0] === 'ok' ? [] : words.filter((word) => !word.startsWith('***'));
}

function secretsIn(db: SqlDatabase): { owner: string; secret: string }[] {
  const endpoints = db
    .prepare(
      "SELECT facts.id AS owner, json_extract(facts.body, '$.secret') AS secret FROM facts JOIN webhook_endpoints AS e ON e.id = facts.id WHERE e.body IS NOT NULL",
    )
    .all();
  const sessions = db
    .prepare("SELECT 'stripe listen' AS owner, value AS secret FROM meta WHERE key = 'stripe_cli_secret'")
    .all();
  return [...endpoints, ...sessions].flatMap(({ owner, secret }) =>
    typeof secret === 'string' && secret !== '' ? [{ owner: String(owner), secret }] : [],
  );
}
