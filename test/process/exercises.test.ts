import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { probeExercise } from '../../src/lessons/exercises/probe.ts';
import { shippedText } from '../../src/lessons/exercises/programs.ts';
import { startExercise } from '../../src/lessons/exercises/start.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { amountFromTheBrowser } from '../../src/lessons/library/amount-from-the-browser.ts';
import { nobodyListens } from '../../src/lessons/library/nobody-listens.ts';
import { webhooksTwiceAndOutOfOrder } from '../../src/lessons/library/webhooks-twice-and-out-of-order.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'payintent-exercises-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Tries a text as the learner's program of a round. Answers the ids of the checks that are not met. */
async function attempt(lesson: Lesson, roundId: string, text: string) {
  const round = lesson.rounds.find(({ id }) => id === roundId);
  const probe = round?.task.exercise?.probe;
  if (round === undefined || probe === undefined) throw new Error(`${roundId} tries no program`);
  files += 1;
  const file = path.join(folder, `program-${files}.mjs`);
  writeFileSync(file, text);
  const { facts, trouble, tried } = await probeExercise({ file, probe, env: process.env, now: Date.now });
  const seen = { objects: new Map(), intents: [], events: [], requests: [], facts };
  const unmet = round.task.checks.filter(({ met }) => !met(seen)).map(({ id }) => id);
  return { unmet, trouble, tried, facts };
}

/** A program with some of its text replaced, which has to be there. */
function changed(text: string, ...replacements: readonly (readonly [from: string | RegExp, to: string])[]) {
  return replacements.reduce((now, [from, to]) => {
    const next = now.replace(from, to);
    if (next === now) throw new Error(`${from} is not in the program`);
    return next;
  }, text);
}

const mended = {
  checkout: await shippedText('checkout', 'mended'),
  receiver: await shippedText('receiver', 'mended'),
  fulfilment: await shippedText('fulfilment', 'mended'),
};

const start = {
  checkout: await shippedText('checkout', 'start'),
  receiver: await shippedText('receiver', 'start'),
  fulfilment: await shippedText('fulfilment', 'start'),
};

