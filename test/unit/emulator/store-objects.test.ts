import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../src/emulator/objects.ts';
import { openStore } from '../../../src/emulator/store/open-store.ts';
import type { CreatedRange, ListQuery, Store } from '../../../src/emulator/store/store.ts';

let store: Store;
beforeEach(() => {
  store = openStore({ path: ':memory:' });
});
afterEach(() => store.close());

const charge = (number: number, fields: Record<string, unknown> = {}): ApiObject => ({
  id: `ch_${number}`,
  object: 'charge',
  created: 1000 + number,
  ...fields,
});

const ids = (objects: Iterable<ApiObject>) => [...objects].map(({ id }) => id);

describe('one object', () => {
  it('comes back as it was stored, as a copy of its own', () => {
    const object = charge(1, {
      amount: 4900,
      metadata: { 'ключ "1"': '🙂' },
      customer: null,
      list: [1, null],
    });
    store.insert('charges', object);
    const first = store.get('charges', 'ch_1');
    expect(first).toEqual(object);
    (first as ApiObject)['amount'] = 1;
    expect(store.get('charges', 'ch_1')).toEqual(object);
  });

  it('is found in its own collection only', () => {
    store.insert('charges', charge(1));
    expect(store.get('refunds', 'ch_1')).toBeUndefined();
    expect(store.seqOf('refunds', 'ch_1')).toBeUndefined();
  });

  it('refuses an id that is taken, and leaves the first one alone', () => {
    store.insert('charges', charge(1, { amount: 1 }));
    expect(() => store.transaction(() => store.insert('charges', charge(1, { amount: 2 })))).toThrow(
      /UNIQUE/,
    );
    expect(store.get('charges', 'ch_1')).toMatchObject({ amount: 1 });
  });

  it('cannot be updated or removed when it is not there', () => {
    expect(() => store.update('charges', charge(1))).toThrow('charges has no ch_1 to update');
    expect(() => store.remove('charges', 'ch_1')).toThrow('charges has no ch_1 to remove');
    store.insert('charges', charge(1));
    store.remove('charges', 'ch_1');
    expect(() => store.update('charges', charge(1))).toThrow('charges has no ch_1 to update');
    expect(() => store.remove('charges', 'ch_1')).toThrow('charges has no ch_1 to remove');
  });

  it('leaves a tombstone that still is a cursor', () => {
    for (const number of [1, 2, 3, 4]) store.insert('charges', charge(number, { customer: 'cus_1' }));
    store.remove('charges', 'ch_3');
    expect(store.get('charges', 'ch_3')).toBeUndefined();
    expect(store.getDeleted('charges', 'ch_3')).toBe(true);
    expect(store.getDeleted('charges', 'ch_2')).toBe(false);
    expect(store.getDeleted('charges', 'ch_9')).toBe(false);
    const seq = store.seqOf('charges', 'ch_3') as number;
    expect(ids(store.list({ collection: 'charges', limit: 10, startingAfter: seq }).data)).toEqual([
      'ch_2',
      'ch_1',
    ]);
    expect(ids(store.list({ collection: 'charges', limit: 10 }).data)).toEqual(['ch_4', 'ch_2', 'ch_1']);
    expect(store.count('charges')).toBe(3);
    expect(store.count('charges', { customer: 'cus_1' })).toBe(3);
  });

  it('gets a place after all others even when the newest was removed', () => {
    store.insert('charges', charge(1));
    store.insert('charges', charge(2));
    store.remove('charges', 'ch_2');
    store.insert('charges', charge(3));
    expect(store.seqOf('charges', 'ch_3')).toBeGreaterThan(store.seqOf('charges', 'ch_2') as number);
  });
});

describe('filters', () => {
  it('follow an update', () => {
    store.insert('payment_methods', { id: 'pm_1', object: 'payment_method', customer: null, type: 'card' });
    expect(store.count('payment_methods', { customer: 'cus_1' })).toBe(0);
    store.update('payment_methods', {
      id: 'pm_1',
      object: 'payment_method',
      customer: 'cus_1',
      type: 'card',
    });
    expect(store.count('payment_methods', { customer: 'cus_1', type: 'card' })).toBe(1);
    expect(store.count('payment_methods', { customer: 'cus_1', type: ['sepa_debit', 'link'] })).toBe(0);
  });

  it('refuses one that the collection does not have', () => {
    expect(() => store.list({ collection: 'tokens', limit: 1, where: { customer: 'cus_1' } })).toThrow(
      'tokens cannot be filtered by customer',
    );
  });

  it('matches nothing with an empty list of values', () => {
    store.insert('events', { id: 'evt_1', object: 'event', type: 'a' });
    expect(store.list({ collection: 'events', limit: 1, where: { type: [] } })).toEqual({
      data: [],
      hasMore: false,
    });
    expect(store.count('events', { type: [] })).toBe(0);
  });
});

