import { describe, expect, it } from 'vitest';
import type { AttemptResult, Delivery, DeliveryStorage } from '../../../src/emulator/delivery/delivery.ts';
import { createFaults, parseFaults } from '../../../src/emulator/delivery/faults.ts';
import type { Outcome, PostRequest } from '../../../src/emulator/delivery/post.ts';
import { createQueue, type QueueOptions } from '../../../src/emulator/delivery/queue.ts';
import { LOCAL_SCHEDULE, NO_RETRIES } from '../../../src/emulator/delivery/schedule.ts';
import { verifySignature } from '../../../src/emulator/delivery/signature.ts';

const SECRET = 'whsec_queue';

interface Row {
  delivery: Delivery;
  settled: boolean;
}

/** A storage as simple as can be, which counts what it is asked. */
function memory(): DeliveryStorage & {
  rows: Row[];
  results: AttemptResult[];
  add(id: string, destination?: string, more?: Partial<Delivery>): void;
} {
  const rows: Row[] = [];
  const results: AttemptResult[] = [];
  return {
    rows,
    results,
    add(id, destination = 'a', more = {}) {
      rows.push({
        delivery: {
          id,
          destination,
          eventId: `evt_${id}`,
          eventType: 'payment_intent.created',
          attempts: 0,
          failures: 0,
          unreachable: 0,
          notBefore: 0,
          ...more,
        },
        settled: false,
      });
    },
    open(destination, after, limit) {
      const start = after === undefined ? 0 : rows.findIndex(({ delivery }) => delivery.id === after) + 1;
      return rows
        .slice(start)
        .filter((row) => !row.settled && row.delivery.destination === destination)
        .slice(0, limit)
        .map(({ delivery }) => delivery);
    },
    parcel: (delivery) => ({
      kind: 'send',
      parcel: { url: `http://${delivery.destination}`, body: delivery.id, secrets: [SECRET] },
    }),
    record(result) {
      results.push(result);
      const row = rows.find(({ delivery }) => delivery.id === result.delivery.id) as Row;
      row.settled = result.status !== 'failed';
    },
  };
}

const answered = (status: number): Outcome => ({
  kind: 'answered',
  status,
  ms: 1,
  headers: {},
  bodyStart: '',
  bodyCut: false,
});
const refused: Outcome = { kind: 'failed', reason: 'refused', message: 'nobody', ms: 1 };

interface Handler {
  /** Bodies in the order in which they arrived. */
  readonly seen: string[];
  readonly requests: PostRequest[];
  most: number;
  post: QueueOptions['post'];
}

function handler(answer: (body: string, time: number) => Outcome = () => answered(200)): Handler {
  let under = 0;
  const times = new Map<string, number>();
  const self: Handler = {
    seen: [],
    requests: [],
    most: 0,
    async post(request) {
      under += 1;
      self.most = Math.max(self.most, under);
      await new Promise((resolve) => setTimeout(resolve, 1));
      under -= 1;
      const body = String(request.body);
      self.seen.push(body);
      self.requests.push(request);
      const time = (times.get(body) ?? 0) + 1;
      times.set(body, time);
      return answer(body, time);
    },
  };
  return self;
}

function queueOf(
  storage: DeliveryStorage,
  { post }: Pick<Handler, 'post'>,
  more: Partial<QueueOptions> = {},
) {
  return createQueue({
    storage,
    post,
    schedule: LOCAL_SCHEDULE,
    timeScale: 0.01,
    now: () => performance.now(),
    signedAt: () => 1_700_000_000,
    ...more,
  });
}

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `d${String(index).padStart(3, '0')}`);

