import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/emulator/store/open-store.ts';
import type { IdempotentRecord, Store } from '../../../src/emulator/store/store.ts';

let store: Store;
beforeEach(() => {
  store = openStore({ path: ':memory:' });
});
afterEach(() => store.close());

/** The same calls, with every one of them committed, and within one batch, where answers come from a cache. */
describe.each([
  ['committed', () => store.flush()],
  ['in one batch', () => undefined],
])('%s', (_name, settle) => {
  it('keeps private facts', () => {
    expect(store.getFacts('pi_1')).toBeUndefined();
    store.putFacts('pi_1', { return_url: 'https://example.com', nested: { a: [1] } });
    settle();
    store.putFacts('pi_2', {});
    settle();
    expect(store.getFacts('pi_1')).toEqual({ return_url: 'https://example.com', nested: { a: [1] } });
    store.putFacts('pi_1', { other: true });
    settle();
    expect(store.getFacts('pi_1')).toEqual({ other: true });
    expect(store.getFacts('pi_2')).toEqual({});
  });

  it('keeps meta', () => {
    expect(store.getMeta('a')).toBeUndefined();
    store.setMeta('a', '1');
    settle();
    expect(store.getMeta('a')).toBe('1');
    store.setMeta('a', '2');
    store.setMeta('b', '');
    settle();
    expect([store.getMeta('a'), store.getMeta('b'), store.getMeta('c')]).toEqual(['2', '', undefined]);
  });

  it('hands out jobs in the order in which they are due, each once', () => {
    const add = (due: number, subject: string) => {
      store.addJob({ due, kind: 'settle', subject, payload: { due } });
      settle();
    };
    expect(store.nextDue()).toBeUndefined();
    expect(store.takeDueJob(1000)).toBeUndefined();
    add(30, 'c');
    add(10, 'a');
    add(10, 'b');
    expect(store.nextDue()).toBe(10);
    expect(store.takeDueJob(9)).toBeUndefined();
    expect(store.takeDueJob(10)).toMatchObject({
      due: 10,
      kind: 'settle',
      subject: 'a',
      payload: { due: 10 },
    });
    settle();
    add(5, 'late');
    expect(store.takeDueJob(10)?.subject).toBe('late');
    settle();
    expect(store.takeDueJob(10)?.subject).toBe('b');
    settle();
    expect(store.takeDueJob(10)).toBeUndefined();
    expect(store.nextDue()).toBe(30);
    expect(store.listJobs().map(({ subject }) => subject)).toEqual(['c']);
    expect(store.takeDueJob(30)?.subject).toBe('c');
    expect(store.nextDue()).toBeUndefined();
  });

  it('cancels the jobs of one subject, or one kind of them', () => {
    for (const kind of ['expire', 'settle']) {
      for (const subject of ['pi_1', 'pi_2']) store.addJob({ due: 1, kind, subject, payload: {} });
    }
    settle();
    store.cancelJobs('pi_1', 'expire');
    settle();
    expect(store.listJobs().map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'expire pi_2',
      'settle pi_1',
      'settle pi_2',
    ]);
    store.cancelJobs('pi_2');
    settle();
    expect(store.listJobs().map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['settle pi_1']);
    store.cancelJobs('pi_1', 'expire');
    store.cancelJobs('pi_3');
    expect(store.listJobs()).toHaveLength(1);
  });

  it('keeps the answer given under an idempotency key', () => {
    const record = recordOf('a', 100);
    expect(store.getIdempotent('a')).toBeUndefined();
    store.putIdempotent(record);
    settle();
    expect(store.getIdempotent('a')).toEqual(record);
    store.putIdempotent({ ...record, createdAt: 200, status: 402 });
    settle();
    expect(store.getIdempotent('a')).toEqual({ ...record, createdAt: 200, status: 402 });
  });

  it('forgets old keys, however many', () => {
    for (let number = 0; number < 1300; number += 1) store.putIdempotent(recordOf(`k${number}`, number));
    store.putIdempotent(recordOf('k0', 1300));
    settle();
    store.purgeIdempotent(1290);
    settle();
    const left = ['k0', 'k1', 'k1289', 'k1290', 'k1299'].filter(
      (key) => store.getIdempotent(key) !== undefined,
    );
    expect(left).toEqual(['k0', 'k1290', 'k1299']);
    store.purgeIdempotent(5000);
    expect(store.getIdempotent('k0')).toBeUndefined();
    store.purgeIdempotent(5000);
  });
});

const recordOf = (key: string, createdAt: number): IdempotentRecord => ({
  key,
  createdAt,
  method: 'POST',
  path: '/v1/payment_intents',
  bodyHash: 'hash',
  status: 200,
  body: '{\n  "id": "pi_1"\n}',
  requestId: 'req_1',
});
