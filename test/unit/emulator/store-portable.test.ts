import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/emulator/store/open-store.ts';
import type { Store } from '../../../src/emulator/store/store.ts';

let store: Store;
let target: Store;
beforeEach(() => {
  store = openStore({ path: ':memory:' });
  target = openStore({ path: ':memory:' });
  target.insert('customers', { id: 'cus_old', object: 'customer', created: 1 });
  target.flush();
});
afterEach(() => {
  store.close();
  target.close();
});

function fill(): void {
  for (let number = 1; number <= 1200; number += 1) {
    store.insert('charges', {
      id: `ch_${number}`,
      object: 'charge',
      created: number,
      customer: `cus_${number % 7}`,
      note: '"\n🙂',
    });
  }
  store.remove('charges', 'ch_600');
  store.insert('events', { id: 'evt_1', object: 'event', created: 5, type: 'a' });
  store.insert('events', { id: 'evt_2', object: 'event', created: 3, type: 'b' });
  store.putFacts('ch_1', { card: { brand: 'visa' } });
  store.addJob({ due: 9, kind: 'settle', subject: 'ch_1', payload: { a: 1 } });
  store.putIdempotent({
    key: 'k',
    createdAt: 1,
    method: 'POST',
    path: '/v1',
    bodyHash: 'h',
    status: 200,
    body: '{}\n',
    requestId: 'req_1',
  });
  store.setMeta('clock_offset', '86400');
}

it('an export holds everything, and importing it replaces everything', () => {
  fill();
  const exported = [...store.exportState()];
  target.importState(exported);
  expect([...target.exportState()].filter((line) => !line.includes('"generation"'))).toEqual(
    exported.map((line) => line.replace(/"end":(\d+)/, (_, end: string) => `"end":${Number(end) + 1}`)),
  );
  expect(target.get('customers', 'cus_old')).toBeUndefined();
  expect(target.getDeleted('charges', 'ch_600')).toBe(true);
  expect(target.seqOf('charges', 'ch_1200')).toBe(1200);
  expect(target.count('charges', { customer: 'cus_5' })).toBe(store.count('charges', { customer: 'cus_5' }));
  const early = { collection: 'events', created: { lt: 4 }, limit: 5 } as const;
  expect(target.list(early)).toEqual(store.list(early));
  expect(target.list(early).data).toHaveLength(1);
  expect(target.getFacts('ch_1')).toEqual({ card: { brand: 'visa' } });
  expect(target.listJobs()).toEqual(store.listJobs());
  expect(target.getIdempotent('k')).toEqual(store.getIdempotent('k'));
  expect(target.getMeta('clock_offset')).toBe('86400');
  target.insert('charges', { id: 'ch_new', object: 'charge', created: 2000 });
  expect(target.seqOf('charges', 'ch_new')).toBe(1201);
});

it('reads text with blank lines between', () => {
  fill();
  target.importState([...store.exportState()].flatMap((line) => [line, '', ' \r']));
  expect(target.count('charges')).toBe(1199);
});

describe('an invalid export changes nothing', () => {
  const head = '{"format":"payintent-state","schema":1}';
  const end = (count: number) => JSON.stringify({ format: 'payintent-state', end: count });
  const customer =
    '{"collection":"customers","seq":1,"id":"cus_1","created":1,"object":{"id":"cus_1","object":"customer"}}';

  it.each<[string, string[], RegExp]>([
    ['nothing at all', [], /cut off/],
    ['another format', ['{"id":"cus_1"}'], /Line 1 .* not an exported state/],
    ['no JSON', [head, 'customer'], /Line 2 /],
    ['the end is missing', [head, customer], /cut off/],
    ['a line is missing', [head, customer, end(2)], /should follow 2 lines/],
    ['something behind the end', [head, end(0), customer], /Line 3 .* after the last line/],
    [
      'an unknown collection',
      [head, customer.replace('customers', 'invoices'), end(1)],
      /no collection invoices/,
    ],
    ['an unknown table', [head, '{"table":"sqlite_schema","row":{}}', end(1)], /no known table/],
    [
      'an id that differs',
      [head, customer.replace('"id":"cus_1","created"', '"id":"cus_2","created"'), end(1)],
      /id is not cus_2/,
    ],
    [
      'a field of the wrong type',
      [head, customer.replace('"seq":1', '"seq":"1"'), end(1)],
      /seq is not an integer/,
    ],
    [
      'an object that is none',
      [head, customer.replace(/"object":\{.*/, '"object":[]}'), end(1)],
      /object is not an object/,
    ],
    [
      'a row that lacks a column',
      [head, '{"table":"meta","row":{"key":"a"}}', end(1)],
      /value is not a text/,
    ],
    [
      'the same id twice',
      [head, customer, customer.replace('"seq":1', '"seq":2'), end(2)],
      /Line 3 .* UNIQUE/,
    ],
  ])('%s', (_name, lines, message) => {
    expect(() => target.importState(lines)).toThrow(
      expect.objectContaining({ code: 'STATE_IMPORT_INVALID', message: expect.stringMatching(message) }),
    );
    expect(target.get('customers', 'cus_old')).toBeDefined();
    expect(target.info()).toMatchObject({ generation: 0, counts: { customers: 1 } });
  });

  it('a newer schema', () => {
    expect(() => target.importState(['{"format":"payintent-state","schema":99}', end(0)])).toThrow(
      expect.objectContaining({ code: 'STATE_NEWER' }),
    );
    expect(target.count('customers')).toBe(1);
  });
});

it('a reset removes everything and can be noticed', () => {
  fill();
  store.reset();
  expect([...store.exportState()]).toHaveLength(3);
  expect(store.info()).toMatchObject({ generation: 1, jobs: 0 });
  expect(Object.values(store.info().counts).every((count) => count === 0)).toBe(true);
  expect(store.getMeta('clock_offset')).toBeUndefined();
  expect(store.latestCreated()).toBe(0);
  store.insert('charges', { id: 'ch_1', object: 'charge', created: 1 });
  expect(store.seqOf('charges', 'ch_1')).toBe(1);
  store.reset();
  expect(store.info().generation).toBe(2);
});