describe('order', () => {
  it('one after the other, however many pages there are', async () => {
    const storage = memory();
    for (const id of ids(250)) storage.add(id);
    const target = handler();
    const queue = queueOf(storage, target);
    queue.poke('a');
    await queue.idle();
    expect(target.seen).toEqual(ids(250));
    expect(target.most).toBe(1);
    expect(queue.size).toBe(0);
  });

  it('a failed delivery keeps the others waiting', async () => {
    const storage = memory();
    for (const id of ids(4)) storage.add(id);
    const target = handler((body, time) => answered(body === 'd001' && time <= 2 ? 500 : 200));
    const queue = queueOf(storage, target);
    queue.poke('a');
    await queue.idle();
    expect(target.seen).toEqual(['d000', 'd001', 'd001', 'd001', 'd002', 'd003']);
    expect(storage.results.map(({ status }) => status)).toEqual([
      'succeeded',
      'failed',
      'failed',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
  });

  it('one that goes on failing steps aside after three retries, and is tried on', async () => {
    const storage = memory();
    for (const id of ids(3)) storage.add(id);
    const target = handler((body, time) => answered(body === 'd000' && time <= 5 ? 500 : 200));
    const queue = queueOf(storage, target, { timeScale: 0.002 });
    queue.poke('a');
    await queue.idle();
    expect(target.seen).toEqual(['d000', 'd000', 'd000', 'd000', 'd001', 'd002', 'd000', 'd000']);
    expect(storage.results.at(-1)).toMatchObject({ status: 'succeeded', number: 6 });
  });

  it('destinations do not wait for one another', async () => {
    const storage = memory();
    storage.add('x', 'down');
    storage.add('y', 'up');
    const target = handler((body, time) => (body === 'x' && time < 3 ? refused : answered(200)));
    const queue = queueOf(storage, target);
    queue.poke('down');
    queue.poke('up');
    await queue.idle();
    expect(target.seen.slice(0, 2).sort()).toEqual(['x', 'y']);
    expect(target.seen.filter((body) => body === 'x')).toHaveLength(3);
  });

  it('without order several are under way at once', async () => {
    const storage = memory();
    for (const id of ids(30)) storage.add(id);
    const target = handler();
    const queue = queueOf(storage, target, { concurrency: 5 });
    queue.poke('a');
    await queue.idle();
    expect([...target.seen].sort()).toEqual(ids(30));
    expect(target.most).toBe(5);
  });

  it('what is added while it works is delivered too', async () => {
    const storage = memory();
    storage.add('first');
    const target = handler();
    const queue = queueOf(storage, target);
    queue.poke('a');
    for (const id of ids(20)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      storage.add(id);
      queue.poke('a');
    }
    await queue.idle();
    expect(target.seen).toEqual(['first', ...ids(20)]);
  });
});

describe('retries', () => {
  it('come on the schedule, and end', async () => {
    const storage = memory();
    storage.add('d');
    const times: number[] = [];
    const target = handler(() => {
      times.push(performance.now());
      return answered(500);
    });
    const schedule = { name: 'short', delays: [1, 3, 9], holdsFor: 3 };
    const queue = queueOf(storage, target, { schedule });
    queue.poke('a');
    await queue.idle();
    expect(storage.results.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'dead']);
    const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
    for (const [index, least] of [10, 30, 90].entries()) {
      expect(gaps[index]).toBeGreaterThanOrEqual(least);
      expect(gaps[index]).toBeLessThan(least + 80);
    }
  });

  it('an address where nobody is costs no retry: the whole schedule is left when somebody comes', async () => {
    const storage = memory();
    storage.add('d');
    const target = handler((_body, time) => (time <= 8 ? refused : answered(time <= 11 ? 500 : 200)));
    const queue = queueOf(storage, target, { timeScale: 0.001 });
    queue.poke('a');
    await queue.idle();
    expect(storage.results.at(-1)?.status).toBe('succeeded');
    expect(storage.results.at(-1)?.counts).toEqual({ failures: 3, unreachable: 8 });
  });

  it('are not made twice after a restart: counts and times come from the storage', async () => {
    const storage = memory();
    const soon = performance.now() + 60;
    storage.add('d', 'a', { attempts: 2, failures: 2, notBefore: soon });
    const target = handler();
    const queue = queueOf(storage, target);
    queue.poke('a');
    await queue.idle();
    expect(performance.now()).toBeGreaterThanOrEqual(soon);
    expect(storage.results).toMatchObject([{ number: 3, status: 'succeeded' }]);
  });

  it('a clock that is moved brings them at once', async () => {
    const storage = memory();
    storage.add('d');
    let ahead = 0;
    const target = handler((_body, time) => answered(time === 1 ? 500 : 200));
    const queue = queueOf(storage, target, { timeScale: 1000, now: () => performance.now() + ahead });
    queue.poke('a');
    await expect.poll(() => storage.results.length).toBe(1);
    ahead = 1_000_000;
    queue.clockMoved();
    await queue.idle();
    expect(target.seen).toEqual(['d', 'd']);
  });
});

describe('records', () => {
  it('the next is not sent before the last is recorded', async () => {
    const storage = memory();
    for (const id of ids(3)) storage.add(id);
    const log: string[] = [];
    const target = handler((body) => {
      log.push(`sent ${body}`);
      return answered(200);
    });
    const queue = queueOf(
      {
        ...storage,
        async record(result) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          storage.record(result);
          log.push(`kept ${result.delivery.id}`);
        },
      },
      target,
    );
    queue.poke('a');
    await queue.idle();
    expect(log).toEqual(ids(3).flatMap((id) => [`sent ${id}`, `kept ${id}`]));
  });

  it('an acknowledgement that cannot be kept is kept later, and the delivery is not sent again', async () => {
    const storage = memory();
    storage.add('d');
    storage.add('e');
    let failures = 2;
    const troubles: unknown[] = [];
    const target = handler();
    const queue = queueOf(
      {
        ...storage,
        record(result) {
          if (failures-- > 0) throw new Error('disk full');
          storage.record(result);
        },
      },
      target,
      { onTrouble: (error) => troubles.push(error) },
    );
    queue.poke('a');
    await queue.idle();
    expect(target.seen).toEqual(['d', 'e']);
    expect(troubles).toHaveLength(2);
  });

  it('what the storage does not want is not sent; what it wants later counts as an attempt', async () => {
    const storage = memory();
    storage.add('gone');
    storage.add('later');
    storage.add('now');
    let asked = 0;
    const target = handler();
    const queue = queueOf(
      {
        ...storage,
        parcel(delivery) {
          if (delivery.id === 'gone') return { kind: 'drop' };
          if (delivery.id === 'later' && asked++ === 0) return { kind: 'skip', reason: 'disabled' };
          return storage.parcel(delivery);
        },
      },
      target,
    );
    queue.poke('a');
    await queue.idle();
    expect(target.seen).toEqual(['later', 'now']);
    expect(storage.results).toMatchObject([
      { number: 1, status: 'failed', outcome: { kind: 'skipped', reason: 'disabled' } },
      { number: 2, status: 'succeeded' },
      { number: 1, status: 'succeeded' },
    ]);
  });
});