describe('scan', () => {
  it('goes through everything newest first, unmoved by what happens meanwhile', () => {
    const all = Array.from({ length: 450 }, (_, index) => charge(index));
    for (const one of all) store.insert('charges', one);
    const seen: string[] = [];
    for (const { id } of store.scan('charges')) {
      if (seen.length === 3) store.insert('charges', charge(1000));
      if (seen.length === 250) store.flush();
      seen.push(id);
    }
    expect(seen).toEqual(ids(all).reverse());
    expect(ids(store.scan('charges'))).toHaveLength(451);
  });

  it('sees every change when scanned again in the same turn', () => {
    store.insert('webhook_endpoints', { id: 'we_1', object: 'webhook_endpoint', status: 'enabled' });
    expect(ids(store.scan('webhook_endpoints'))).toEqual(['we_1']);
    store.update('webhook_endpoints', { id: 'we_1', object: 'webhook_endpoint', status: 'disabled' });
    expect([...store.scan('webhook_endpoints')]).toMatchObject([{ status: 'disabled' }]);
    store.insert('webhook_endpoints', { id: 'we_2', object: 'webhook_endpoint', status: 'enabled' });
    expect(ids(store.scan('webhook_endpoints', { status: 'enabled' }))).toEqual(['we_2']);
    store.remove('webhook_endpoints', 'we_1');
    expect(ids(store.scan('webhook_endpoints'))).toEqual(['we_2']);
  });
});

interface Row {
  readonly created: number;
  readonly customer: string | null;
  readonly status: string;
  readonly removed: boolean;
}

/** A list as slow and plain as possible, to compare with. */
function expectedPage(rows: readonly Row[], query: ListQuery): { data: string[]; hasMore: boolean } {
  const { created = {}, startingAfter = Infinity, endingBefore = -Infinity, where = {}, limit } = query;
  const matching = rows
    .map((row, index) => ({ ...row, id: `ch_${index}`, seq: index + 1 }))
    .filter((row) => !row.removed && row.seq < startingAfter && row.seq > endingBefore)
    .filter((row) => row.created > (created.gt ?? -1) && row.created >= (created.gte ?? -1))
    .filter((row) => row.created < (created.lt ?? Infinity) && row.created <= (created.lte ?? Infinity))
    .filter((row) =>
      Object.entries(where).every(([name, wanted]) => {
        const value = row[name as 'customer' | 'status'];
        return value !== null && (typeof wanted === 'string' ? value === wanted : wanted.includes(value));
      }),
    )
    .reverse();
  const page = query.endingBefore === undefined ? matching.slice(0, limit) : matching.slice(-limit);
  return { data: page.map(({ id }) => id), hasMore: matching.length > limit };
}

const time = fc.integer({ min: 0, max: 12 });
const rowOf = (created: fc.Arbitrary<number>): fc.Arbitrary<Row> =>
  fc.record({
    created,
    customer: fc.constantFrom(null, 'cus_1', 'cus_2'),
    status: fc.constantFrom('succeeded', 'failed'),
    removed: fc.boolean(),
  });
const inOrder = (rows: Row[]) =>
  rows
    .map(({ created }) => created)
    .sort((a, b) => a - b)
    .map((created, index) => ({ ...(rows[index] as Row), created }));
const rowsInAnyOrder = fc.array(rowOf(time), { maxLength: 25 });
const rows = fc.oneof(rowsInAnyOrder, rowsInAnyOrder.map(inOrder));
const created = fc.record(
  { gt: time, gte: time, lt: time, lte: time },
  { requiredKeys: [] },
) as fc.Arbitrary<CreatedRange>;
const values = <T extends string>(...all: T[]) =>
  fc.oneof(fc.constantFrom(...all), fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 3 }));
const where = fc.record(
  { customer: values('cus_1', 'cus_2', 'cus_3'), status: values('succeeded', 'failed') },
  { requiredKeys: [] },
);
const query = fc
  .record(
    {
      limit: fc.integer({ min: 1, max: 8 }),
      created,
      where,
      cursor: fc.record({ seq: fc.integer({ min: 1, max: 26 }), backwards: fc.boolean() }),
    },
    { requiredKeys: ['limit'] },
  )
  .map(({ cursor, ...rest }): ListQuery => {
    const base = { collection: 'charges', ...rest } as ListQuery;
    if (cursor === undefined) return base;
    return cursor.backwards ? { ...base, endingBefore: cursor.seq } : { ...base, startingAfter: cursor.seq };
  });

it('lists what a plain filter over everything would', () => {
  fc.assert(
    fc.property(rows, fc.array(query, { minLength: 1, maxLength: 8 }), (all, queries) => {
      store.reset();
      for (const [index, { removed, ...fields }] of all.entries()) {
        store.insert('charges', { id: `ch_${index}`, object: 'charge', ...fields });
        if (removed) store.remove('charges', `ch_${index}`);
      }
      for (const one of queries) {
        const { data, hasMore } = store.list(one);
        expect({ data: ids(data), hasMore }).toEqual(expectedPage(all, one));
      }
    }),
    { numRuns: 150 },
  );
});
