import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { urlProbe } from '../../src/conformance/outside.ts';
import { openPrivateEmulator } from '../../src/gateway/private-emulator.ts';
import { idsWith, judgeShop, openHandler, openWebhook, type ServedShop } from '../support/handlers.ts';

interface Records {
  readonly [order: string]: {
    readonly intent: string;
    readonly fulfilled: number;
    readonly refunded: number;
    readonly disputed: boolean;
  };
}

/** What other apps might answer to a probe. */
const SHAPES: Readonly<Record<string, (orders: Records) => unknown>> = {
  'a list of ids': (orders) => ({
    fulfilled: Object.values(orders).flatMap(({ intent, fulfilled }) => Array(fulfilled).fill(intent)),
  }),
  'one counter': (orders) => ({
    shipped: Object.values(orders).reduce((sum, { fulfilled }) => sum + fulfilled, 0),
  }),
  'a list of records': (orders) =>
    Object.entries(orders).map(([id, { fulfilled, refunded }]) => ({
      id,
      fulfillments: fulfilled,
      amountRefunded: refunded,
    })),
  'hashes by intent': (orders) => ({
    deliveries: Object.fromEntries(Object.values(orders).map(({ intent, fulfilled }) => [intent, fulfilled])),
    refunds: Object.fromEntries(Object.values(orders).map(({ intent, refunded }) => [intent, refunded])),
    disputes: Object.values(orders).flatMap(({ intent, disputed }) => (disputed ? [intent] : [])),
  }),
};

const ABOUT_ORDERS = [
  'forged',
  'full-sequence',
  'duplicate-serial',
  'two-event-ids',
  'partial-refunds',
  'dispute',
  'late-failure',
  'processing',
];

async function judged(name: string, shape: (orders: Records) => unknown, only = ABOUT_ORDERS) {
  const shop = await opened(openHandler(name));
  const probe = urlProbe(`${shop.url}/probe`);
  return judgeShop(shop, {
    probe: async (order) => shape(((await probe(order)) as { orders: Records }).orders),
    only,
  });
}

async function opened(opening: Promise<ServedShop>): Promise<ServedShop> {
  const shop = await opening;
  onTestFinished(() => shop.close());
  return shop;
}

test.each(Object.entries(SHAPES))('%s is understood', async (_, shape) => {
  const [right, wrong] = await Promise.all([
    judged('right-plain', shape),
    judged('wrong/duplicate-serial', shape),
  ]);
  expect(idsWith(right, 'fail'), JSON.stringify(right, null, 1)).toEqual([]);
  expect(idsWith(right, 'pass')).toEqual(
    expect.arrayContaining(['forged', 'full-sequence', 'duplicate-serial']),
  );
  expect(idsWith(wrong, 'fail')).toEqual(['duplicate-serial', 'two-event-ids']);
});

test('a probe that shows nothing settles nothing', async () => {
  const result = await judged('right-plain', () => ({ ok: true }), ['forged', 'duplicate-serial']);
  expect(new Set(result.checks.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']));
  expect(result.sight).toBeUndefined();
});

/** An app that keeps its books in Stripe, and looks there whether an order was fulfilled; or does not look. */
async function bookkeeper(stripeUrl: string, looks: boolean): Promise<ServedShop> {
  const right = await import('../../fixtures/handlers/right-plain.mjs' as string);
  const key = ['sk', 'test', 'bookkeeper'].join('_');
  const ask = async (path: string, form?: Record<string, string>) => {
    const response = await fetch(stripeUrl + path, {
      headers: { authorization: `Bearer ${key}` },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    if (!response.ok) throw new Error(`Stripe answered ${response.status}`);
    return (await response.json()) as { metadata: Record<string, string> };
  };
  let turn = Promise.resolve();
  return openWebhook(
    right.createWebhook({
      once: (_event: unknown, _shop: unknown, work: () => Promise<void>) => {
        turn = turn.catch(() => {}).then(work);
        return turn;
      },
      async apply(event: { type: string; data: { object: { id: string } } }) {
        if (event.type !== 'payment_intent.succeeded') return;
        const path = `/v1/payment_intents/${event.data.object.id}`;
        const { metadata } = await ask(path);
        if (!looks || metadata.fulfilled === undefined) await ask(path, { 'metadata[fulfilled]': 'yes' });
      },
    }),
  );
}

test.each([
  [true, []],
  [false, ['duplicate-serial', 'duplicate-concurrent', 'two-event-ids']],
])('an app on the emulator shows what it does by its calls (looks first: %s)', async (looks, failures) => {
  const emulator = openPrivateEmulator(Date.now);
  const shop = await opened(bookkeeper(await emulator.serve(0), looks));
  const result = await judgeShop(shop, {
    emulator,
    served: true,
    probe: undefined,
    orderHook: undefined,
    breakHook: undefined,
  });
  expect(idsWith(result, 'fail'), JSON.stringify(result, null, 1)).toEqual(failures);
  expect(idsWith(result, 'pass')).toEqual(
    expect.arrayContaining(['forged', 'unsigned', 'stale', 'full-sequence', 'processing', 'internal-error']),
  );
  expect(result.sight).toBe('the API calls of the app');
});

test('work that is done long after the answer is waited for', async () => {
  const right = await import('../../fixtures/handlers/right-plain.mjs' as string);
  const { parts } = right;
  const shop = await opened(
    openWebhook(
      right.createWebhook({
        async once(event: unknown, shop_: unknown, work: () => Promise<void>) {
          void wait(120).then(() => parts.once(event, shop_, work));
        },
        fulfil: async (order: { fulfilled: number }) => {
          order.fulfilled += 1;
        },
      }),
    ),
  );
  const result = await judgeShop(shop, {
    only: ['duplicate-serial', 'two-event-ids', 'forged'],
    settleMs: 1500,
  });
  expect(idsWith(result, 'fail')).toEqual(['two-event-ids']);
});

test('without a way to break the app, an event that cannot be handled must not be acknowledged', async () => {
  const only = { only: ['internal-error'], breakHook: undefined };
  const verdictOf = async (name: string) =>
    (await judgeShop(await opened(openHandler(name)), only)).checks[0]?.verdict;
  expect(await verdictOf('right-plain')).toBe('pass');
  expect(await verdictOf('wrong/internal-error')).toBe('fail');
});