const CHECK_SIGNATURE = /^ *if \(!isSigned.*\n/m;

describe.concurrent('the amount from the browser', () => {
  const lesson = amountFromTheBrowser;
  const { checkout } = mended;
  const trusting = "const amount = Number(cart.get('amount'));";
  const priced = 'const amount = PRICES[item] * Number(quantity);';

  test.each([
    ['start', start.checkout, ['tampered']],
    ['mended', checkout, []],
    ['trusts the browser', changed(checkout, [priced, trusting]), ['tampered']],
    ['sells nothing', changed(checkout, ['Object.hasOwn(PRICES, item)', 'false']), ['honest']],
    ['forgets the quantity', changed(checkout, [priced, 'const amount = PRICES[item];']), ['honest']],
    [
      'refuses a price that is not right',
      changed(checkout, [
        priced,
        `${priced}\n  if (amount !== Number(cart.get('amount'))) return { status: 400, body: {} };`,
      ]),
      [],
    ],
    [
      'puts it right afterwards',
      changed(
        checkout,
        [priced, trusting],
        [
          '  orders[intent.id] =',
          `  const right = new URLSearchParams({ amount: PRICES[item] * quantity });
  await fetch(\`\${STRIPE_API_BASE}/v1/payment_intents/\${intent.id}\`, { method: 'POST', headers: { authorization: \`Bearer \${STRIPE_SECRET_KEY}\` }, body: right });
  orders[intent.id] =`,
        ],
      ),
      [],
    ],
  ])('%s', async (_, text, unmet) => {
    expect((await attempt(lesson, 'mend', text)).unmet).toEqual(unmet);
  });

  test.each([
    ['mended', checkout, ['tried']],
    ['takes any quantity', changed(checkout, [/^.*Buy 1 to 99.*\n/m, '']), ['tried', 'odd']],
    [
      'takes whole numbers only',
      changed(checkout, [
        String.raw`/^[1-9]\d?$/.test(quantity)`,
        'Number.isInteger(Number(quantity)) && quantity > 0',
      ]),
      ['tried'],
    ],
    [
      'trusts the browser',
      changed(
        checkout,
        [priced, trusting],
        [/^.*Buy 1 to 99.*\n/m, ''],
        [/^.*There is no such thing.*\n/m, ''],
      ),
      ['tried', 'odd'],
    ],
  ])('in odd quantities: %s', async (_, text, unmet) => {
    expect((await attempt(lesson, 'quantity', text)).unmet).toEqual(unmet);
  });
});

describe.concurrent('webhooks twice and out of order', () => {
  const lesson = webhooksTwiceAndOutOfOrder;
  const { receiver } = mended;

  test.each([
    ['start', start.receiver, ['once', 'order', 'signed', 'fast']],
    ['mended', receiver, []],
    ['no signature', changed(receiver, [CHECK_SIGNATURE, '']), ['signed']],
    [
      'ships each time',
      changed(receiver, [' && order.parcels === 0', ''], ['order.parcels = 1', 'order.parcels += 1']),
      ['once', 'order'],
    ],
    ['waits for the mail', changed(receiver, ['void sendMail', 'await sendMail']), ['fast']],
    [
      'believes the event',
      changed(receiver, [
        /order\.status = intent.*/,
        "if (event.type === 'payment_intent.payment_failed') order.status = 'unpaid';\n  if (event.type === 'payment_intent.succeeded') order.status = 'paid';",
      ]),
      ['order'],
    ],
    [
      'remembers event ids, and never goes back',
      changed(
        receiver,
        [
          'const intent = await readIntent(event.data.object.id);',
          'const intent = event.data.object;\n  if (seen.has(event.id)) return 200;\n  seen.add(event.id);',
        ],
        [/order\.status = intent.*/, "if (event.type === 'payment_intent.succeeded') order.status = 'paid';"],
        ['const orders = {};', 'const orders = {};\nconst seen = new Set();'],
      ),
      [],
    ],
    [
      'works after it has answered, each time',
      changed(
        receiver,
        [' && order.parcels === 0', ''],
        ['order.parcels = 1;', 'setTimeout(() => { order.parcels += 1; }, 1000);'],
      ),
      ['once', 'order'],
    ],
  ])(
    '%s',
    async (_, text, unmet) => {
      expect((await attempt(lesson, 'mend', text)).unmet).toEqual(unmet);
    },
    20_000,
  );

  test.each([
    ['start', start.receiver, ['once']],
    ['mended', receiver, []],
    [
      'notes too late',
      changed(receiver, ['order.parcels = 1;', 'await wait(20);\n    order.parcels += 1;']),
      ['once'],
    ],
  ])(
    'at once: %s',
    async (_, text, unmet) => {
      expect((await attempt(lesson, 'at-once', text)).unmet).toEqual(unmet);
    },
    20_000,
  );
});

describe.concurrent('nobody listens', () => {
  const lesson = nobodyListens;
  const { fulfilment } = mended;
  const once = 'if (orders[order]?.sent === 0) orders[order].sent = 1;';

  test.each([
    ['start', start.fulfilment, ['heard', 'once']],
    ['mended', fulfilment, []],
    ['sends each time', changed(fulfilment, [once, 'orders[order].sent += 1;']), ['once']],
    ['no signature', changed(fulfilment, [CHECK_SIGNATURE, '']), ['unpaid']],
    ['no return page', changed(fulfilment, [/^.*pathname === '\/return'.*\n/m, '']), []],
    [
      'refuses other events',
      changed(fulfilment, [
        'return [200, { received: true }]',
        "return [event.type === 'payment_intent.succeeded' ? 200 : 400, {}]",
      ]),
      ['heard'],
    ],
    [
      'takes the order for the payment',
      changed(fulfilment, [
        "event.type === 'payment_intent.succeeded'",
        "event.type === 'payment_intent.created'",
      ]),
      ['unpaid'],
    ],
  ])('%s', async (_, text, unmet) => {
    expect((await attempt(lesson, 'mend', text)).unmet).toEqual(unmet);
  });

  test.each([
    ['start', start.fulfilment, ['tried', 'listening']],
    ['mended', fulfilment, ['tried']],
    ['no signature', changed(fulfilment, [CHECK_SIGNATURE, '']), ['tried', 'unmoved']],
  ])('forged: %s', async (_, text, unmet) => {
    expect((await attempt(lesson, 'forge', text)).unmet).toEqual(unmet);
  });
});

describe.concurrent('a program that cannot be tried', () => {
  const all = ['runs', 'honest', 'tampered'];
  const tryOne = (text: string) => attempt(amountFromTheBrowser, 'mend', text);

  test('has a mistake in its syntax', async () => {
    const { unmet, trouble } = await tryOne(changed(mended.checkout, ['const amount', 'const amount = =']));
    expect(unmet).toEqual(all);
    expect(trouble).toMatchObject({ kind: 'ended', exit: 1 });
    expect(trouble?.lines.join('\n')).toContain('SyntaxError');
    expect(trouble?.lines.join('\n')).not.toContain('node:internal');
  });

  test('ends by itself', async () => {
    const { unmet, trouble } = await tryOne('process.exitCode = 3;');
    expect(unmet).toEqual(all);
    expect(trouble).toMatchObject({ kind: 'ended', exit: 3, lines: [] });
  });

  test('dies of a request', async () => {
    const text = changed(mended.checkout, [
      'async function checkout(cart) {',
      "async function checkout() {\n  setTimeout(() => { throw new Error('no cart'); });\n  await new Promise(() => {});",
    ]);
    const { unmet, trouble, tried } = await tryOne(text);
    expect(unmet).toEqual(all);
    expect(trouble).toMatchObject({ kind: 'ended', exit: 1 });
    expect(trouble?.lines).toContain('Error: no cart');
    expect(tried).toEqual([expect.objectContaining({ path: '/checkout', status: 0 })]);
  });

  test('does not listen', async () => {
    const { unmet, trouble } = await tryOne('setInterval(() => {}, 1000);');
    expect(unmet).toEqual(all);
    expect(trouble).toMatchObject({ kind: 'silent', exit: undefined });
  }, 15_000);

  test('is not there', async () => {
    const probe = amountFromTheBrowser.rounds[1]?.task.exercise?.probe;
    if (probe === undefined) throw new Error('no probe');
    const file = path.join(folder, 'nowhere.mjs');
    const { facts, trouble } = await probeExercise({ file, probe, env: process.env, now: Date.now });
    expect(facts).toEqual({ runs: false });
    expect(trouble).toMatchObject({ kind: 'missing', file });
  });
});

test('a running program is started again when it was changed, and says what is wrong with it', async () => {
  const copy = path.join(folder, 'copy.mjs');
  const serving = (text: string) =>
    changed(mended.checkout, ["error: 'There is no such page.'", `said: '${text}'`]);
  writeFileSync(copy, serving('one'));
  const running = await startExercise({
    exercise: { program: 'checkout', runs: 'copy' },
    copy,
    api: { base: 'http://127.0.0.1:9', key: 'sk_test_none' },
    webhookSecret: 'none',
    env: process.env,
    now: Date.now,
  });
  onTestFinished(() => running.stop());
  const ask = async () => {
    const response = await fetch(`${running.url}/page?item=mug`);
    return [response.status, await response.text()];
  };
  expect(await ask()).toEqual([404, '{"said":"one"}\n']);
  writeFileSync(copy, serving('two'));
  expect(await ask()).toEqual([404, '{"said":"two"}\n']);
  writeFileSync(copy, 'a mistake');
  const [status, text] = await ask();
  expect(status).toBe(502);
  expect(text).toContain(`${copy} ended by itself`);
  expect(text).toContain('SyntaxError');
  expect(await running.look()).toMatchObject({ trouble: { kind: 'ended' }, facts: { runs: false } });
  writeFileSync(copy, serving('three'));
  expect(await ask()).toEqual([404, '{"said":"three"}\n']);
  expect((await running.look()).facts).toMatchObject({ runs: true, orders: {} });
  expect(running.visits.map((visit) => visit.status)).toEqual([404, 404, 502, 404]);
  expect(running.visits[0]).toMatchObject({ method: 'GET', path: '/page', form: { item: 'mug' } });
});
