import type { ApiObject } from '../objects.ts';
import {
  type LazyStatement,
  prepareLazily,
  type SqlDatabase,
  type SqlRow,
  type SqlStatement,
  type SqlValue,
} from '../sqlite.ts';
import type { Batches } from './batch.ts';
import { COLLECTION_NAMES, type Collection, filtersOf } from './collections.ts';
import { createSeqSearch } from './created-range.ts';

export type Where = Record<string, string | readonly string[]>;

export interface CreatedRange {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

export interface ListQuery {
  readonly collection: Collection;
  /** Equality by filter of the collection (see `collections.ts`); a list of values means any of them. */
  readonly where?: Where;
  /** Unix seconds. */
  readonly created?: CreatedRange;
  /** Exclusive cursor, a `seq`: the page continues with what is older. */
  readonly startingAfter?: number;
  /** Exclusive cursor, a `seq`: the page ends right before it, with what is newer. */
  readonly endingBefore?: number;
  readonly limit: number;
}

export interface Page {
  /** Newest first, whichever cursor was given. */
  readonly data: ApiObject[];
  /** Whether there is more in the direction of paging: older, or newer with `endingBefore`. */
  readonly hasMore: boolean;
}

/** How many rows a scan reads at a time; between two reads the table may change. */
const SCAN_CHUNK = 200;

/** The tables of API objects: one row an object, the body as JSON. */
export interface ObjectTables {
  get(collection: Collection, id: string): ApiObject | undefined;
  getDeleted(collection: Collection, id: string): boolean;
  seqOf(collection: Collection, id: string): number | undefined;
  insert(collection: Collection, object: ApiObject): number;
  update(collection: Collection, object: ApiObject): void;
  remove(collection: Collection, id: string): void;
  list(query: ListQuery): Page;
  scan(collection: Collection, where?: Where): Iterable<ApiObject>;
  count(collection: Collection, where?: Where): number;
  /** `created` of the object written last in any collection, deleted or not; 0 when there is none. */
  latestCreated(): number;
}

interface Table {
  readonly name: Collection;
  readonly filters: readonly string[];
  readonly get: LazyStatement;
  readonly seqOf: LazyStatement;
  readonly insert: LazyStatement;
  readonly undoInsert: LazyStatement;
  readonly update: LazyStatement;
  readonly remove: LazyStatement;
  readonly last: LazyStatement;
  /** `created` of the newest row, known within one epoch of the batches. */
  lastCreated: number;
  lastCreatedEpoch: number;
  /** The newest chunk of an unfiltered scan, known within one epoch; small tables are scanned for every event. */
  newest: SqlRow[];
  newestEpoch: number;
}

export function createObjectTables(db: SqlDatabase, batches: Batches): ObjectTables {
  const tables = new Map<Collection, Table>();
  const statements = new Map<string, SqlStatement>();
  const seqSearch = createSeqSearch(prepared);

  function prepared(sql: string): SqlStatement {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  function tableOf(name: Collection): Table {
    const known = tables.get(name);
    if (known !== undefined) return known;
    const filters = filtersOf(name);
    const columns = ['id', 'created', ...filters, 'body'].map((column) => `"${column}"`);
    const cleared = ['body', ...filters].map((column) => `"${column}" = NULL`);
    const assigned = [...filters, 'body'].map((column) => `"${column}" = ?`);
    const table: Table = {
      name,
      filters,
      get: prepareLazily(db, `SELECT body FROM "${name}" WHERE id = ?`),
      seqOf: prepareLazily(db, `SELECT seq FROM "${name}" WHERE id = ?`),
      insert: prepareLazily(
        db,
        `INSERT INTO "${name}" (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
      ),
      undoInsert: prepareLazily(db, `DELETE FROM "${name}" WHERE id = ?`),
      update: prepareLazily(db, `UPDATE "${name}" SET ${assigned.join()} WHERE id = ? AND body IS NOT NULL`),
      remove: prepareLazily(db, `UPDATE "${name}" SET ${cleared.join()} WHERE id = ? AND body IS NOT NULL`),
      last: prepareLazily(db, `SELECT created FROM "${name}" ORDER BY seq DESC LIMIT 1`),
      lastCreated: 0,
      lastCreatedEpoch: -1,
      newest: [],
      newestEpoch: -1,
    };
    tables.set(name, table);
    return table;
  }

  function lastCreated(table: Table): number {
    if (!batches.isOpen || table.lastCreatedEpoch !== batches.epoch) {
      table.lastCreated = (table.last().get()?.['created'] as number | undefined) ?? 0;
      table.lastCreatedEpoch = batches.epoch;
    }
    return table.lastCreated;
  }

  /** SQL conditions for `where`, with the values they bind. Every key must be a filter of the collection. */
  function conditionsOf(table: Table, where: Where): { sql: string; values: SqlValue[] } {
    let sql = '';
    const values: SqlValue[] = [];
    for (const [filter, wanted] of Object.entries(where)) {
      if (!table.filters.includes(filter)) throw new Error(`${table.name} cannot be filtered by ${filter}`);
      if (typeof wanted === 'string') {
        sql += ` AND "${filter}" = ?`;
        values.push(wanted);
      } else {
        sql += ` AND "${filter}" IN (${wanted.map(() => '?').join()})`;
        values.push(...wanted);
      }
    }
    return { sql, values };
  }

  function select(
    table: Table,
    where: Where,
    bounds: SeqBounds,
    limit: number,
    oldestFirst: boolean,
  ): SqlRow[] {
    const alternatives = splitByFirstList(where);
    const found = alternatives.map((one) => selectOne(table, one, bounds, limit, oldestFirst));
    if (found.length === 1) return found[0] as SqlRow[];
    const direction = oldestFirst ? 1 : -1;
    return found
      .flat()
      .sort((a, b) => direction * (seqIn(a) - seqIn(b)))
      .slice(0, limit);
  }

  function selectOne(
    table: Table,
    where: Where,
    bounds: SeqBounds,
    limit: number,
    oldestFirst: boolean,
  ): SqlRow[] {
    const { sql, values } = conditionsOf(table, where);
    let range = '';
    const limits: SqlValue[] = [];
    if (bounds.above !== undefined) {
      range += ' AND seq > ?';
      limits.push(bounds.above);
    }
    if (bounds.below !== undefined) {
      range += ' AND seq < ?';
      limits.push(bounds.below);
    }
    for (const [condition, value] of bounds.exact) {
      range += condition;
      limits.push(value);
    }
    const order = oldestFirst ? 'ASC' : 'DESC';
    const text = `SELECT seq, body FROM "${table.name}" WHERE body IS NOT NULL${sql}${range} ORDER BY seq ${order} LIMIT ?`;
    return prepared(text).all(...values, ...limits, limit);
  }

  function* scan(table: Table, where: Where): Generator<ApiObject> {
    let bounds: SeqBounds = { above: undefined, below: undefined, exact: [] };
    for (let first = true; ; first = false) {
      const rows = first
        ? newestChunk(table, where, bounds)
        : select(table, where, bounds, SCAN_CHUNK, false);
      for (const row of rows) yield parse(row);
      const last = rows[SCAN_CHUNK - 1];
      if (last === undefined) return;
      bounds = { ...bounds, below: seqIn(last) };
    }
  }

  function newestChunk(table: Table, where: Where, bounds: SeqBounds): SqlRow[] {
    if (!batches.isOpen || Object.keys(where).length > 0)
      return batches.run(() => select(table, where, bounds, SCAN_CHUNK, false));
    if (table.newestEpoch !== batches.epoch) {
      table.newest = batches.run(() => select(table, where, bounds, SCAN_CHUNK, false));
      table.newestEpoch = batches.epoch;
    }
    return table.newest;
  }

  function filterValue(object: ApiObject, filter: string): SqlValue {
    const value = object[filter];
    return typeof value === 'string' ? value : null;
  }

  return {
    get(collection, id) {
      const row = batches.run(() => tableOf(collection).get().get(id));
      return typeof row?.['body'] === 'string' ? parse(row) : undefined;
    },
    getDeleted(collection, id) {
      const row = batches.run(() => tableOf(collection).get().get(id));
      return row !== undefined && row['body'] === null;
    },
    seqOf: (collection, id) =>
      batches.run(() => tableOf(collection).seqOf().get(id)?.['seq'] as number | undefined),
    insert(collection, object) {
      const table = tableOf(collection);
      const values: SqlValue[] = [object.id, 0];
      for (const filter of table.filters) values.push(filterValue(object, filter));
      values.push(JSON.stringify(object));
      const add = () => {
        const newest = lastCreated(table);
        const created = typeof object['created'] === 'number' ? object['created'] : newest;
        values[1] = created;
        const seq = Number(table.insert().run(...values).lastInsertRowid);
        if (created < newest) seqSearch.markUnordered(collection);
        table.lastCreated = Math.max(newest, created);
        table.newestEpoch = -1;
        return seq;
      };
      return batches.addRow(add, () => table.undoInsert().run(object.id));
    },
    update(collection, object) {
      const table = tableOf(collection);
      batches.beforeWrite();
      const values: SqlValue[] = [];
      for (const filter of table.filters) values.push(filterValue(object, filter));
      values.push(JSON.stringify(object), object.id);
      const { changes } = batches.run(() => table.update().run(...values));
      if (Number(changes) === 0) throw new Error(`${collection} has no ${object.id} to update`);
      table.newestEpoch = -1;
    },
    remove(collection, id) {
      const table = tableOf(collection);
      batches.beforeWrite();
      const { changes } = batches.run(() => table.remove().run(id));
      if (Number(changes) === 0) throw new Error(`${collection} has no ${id} to remove`);
      table.newestEpoch = -1;
    },
    list(query) {
      const table = tableOf(query.collection);
      const oldestFirst = query.endingBefore !== undefined;
      const rows = batches.run(() => {
        const bounds = boundsOf(query, seqSearch.bounds(query.collection, query.created));
        return select(table, query.where ?? {}, bounds, query.limit + 1, oldestFirst);
      });
      const hasMore = rows.length > query.limit;
      const page = hasMore ? rows.slice(0, query.limit) : rows;
      if (oldestFirst) page.reverse();
      return { data: page.map(parse), hasMore };
    },
    scan: (collection, where = {}) => ({ [Symbol.iterator]: () => scan(tableOf(collection), where) }),
    count(collection, where = {}) {
      const { sql, values } = conditionsOf(tableOf(collection), where);
      // Both count the entries of an index. Removed objects have no filters, so no condition finds them.
      const text =
        sql === ''
          ? `SELECT (SELECT count(*) FROM "${collection}") - (SELECT count(*) FROM "${collection}" WHERE body IS NULL) AS n`
          : `SELECT count(*) AS n FROM "${collection}" WHERE${sql.slice(' AND'.length)}`;
      return batches.run(() => prepared(text).get(...values)?.['n'] as number);
    },
    latestCreated() {
      const newest = COLLECTION_NAMES.map(
        (name) => `coalesce((SELECT created FROM "${name}" ORDER BY seq DESC LIMIT 1), 0)`,
      );
      return batches.run(
        () => prepared(`SELECT max(${newest.join()}) AS latest`).get()?.['latest'] as number,
      );
    },
  };
}

/** Exclusive bounds of `seq`, and conditions on other columns with the value each binds. */
export interface SeqBounds {
  readonly above: number | undefined;
  readonly below: number | undefined;
  readonly exact: readonly (readonly [condition: string, value: number])[];
}

function boundsOf(query: ListQuery, range: SeqBounds): SeqBounds {
  const above = [range.above, query.endingBefore].filter((seq) => seq !== undefined);
  const below = [range.below, query.startingAfter].filter((seq) => seq !== undefined);
  return {
    above: above.length === 0 ? undefined : Math.max(...above),
    below: below.length === 0 ? undefined : Math.min(...below),
    exact: range.exact,
  };
}

/**
 * One query for each value of the first list in `where`: with `IN`, SQLite would collect and sort everything that
 * matches before it could cut off a page.
 */
function splitByFirstList(where: Where): Where[] {
  const list = Object.entries(where).find(([, wanted]) => typeof wanted !== 'string');
  if (list === undefined) return [where];
  const [filter, wanted] = list as [string, readonly string[]];
  return [...new Set(wanted)].map((value) => ({ ...where, [filter]: value }));
}

const seqIn = (row: SqlRow): number => row['seq'] as number;

const parse = (row: SqlRow): ApiObject => JSON.parse(row['body'] as string) as ApiObject;
