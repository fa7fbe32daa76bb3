import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from '../sqlite.ts';
import type { Batches } from './batch.ts';
import { COLLECTION_NAMES, filtersOf, isCollection } from './collections.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { newer, StateError } from './state-error.ts';

/**
 * The portable form of a state: JSON Lines. The first line names the format, the last one counts the lines between them,
 * so that a file that was cut off is noticed. Each line between is one row of one table.
 */
const FORMAT = 'payintent-state';

/** Rows read at a time while exporting. */
const EXPORT_CHUNK = 500;

interface SideTable {
  readonly name: string;
  /** Column that orders the rows and is unique. */
  readonly key: string;
  readonly columns: Readonly<Record<string, 'string' | 'integer' | 'json'>>;
}

const SIDE_TABLES: readonly SideTable[] = [
  { name: 'facts', key: 'id', columns: { id: 'string', body: 'json' } },
  {
    name: 'jobs',
    key: 'number',
    columns: { number: 'integer', due: 'integer', kind: 'string', subject: 'string', payload: 'json' },
  },
  {
    name: 'idempotency',
    key: 'number',
    columns: {
      number: 'integer',
      key: 'string',
      created_at: 'integer',
      method: 'string',
      path: 'string',
      body_hash: 'string',
      status: 'integer',
      body: 'string',
      request_id: 'string',
    },
  },
  { name: 'meta', key: 'key', columns: { key: 'string', value: 'string' } },
];

/** Tables that a replaced state loses and an exported one does not have: the log tells of requests to this state. */
const LOCAL_TABLES = ['requests'];

export function emptyTables(db: SqlDatabase): void {
  for (const name of [...COLLECTION_NAMES, ...SIDE_TABLES.map((table) => table.name), ...LOCAL_TABLES])
    db.exec(`DELETE FROM "${name}"`);
}

/** Lines of the whole state, from one consistent view; finish or abandon the iteration before writing again. */
export function exportLines(db: SqlDatabase, batches: Batches): Iterable<string> {
  return batches.read(() => {
    const lines = [JSON.stringify({ format: FORMAT, schema: SCHEMA_VERSION })];
    for (const name of COLLECTION_NAMES) {
      for (const row of rowsOf(db, name, 'seq')) lines.push(objectLine(name, row));
    }
    for (const table of SIDE_TABLES) {
      for (const row of rowsOf(db, table.name, table.key)) lines.push(sideLine(table, row));
    }
    lines.push(JSON.stringify({ format: FORMAT, end: lines.length - 1 }));
    return lines;
  });
}

function* rowsOf(db: SqlDatabase, table: string, key: string): Generator<SqlRow> {
  const start = db.prepare(`SELECT * FROM "${table}" ORDER BY "${key}" LIMIT ${EXPORT_CHUNK}`);
  const next = db.prepare(
    `SELECT * FROM "${table}" WHERE "${key}" > ? ORDER BY "${key}" LIMIT ${EXPORT_CHUNK}`,
  );
  let rows = start.all();
  for (;;) {
    yield* rows;
    const last = rows[EXPORT_CHUNK - 1];
    if (last === undefined) return;
    rows = next.all(last[key] as SqlValue);
  }
}

function objectLine(collection: string, row: SqlRow): string {
  const { seq, id, created, body } = row;
  const object = body === null ? 'null' : (body as string);
  return `{"collection":${JSON.stringify(collection)},"seq":${seq},"id":${JSON.stringify(id)},"created":${created},"object":${object}}`;
}

function sideLine(table: SideTable, row: SqlRow): string {
  const values: Record<string, unknown> = {};
  for (const [column, type] of Object.entries(table.columns)) {
    values[column] = type === 'json' ? JSON.parse(row[column] as string) : row[column];
  }
  return JSON.stringify({ table: table.name, row: values });
}

/**
 * Fills empty tables from exported lines. Runs inside the caller's transaction, which is rolled back when any line is
 * invalid, so nothing is replaced before everything was checked.
 *
 * @throws StateError
 */
export function importLines(db: SqlDatabase, batches: Batches, path: string, lines: Iterable<string>): void {
  const inserts = new Map<string, SqlStatement>();
  const insert = (table: string, columns: readonly string[], values: readonly SqlValue[]) => {
    let statement = inserts.get(table);
    if (statement === undefined) {
      const names = columns.map((column) => `"${column}"`).join();
      statement = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join()})`);
      inserts.set(table, statement);
    }
    const ready = statement;
    batches.run(() => ready.run(...values));
  };
  let number = 0;
  let ended = false;
  try {
    for (const line of lines) {
      if (line.trim() === '') continue;
      number += 1;
      if (ended) throw new Error('there is something after the last line');
      const entry = hash(JSON.parse(line), 'a line');
      if (number === 1) checkHead(entry, path);
      else if (entry['format'] === FORMAT) {
        ended = true;
        if (entry['end'] !== number - 2) throw new Error(`it should follow ${String(entry['end'])} lines`);
      } else if (typeof entry['collection'] === 'string') importObject(entry, insert);
      else importSide(entry, insert);
    }
    if (!ended) throw new Error('the last line is missing: the file was cut off');
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(
      'STATE_IMPORT_INVALID',
      path,
      `Line ${number} of the exported state is not valid: ${error instanceof Error ? error.message : String(error)}. Nothing was imported.`,
      'Give the unchanged output of `payintent emulator export`.',
      error,
    );
  }
}

type Insert = (table: string, columns: readonly string[], values: readonly SqlValue[]) => void;

function checkHead(entry: Record<string, unknown>, path: string): void {
  if (entry['format'] !== FORMAT) throw new Error('this is not an exported state');
  const schema = integer(entry['schema'], 'schema');
  if (schema > SCHEMA_VERSION) throw newer(path, schema, SCHEMA_VERSION);
}

function importObject(entry: Record<string, unknown>, insert: Insert): void {
  const collection = entry['collection'] as string;
  if (!isCollection(collection)) throw new Error(`there is no collection ${collection}`);
  const id = text(entry['id'], 'id');
  const object = entry['object'] === null ? undefined : hash(entry['object'], 'object');
  if (object !== undefined && object['id'] !== id) throw new Error(`the object's id is not ${id}`);
  const filters = filtersOf(collection);
  const values = filters.map((filter) => {
    const value = object?.[filter];
    return typeof value === 'string' ? value : null;
  });
  insert(
    collection,
    ['seq', 'id', 'created', ...filters, 'body'],
    [
      integer(entry['seq'], 'seq'),
      id,
      integer(entry['created'], 'created'),
      ...values,
      object === undefined ? null : JSON.stringify(object),
    ],
  );
}

function importSide(entry: Record<string, unknown>, insert: Insert): void {
  const table = SIDE_TABLES.find(({ name }) => name === entry['table']);
  if (table === undefined) throw new Error('it belongs to no known table');
  const row = hash(entry['row'], 'row');
  const columns = Object.keys(table.columns);
  const values = Object.entries(table.columns).map(([column, type]): SqlValue => {
    if (type === 'json') return JSON.stringify(hash(row[column], column));
    return type === 'integer' ? integer(row[column], column) : text(row[column], column);
  });
  insert(table.name, columns, values);
}

function hash(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} is not an object`);
  return value as Record<string, unknown>;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`${name} is not a text`);
  return value;
}

function integer(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is not an integer`);
  return value as number;
}
