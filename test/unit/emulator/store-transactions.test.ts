import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../src/emulator/objects.ts';
import { openStore } from '../../../src/emulator/store/open-store.ts';
import type { Store } from '../../../src/emulator/store/store.ts';

let directory: string;
let path: string;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'payintent-store-'));
  path = join(directory, 'state.db');
  store = openStore({ path });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const charge = (id: string, fields: Record<string, unknown> = {}): ApiObject => ({
  id,
  object: 'charge',
  created: 1,
  ...fields,
});

/** What another process would see now. */
function seenByOthers(): string[] {
  const other = openStore({ path });
  try {
    return [...other.scan('charges')].map(({ id }) => id).sort();
  } finally {
    other.close();
  }
}

describe('a batch', () => {
  it('is shared by the requests of one turn and committed before anybody hears of it', async () => {
    store.transaction(() => store.insert('charges', charge('ch_1')));
    const first = store.committed();
    store.transaction(() => store.insert('charges', charge('ch_2')));
    const second = store.committed();
    expect(second).toBe(first);
    expect(seenByOthers()).toEqual([]);
    await first;
    expect(seenByOthers()).toEqual(['ch_1', 'ch_2']);
  });

  it('commits by itself at the end of the turn', async () => {
    store.transaction(() => store.insert('charges', charge('ch_1')));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(seenByOthers()).toEqual(['ch_1']);
  });

  it('needs no waiting when nothing was begun', async () => {
    await expect(store.committed()).resolves.toBeUndefined();
  });

  it('is committed by close', () => {
    store.transaction(() => store.insert('charges', charge('ch_1')));
    store.close();
    store.close();
    expect(seenByOthers()).toEqual(['ch_1']);
  });

  it('keeps other writers out until it is committed, then lets them see it', () => {
    const other = openStore({ path, busyTimeoutMs: 50 });
    store.transaction(() => store.insert('charges', charge('ch_1')));
    expect(() => other.transaction(() => 1)).toThrow(expect.objectContaining({ code: 'STATE_BUSY', path }));
    store.flush();
    expect(other.transaction(() => other.get('charges', 'ch_1'))).toMatchObject({ id: 'ch_1' });
    other.close();
  });
});

describe('a transaction', () => {
  it('that throws takes back its own writes and no others of the batch', () => {
    store.transaction(() => {
      store.insert('charges', charge('ch_1', { amount: 1 }));
      store.putFacts('ch_1', { a: 1 });
    });
    const failing = () =>
      store.transaction(() => {
        store.insert('charges', charge('ch_2'));
        store.addJob({ due: 1, kind: 'k', subject: 'ch_2', payload: {} });
        store.update('charges', charge('ch_1', { amount: 2 }));
        store.putFacts('ch_1', { a: 2 });
        store.setMeta('m', '1');
        store.insert('charges', charge('ch_3'));
        throw new Error('declined');
      });
    expect(failing).toThrow('declined');
    store.transaction(() => store.insert('charges', charge('ch_4')));
    store.flush();
    expect(seenByOthers()).toEqual(['ch_1', 'ch_4']);
    expect(store.get('charges', 'ch_1')).toMatchObject({ amount: 1 });
    expect(store.getFacts('ch_1')).toEqual({ a: 1 });
    expect(store.getMeta('m')).toBeUndefined();
    expect(store.nextDue()).toBeUndefined();
  });

  it('keeps what it wrote when told so, and throws all the same', () => {
    const declined = new Error('declined');
    const failing = () =>
      store.transaction(
        () => {
          store.insert('charges', charge('ch_1'));
          throw declined;
        },
        (error) => error === declined,
      );
    expect(failing).toThrow(declined);
    store.flush();
    expect(seenByOthers()).toEqual(['ch_1']);
  });

  it('must be synchronous', async () => {
    const failing = () => store.transaction(async () => store.insert('charges', charge('ch_1')));
    expect(failing).toThrow('must be synchronous');
    store.flush();
    expect(seenByOthers()).toEqual([]);
  });

  it('cannot be flushed from inside', () => {
    expect(() => store.transaction(() => store.flush())).toThrow('flush() inside a transaction');
  });
});

describe('read', () => {
  it('sees one state from beginning to end and locks nobody out', () => {
    const other = openStore({ path, busyTimeoutMs: 50 });
    const counts = store.read(() => {
      const before = store.count('charges');
      other.transaction(() => other.insert('charges', charge('ch_1')));
      other.flush();
      return [before, store.count('charges')];
    });
    expect(counts).toEqual([0, 0]);
    expect(store.count('charges')).toBe(1);
    other.close();
  });

  it('sees the open batch', () => {
    store.transaction(() => store.insert('charges', charge('ch_1')));
    expect(store.read(() => store.count('charges'))).toBe(1);
  });

  it('refuses to write', () => {
    expect(() => store.read(() => store.setMeta('a', '1'))).toThrow('inside read()');
    expect(() => store.read(() => store.transaction(() => 1))).toThrow('inside read()');
    expect(store.getMeta('a')).toBeUndefined();
  });
});

it('shows other processes that something changed', () => {
  const other = openStore({ path });
  const before = other.version();
  expect(other.version()).toBe(before);
  store.transaction(() => store.insert('charges', charge('ch_1')));
  expect(other.version()).toBe(before);
  store.flush();
  const after = other.version();
  expect(after).not.toBe(before);
  other.transaction(() => other.insert('charges', charge('ch_2')));
  other.flush();
  expect(other.version()).not.toBe(after);
  other.close();
});

type Step =
  | { do: 'insert' | 'update' | 'remove' | 'facts' | 'job' | 'cancel' | 'key' | 'meta'; on: number }
  | { do: 'transaction'; steps: Step[]; end: 'return' | 'throw' | 'throw, keep' };

