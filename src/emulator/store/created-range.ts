import type { SqlStatement } from '../sqlite.ts';
import type { Collection } from './collections.ts';
import type { CreatedRange, SeqBounds } from './object-tables.ts';

/** Translates ranges of `created` into ranges of `seq`, so that no table needs an index on `created`. */
export interface SeqSearch {
  bounds(collection: Collection, created: CreatedRange | undefined): SeqBounds;
  /** Remembers that the rows of a collection are not in the order of `created`: ranges must then look at every row. */
  markUnordered(collection: Collection): void;
}

/**
 * Objects are written in the order of time, so `created` grows with `seq` and the ends of a range are found by bisection
 * (rows are never deleted, so `seq` has hardly any gaps). Work that was due in the past is the exception; it is noted
 * down once for each collection, and lists stay right, if slower.
 */
export function createSeqSearch(prepared: (sql: string) => SqlStatement): SeqSearch {
  const noteOf = (collection: Collection) => `unordered:${collection}`;

  const isUnordered = (collection: Collection) =>
    prepared('SELECT 1 AS found FROM meta WHERE key = ?').get(noteOf(collection)) !== undefined;

  /** The smallest `seq` whose row, or the next row there is, was created at `time` or later; one past the end if none. */
  function firstFrom(collection: Collection, time: number): number {
    const at = prepared(`SELECT created FROM "${collection}" WHERE seq >= ? ORDER BY seq LIMIT 1`);
    let low = 1;
    let high =
      ((prepared(`SELECT max(seq) AS seq FROM "${collection}"`).get()?.['seq'] as number | null) ?? 0) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((at.get(middle)?.['created'] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    bounds(collection, created) {
      if (created === undefined) return { above: undefined, below: undefined, exact: [] };
      if (isUnordered(collection))
        return { above: undefined, below: undefined, exact: conditionsOf(created) };
      const from = Math.max(created.gte ?? -Infinity, created.gt === undefined ? -Infinity : created.gt + 1);
      const until = Math.min(created.lte ?? Infinity, created.lt === undefined ? Infinity : created.lt - 1);
      return {
        above: from === -Infinity ? undefined : firstFrom(collection, from) - 1,
        below: until === Infinity ? undefined : firstFrom(collection, until + 1),
        exact: [],
      };
    },
    markUnordered(collection) {
      prepared('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)').run(noteOf(collection), '1');
    },
  };
}

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function conditionsOf(created: CreatedRange): [string, number][] {
  const conditions: [string, number][] = [];
  for (const name of ['gt', 'gte', 'lt', 'lte'] as const) {
    const value = created[name];
    if (value !== undefined) conditions.push([` AND created ${OPERATORS[name]} ?`, value]);
  }
  return conditions;
}