describe('the end', () => {
  it('stop lets what is under way finish and begins nothing', async () => {
    const storage = memory();
    for (const id of ids(500)) storage.add(id);
    const target = handler();
    const queue = queueOf(storage, target);
    queue.poke('a');
    await expect.poll(() => target.seen.length, { interval: 2 }).toBeGreaterThan(2);
    await queue.stop();
    const done = target.seen.length;
    expect(storage.results).toHaveLength(done);
    expect(done).toBeLessThan(500);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(target.seen).toHaveLength(done);
  });

  it('what hangs is given up after a while and stays open', async () => {
    const storage = memory();
    storage.add('d');
    const queue = queueOf(storage, {
      post: ({ signal }) =>
        new Promise((resolve) =>
          signal?.addEventListener('abort', () =>
            resolve({ kind: 'failed', reason: 'stopped', message: '', ms: 1 }),
          ),
        ),
    });
    queue.poke('a');
    await expect.poll(() => queue.stateOf('a')).toBe('busy');
    await queue.stop(20);
    expect(storage.results).toEqual([]);
    expect(storage.rows[0]?.settled).toBe(false);
  });

  it('stop does not wait for retries', async () => {
    const storage = memory();
    storage.add('d');
    const queue = queueOf(
      storage,
      handler(() => answered(500)),
      { timeScale: 1000 },
    );
    queue.poke('a');
    await expect.poll(() => storage.results.length).toBe(1);
    const before = performance.now();
    await queue.stop();
    expect(performance.now() - before).toBeLessThan(100);
  });
});

describe('faults', () => {
  const run = async (spec: string, answer?: (body: string, time: number) => Outcome, count = 6) => {
    const storage = memory();
    for (const id of ids(count)) storage.add(id);
    const target = handler(answer);
    const queue = queueOf(storage, target, { faults: createFaults(parseFaults(spec), 1) });
    const start = performance.now();
    queue.poke('a');
    await queue.idle();
    return { storage, target, ms: performance.now() - start };
  };

  it('duplicate sends copies', async () => {
    const { storage, target } = await run('duplicate=3');
    expect(target.seen).toEqual(ids(6).flatMap((id) => [id, id, id]));
    expect(storage.results.every(({ copies }) => copies?.length === 2)).toBe(true);
  });

  it('reorder lets the next go first, and all arrive', async () => {
    const { target } = await run('reorder');
    expect(target.seen).not.toEqual(ids(6));
    expect([...target.seen].sort()).toEqual(ids(6));
  });

  it('drop-ack sends what was accepted again, once', async () => {
    const { target } = await run('drop-ack');
    expect(target.seen).toEqual(ids(6).flatMap((id) => [id, id]));
  });

  it('bad-signature is refused by who looks, and the next attempt is right', async () => {
    const verdicts: boolean[] = [];
    const storage = memory();
    storage.add('d');
    const queue = queueOf(
      storage,
      {
        async post({ headers, body }) {
          const { ok } = verifySignature({
            payload: body,
            header: headers['Stripe-Signature'],
            secret: SECRET,
            nowSeconds: 1_700_000_010,
          });
          verdicts.push(ok);
          return answered(ok ? 200 : 400);
        },
      },
      { faults: createFaults(parseFaults('bad-signature'), 1) },
    );
    queue.poke('a');
    await queue.idle();
    expect(verdicts).toEqual([false, true]);
  });

  it('delay waits before it sends', async () => {
    const { target, ms } = await run('delay=50ms', undefined, 2);
    expect(target.seen).toEqual(ids(2));
    expect(ms).toBeGreaterThanOrEqual(100);
  });
});

it('without retries a failure is the end', async () => {
  const storage = memory();
  storage.add('d');
  const target = handler(() => answered(302));
  const queue = queueOf(storage, target, { schedule: NO_RETRIES });
  queue.poke('a');
  await queue.idle();
  expect(storage.results).toMatchObject([{ status: 'dead', number: 1 }]);
});