/** Everything that can be seen of a store, after a step that may have been refused. */
interface Seen {
  charges: Map<string, number>;
  facts: Map<string, number>;
  jobs: string[];
  keys: Map<string, number>;
  meta: Map<string, number>;
}

const NAMES = ['a', 'b', 'c'];

function observe(of: Store): Seen {
  const known = <T>(entries: [string, T | undefined][]) =>
    new Map(entries.filter(([, value]) => value !== undefined) as [string, T][]);
  return {
    charges: known(NAMES.map((name) => [name, of.get('charges', name)?.['n'] as number | undefined])),
    facts: known(NAMES.map((name) => [name, of.getFacts(name)?.['n'] as number | undefined])),
    jobs: of.listJobs().map(({ subject }) => subject),
    keys: known(NAMES.map((name) => [name, of.getIdempotent(name)?.status])),
    meta: known(
      NAMES.map((name) => [name, of.getMeta(name) === undefined ? undefined : Number(of.getMeta(name))]),
    ),
  };
}

function play(steps: readonly Step[], model: Seen, removed: Set<string>, count: { n: number }): Seen {
  let now = model;
  for (const step of steps) {
    count.n += 1;
    const n = count.n;
    if (step.do === 'transaction') {
      const before = structuredClone(now);
      const removedBefore = new Set(removed);
      const failure = new Error('undo');
      try {
        store.transaction(
          () => {
            now = play(step.steps, now, removed, count);
            if (step.end !== 'return') throw failure;
          },
          () => step.end === 'throw, keep',
        );
      } catch (error) {
        if (error !== failure) throw error;
        if (step.end === 'throw') {
          now = before;
          removed.clear();
          for (const name of removedBefore) removed.add(name);
        }
      }
    } else {
      const name = NAMES[step.on] as string;
      const exists = now.charges.has(name);
      if (step.do === 'insert') {
        const insert = () => store.insert('charges', charge(name, { n }));
        if (exists || removed.has(name)) expect(insert).toThrow();
        else insert();
        if (!exists && !removed.has(name)) now.charges.set(name, n);
      } else if (step.do === 'update' && exists) {
        store.update('charges', charge(name, { n }));
        now.charges.set(name, n);
      } else if (step.do === 'remove' && exists) {
        store.remove('charges', name);
        now.charges.delete(name);
        removed.add(name);
      } else if (step.do === 'facts') {
        store.putFacts(name, { n });
        now.facts.set(name, n);
      } else if (step.do === 'job') {
        store.addJob({ due: n, kind: 'k', subject: name, payload: {} });
        now.jobs.push(name);
      } else if (step.do === 'cancel') {
        store.cancelJobs(name);
        now.jobs = now.jobs.filter((subject) => subject !== name);
      } else if (step.do === 'key') {
        store.putIdempotent({
          key: name,
          createdAt: n,
          method: 'POST',
          path: '/',
          bodyHash: '',
          status: n,
          body: '',
          requestId: '',
        });
        now.keys.set(name, n);
      } else if (step.do === 'meta') {
        store.setMeta(name, String(n));
        now.meta.set(name, n);
      }
    }
    expect(observe(store)).toEqual(now);
  }
  return now;
}

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 6 }),
  step: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      do: fc.constantFrom('insert', 'insert', 'update', 'remove', 'facts', 'job', 'cancel', 'key', 'meta'),
      on: fc.nat({ max: 2 }),
    }) as fc.Arbitrary<Step>,
    fc.record({
      do: fc.constant('transaction'),
      steps: tie('steps'),
      end: fc.constantFrom('return', 'throw', 'throw, keep'),
    }) as fc.Arbitrary<Step>,
  ),
}));

it('nests and undoes in every combination', () => {
  fc.assert(
    fc.property(steps, (all) => {
      store.reset();
      const model: Seen = {
        charges: new Map(),
        facts: new Map(),
        jobs: [],
        keys: new Map(),
        meta: new Map(),
      };
      const end = play(all, model, new Set(), { n: 0 });
      store.flush();
      const other = openStore({ path });
      expect(observe(other)).toEqual(end);
      other.close();
    }),
    { numRuns: 150 },
  );
});

describe('a full disk', () => {
  const filler = (number: number) => charge(`ch_${number}`, { text: 'x'.repeat(3000) });

  it('fails the request that hit it and all others of its batch, and nothing is left of any', async () => {
    store.close();
    const path = join(directory, 'small.db');
    store = openStore({ path, maxPages: 150 });
    store.transaction(() => store.insert('charges', filler(0)));
    await store.committed();

    store.transaction(() => store.insert('charges', filler(1)));
    const waiting = store.committed();
    const tooMuch = () =>
      store.transaction(() => {
        for (let number = 2; number < 400; number += 1) store.insert('charges', filler(number));
      });
    const full = expect.objectContaining({ name: 'StateError', code: 'STATE_FULL', path });
    expect(tooMuch).toThrow(full);
    await expect(waiting).rejects.toEqual(full);
    expect([...store.scan('charges')].map(({ id }) => id)).toEqual(['ch_0']);

    store.transaction(() => store.insert('charges', filler(1)));
    await store.committed();
    expect(store.count('charges')).toBe(2);
  });

  it('is not overlooked when the failing write was caught inside', () => {
    store.close();
    store = openStore({ path: join(directory, 'small.db'), maxPages: 150 });
    const careless = () =>
      store.transaction(() => {
        try {
          for (let number = 1; number < 400; number += 1) store.insert('charges', filler(number));
        } catch {
          return 'fine';
        }
        return 'not reached';
      });
    expect(careless).toThrow(expect.objectContaining({ code: 'STATE_FULL' }));
    expect(store.count('charges')).toBe(0);
  });
});
