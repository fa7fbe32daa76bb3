import { createRequire } from 'node:module';

/** What SQLite stores and returns here: no blobs, no big integers. */
export type SqlValue = string | number | null;
export type SqlRow = Record<string, SqlValue>;

export interface SqlStatement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): SqlRow[];
}

/** The part of `DatabaseSync` that both bindings share and the store uses. */
export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

export type LazyStatement = () => SqlStatement;

/** A statement that is compiled when it is first used, since most programs use few of them. */
export function prepareLazily(db: SqlDatabase, sql: string): LazyStatement {
  let statement: SqlStatement | undefined;
  return () => {
    statement ??= db.prepare(sql);
    return statement;
  };
}

interface SqliteModule {
  DatabaseSync: new (path: string) => SqlDatabase;
}

let loaded: SqliteModule | undefined;
let binding: SqliteFacts['binding'] = 'node:sqlite';

/** Which SQLite is in use. */
export interface SqliteFacts {
  readonly binding: '@photostructure/sqlite' | 'node:sqlite';
  /** Of SQLite itself: `3.50.4`. */
  readonly version: string;
}

/** Loads SQLite to see which one it is. @throws Error where there is none for this system. */
export function sqliteFacts(): SqliteFacts {
  const db = openSqlite(':memory:');
  try {
    return { binding, version: String(db.prepare('SELECT sqlite_version() AS v').get()?.['v']) };
  } finally {
    db.close();
  }
}

/**
 * Opens a database file, or `:memory:`, with the runtime's own SQLite where it has one (Node 22.13 and newer) and with
 * the API-identical `@photostructure/sqlite` where it hasn't. Nothing is loaded before the first call.
 *
 * @throws Error of the binding, with `errcode` (SQLite result code), when the file cannot be opened.
 */
export function openSqlite(path: string): SqlDatabase {
  loaded ??= loadSqlite();
  return new loaded.DatabaseSync(path);
}

function loadSqlite(): SqliteModule {
  const own = withoutSqliteWarning(() => process.getBuiltinModule('node:sqlite' as string)) as
    | SqliteModule
    | undefined;
  if (own !== undefined) return own;
  binding = '@photostructure/sqlite';
  return createRequire(import.meta.url)(binding) as SqliteModule;
}

/** Node announces `node:sqlite` as experimental when it is first loaded; users can do nothing about it. */
function withoutSqliteWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    const isOurs = rest[0] === 'ExperimentalWarning' && String(warning).startsWith('SQLite');
    if (!isOurs) Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
