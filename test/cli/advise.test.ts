import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { XMLParser } from 'fast-xml-parser';
import Stripe from 'stripe';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Finding } from '../../src/advice/adviser.ts';
import { RULES } from '../../src/advice/rules.ts';
import type { CheckResult } from '../../src/domain/check-result.ts';
import { createEngine } from '../../src/emulator/engine.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import { serveEmulator } from '../../src/gateway/emulator-server.ts';
import { PUBLISHABLE_KEY, TEST_KEY } from '../support/emulator.ts';
import { hookServer } from '../support/hook-server.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { type RunResult, runCli, temporaryHome } from '../support/run-cli.ts';

const START = Date.UTC(2026, 10, 22, 12);
const RETURN = 'https://shop.example/paid';
const order = { amount: 1099, currency: 'eur', metadata: { order_id: '42' } };

/** A state that an app has used, and what runs `payintent` on it. */
async function used(
  play: (stripe: Stripe, wait: (seconds: number) => void) => Promise<unknown>,
): Promise<(...words: string[]) => Promise<RunResult>> {
  const home = temporaryHome();
  const state = join(home, 'state.db');
  let now = START;
  const engine = createEngine({ state, realNow: () => now });
  const stripe = new Stripe(TEST_KEY, { httpClient: createTransport(engine.handle), telemetry: false });
  await play(stripe, (seconds) => {
    now += seconds * 1000;
  });
  engine.close();
  return (...words) => runCli(['advise', '--state', state, ...words], { home, now });
}

const careless = () =>
  used(async (stripe, wait) => {
    await stripe.paymentIntents.create({ amount: 100_000, currency: 'jpy' });
    wait(7200);
    const { client_secret: secret } = await stripe.paymentIntents.create(order);
    await stripe.paymentIntents.create({ ...order, description: `pay ${secret}` });
  });

const findingsOf = (result: RunResult) => result.json()['findings'] as Finding[];
const checksOf = (result: RunResult) => result.json()['checks'] as CheckResult[];
const ids = (result: RunResult) => findingsOf(result).map(({ rule, severity }) => `${severity} ${rule}`);

describe('payintent advise', () => {
  test('tells findings, the worst first, each with its requests, and a check for each rule', async () => {
    const advise = await careless();
    const result = await advise('--json');
    expect(result.code).toBe(0);
    expect(ids(result)).toEqual([
      'error client-secret-in-url',
      'warning amount-scale',
      'note idempotency-key',
      'note order-reference',
    ]);
    expect(result.json()).toMatchObject({
      object: 'advice',
      requests: 3,
      left_out: { hand: 0, unknown: 0 },
      since: null,
      counts: { error: 1, warning: 1, note: 2 },
    });
    expect(findingsOf(result)[2]).toMatchObject({
      count: 3,
      docs: expect.stringMatching(/^https:\/\/docs\.stripe/),
    });
    expect(findingsOf(result)[1]?.requests).toEqual([
      {
        id: expect.stringMatching(/^req_/),
        method: 'POST',
        path: '/v1/payment_intents',
        status: 200,
        created: START / 1000,
      },
    ]);
    expect(checksOf(result).map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    const verdicts = Object.fromEntries(checksOf(result).map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'client-secret-in-url': 'fail',
      'amount-scale': 'inconclusive',
      'order-reference': 'inconclusive',
      polling: 'pass',
    });
  });

  test.each<[string[], number]>([
    [[], 0],
    [['--fail-on', 'error'], 7],
    [['--fail-on', 'note'], 7],
    [['--fail-on', 'error', '--skip', 'client-secret-in-url'], 0],
    [['--fail-on', 'warning', '--skip', 'client-secret-in-url'], 7],
    [['--fail-on', 'warning', '--only', 'order-reference'], 0],
    [['--fail-on', 'fatal'], 2],
    [['--only', 'order-refrence'], 2],
    [['--since', 'yesterday'], 2],
    [['--since', '1h', '--fail-on', 'error'], 7],
    [['--report', 'junit'], 2],
    [['--report', 'tap', '--json'], 2],
    [['--test'], 2],
  ])('%j exits %d', async (words, code) => {
    const result = await (await careless())(...words);
    expect(result.code).toBe(code);
    if (code === 2) expect(result.stdout).toBe('');
  });

  test('the threshold decides what a report calls failed', async () => {
    const advise = await careless();
    const failed = async (...words: string[]) =>
      checksOf(await advise('--json', ...words))
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ id }) => id);
    expect(await failed()).toEqual(['client-secret-in-url']);
    expect(await failed('--fail-on', 'warning')).toEqual(['amount-scale', 'client-secret-in-url']);
    expect(await failed('--fail-on', 'note')).toHaveLength(4);
  });

  test.each<[string, number]>([
    ['1h', 2],
    ['3h', 3],
    ['2026-11-22T13:00:00Z', 2],
    ['2026-11-22', 3],
    [String(START / 1000 + 7200), 2],
    ['2026-11-23', 0],
  ])('--since %s looks at %d requests', async (since, requests) => {
    const result = await (await careless())('--json', '--since', since);
    expect(result.json()).toMatchObject({ requests, since: expect.any(Number) });
  });

  test('says that Stripe cannot be asked', async () => {
    const { stderr } = await (await careless())('--test');
    expect(stderr).toMatch(/cannot be read by API/);
    expect(stderr).toContain('https://dashboard.stripe.com/test/logs');
  });

  test('says so when there is nothing, and makes no state', async () => {
    const home = temporaryHome();
    const state = join(home, 'none.db');
    const result = await runCli(['advise', '--state', state], { home, tty: true });
    expect([result.code, result.stdout]).toEqual([
      0,
      expect.stringContaining('Nothing to advise: the log has no requests of an app.'),
    ]);
    expect(existsSync(state)).toBe(false);
    expect((await runCli(['advise', '--state', state], { home })).stderr).toContain(
      'nothing to advise in 0 requests',
    );
    const checks = checksOf(await runCli(['advise', '--state', state, '--json'], { home }));
    expect(new Set(checks.map(({ verdict }) => verdict))).toEqual(new Set(['skipped']));
  });

  test('is silent about what people type', async () => {
    const home = temporaryHome();
    const words = ['--amount', '100000', '--currency', 'jpy', '--payment-method', 'visa', '--confirm'];
    for (let index = 0; index < 4; index += 1) await runCli(['create', ...words], { home });
    await runCli(['smoke', '--offline', '--only', 'payment,decline'], { home });
    const result = await runCli(['advise', '--json'], { home });
    expect(findingsOf(result)).toEqual([]);
    expect(result.json()).toMatchObject({ requests: 0, left_out: { hand: expect.any(Number) } });
    expect((result.json()['left_out'] as { hand: number }).hand).toBeGreaterThan(3);
  });

  test('prints one line a finding to a pipe', async () => {
    const advise = await careless();
    const rows = (await advise()).stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows.map(([rule, severity, count]) => [rule, severity, count])).toEqual([
      ['client-secret-in-url', 'error', '1'],
      ['amount-scale', 'warning', '1'],
      ['idempotency-key', 'note', '3'],
      ['order-reference', 'note', '1'],
    ]);
    expect((await advise('-q')).stdout).toMatch(/^client-secret-in-url\namount-scale\n/);
    expect((await advise()).stderr).toMatch(/Next +payintent logs req_/);
  });

  test('lists its rules', async () => {
    const result = await runCli(['advise', '--list', '--json']);
    const { data } = result.json() as { data: Record<string, unknown>[] };
    expect(data.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const row of data) {
      expect(Object.keys(row)).toEqual(['object', 'id', 'title', 'severity', 'evidence', 'silent', 'docs']);
      expect(new URL(String(row['docs'])).hostname).toBe('docs.stripe.com');
    }
    const human = await runCli(['advise', '--list'], { tty: true, columns: 44 });
    expect(human.stdout).toContain('intent-per-page-load');
  });

  test('shows no secret anywhere', async () => {
    const home = temporaryHome();
    const state = join(home, 'state.db');
    const engine = createEngine({ state, realNow: () => START });
    const stripe = new Stripe(TEST_KEY, { httpClient: createTransport(engine.handle), telemetry: false });
    const { id, client_secret: secret } = await stripe.paymentIntents.create(order);
    await stripe.paymentIntents.update(id, { description: `https://shop.example/?s=${secret}` });
    await stripe.paymentMethods
      .create({
        type: 'card',
        card: { number: '4242424242424242', exp_month: 4, exp_year: 2031, cvc: '987' },
      })
      .catch(() => undefined);
    engine.close();
    const formats = ['junit', 'tap', 'github', 'sarif', 'markdown', 'json'];
    const result = await runCli(
      [
        'advise',
        '--state',
        state,
        '--json',
        '--report',
        formats.map((format) => `${format}=${format}.out`).join(),
      ],
      { home, now: START },
    );
    const texts = [
      result.stdout,
      result.stderr,
      ...formats.map((name) => readFileSync(join(home, `${name}.out`), 'utf8')),
    ];
    expect(result.stdout).toContain('raw-card-data');
    for (const text of texts)
      for (const hidden of [secret ?? '', TEST_KEY, '4242424242424242']) expect(text).not.toContain(hidden);
  });
});

describe('reports', () => {
  test('JUnit, SARIF, TAP and GitHub as their readers want them', async () => {
    const home = temporaryHome();
    const state = join(home, 'state.db');
    const engine = createEngine({ state, realNow: () => START });
    const stripe = new Stripe(TEST_KEY, { httpClient: createTransport(engine.handle), telemetry: false });
    await stripe.paymentIntents.create({ amount: 10.99, currency: 'eur' }).catch(() => undefined);
    engine.close();
    const result = await runCli(
      ['advise', '--state', state, '--report', 'junit=a.xml,sarif=a.sarif,tap,github'],
      { home, now: START, env: { GITHUB_STEP_SUMMARY: join(home, 'summary.md') } },
    );
    expect(result.code).toBe(0);
    const [, plan, ...points] = result.stdout.trimEnd().split('\n');
    expect(plan).toBe(`1..${RULES.length}`);
    expect(points.filter((line) => line.startsWith('not ok'))).toEqual([
      'not ok 4 - amount-scale: Amounts are in the smallest unit of their currency',
    ]);
    expect(result.stderr).toMatch(/^::error title=payintent advise%3A amount-scale::/m);
    expect(readFileSync(join(home, 'summary.md'), 'utf8')).toContain('amount-scale');
    const parser = new XMLParser({ ignoreAttributes: false });
    const { testsuites } = parser.parse(readFileSync(join(home, 'a.xml'), 'utf8'));
    expect(testsuites).toMatchObject({ '@_tests': String(RULES.length), '@_failures': '1' });
    const { $schema: _, id: __, ...schema } = sarifSchema as Record<string, unknown>;
    const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(schema);
    const log = JSON.parse(readFileSync(join(home, 'a.sarif'), 'utf8'));
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(log.runs[0].results).toHaveLength(RULES.length);
  });
});

describe('a shop that does it right', () => {
  /** A payment with Stripe.js, one on the server, 3D Secure, a decline, a hold, a refund, news by webhook. */
  async function shop(stripe: Stripe, page: Stripe, authenticate: (id: string) => Promise<unknown>) {
    const params = (id: string) => ({ amount: 2599, currency: 'eur', metadata: { order_id: id } });
    const customer = await stripe.customers.create(
      { email: 'jenny@example.com' },
      { idempotencyKey: 'customer-jenny' },
    );

    const first = await stripe.paymentIntents.create(
      { ...params('1'), customer: customer.id },
      { idempotencyKey: 'order-1' },
    );
    const again = await stripe.paymentIntents.create(
      { ...params('1'), customer: customer.id },
      { idempotencyKey: 'order-1' },
    );
    expect(again.id).toBe(first.id);
    const clientSecret = first.client_secret ?? '';
    const confirm = (method: string) =>
      page.paymentIntents.confirm(first.id, {
        client_secret: clientSecret,
        payment_method: method,
        return_url: RETURN,
      } as never);
    await confirm('pm_card_chargeDeclined').catch(() => undefined);
    await confirm('pm_card_visa');
    await page.paymentIntents.retrieve(first.id, { client_secret: clientSecret });

    const second = await stripe.paymentIntents.create(
      { ...params('2'), payment_method: 'pm_card_threeDSecure2Required', confirm: true, return_url: RETURN },
      { idempotencyKey: 'pay-2-1' },
    );
    expect(second.next_action?.redirect_to_url?.url).toBeDefined();
    await authenticate(second.id);
    expect((await stripe.paymentIntents.retrieve(second.id)).status).toBe('succeeded');

    const held = await stripe.paymentIntents.create(
      {
        ...params('3'),
        capture_method: 'manual',
        payment_method: 'pm_card_visa',
        confirm: true,
        return_url: RETURN,
      },
      { idempotencyKey: 'pay-3-1' },
    );
    await stripe.paymentIntents.capture(held.id, {}, { idempotencyKey: 'capture-3' });
    await stripe.refunds.create(
      { payment_intent: held.id, amount: 599, metadata: { item: 'a' } },
      { idempotencyKey: 'refund-3-a' },
    );
    await stripe.refunds.create(
      { payment_intent: held.id, amount: 599, metadata: { item: 'b' } },
      { idempotencyKey: 'refund-3-b' },
    );
    const yen = await stripe.paymentIntents.create(
      { ...params('4'), amount: 1980, currency: 'jpy' },
      { idempotencyKey: 'order-4' },
    );
    await stripe.paymentIntents.cancel(yen.id);
  }

  test('is told nothing, over HTTP, with a webhook handler', async () => {
    const home = temporaryHome();
    const statePath = join(home, 'state.db');
    const hooks = await hookServer();
    onTestFinished(() => hooks.down());
    const server = await serveEmulator({ statePath, now: () => Date.now(), host: '127.0.0.1', port: 0 });
    const stripe = stripeAt(server.url, TEST_KEY);
    await stripe.webhookEndpoints.create({ url: hooks.url, enabled_events: ['payment_intent.succeeded'] });
    await shop(stripe, stripeAt(server.url, PUBLISHABLE_KEY), async (id) => {
      const answer = await fetch(`${server.url}/_payintent/payment_intents/${id}/authenticate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TEST_KEY}` },
        body: new URLSearchParams({ outcome: 'succeed' }),
      });
      expect(answer.status).toBe(200);
    });
    await hooks.until(() => hooks.accepted.length >= 3);
    await server.stop();
    const result = await runCli(['advise', '--state', statePath, '--json', '--fail-on', 'note'], {
      home,
      now: Date.now(),
    });
    expect(findingsOf(result)).toEqual([]);
    expect(result.code).toBe(0);
    expect(result.json()['requests']).toBeGreaterThan(12);
  });
});

describe('webhook handlers', () => {
  async function delivered(answer: number): Promise<RunResult> {
    const home = temporaryHome();
    const statePath = join(home, 'state.db');
    const hooks = await hookServer();
    hooks.answer = () => answer;
    const server = await serveEmulator({ statePath, now: () => Date.now(), host: '127.0.0.1', port: 0 });
    const stripe = stripeAt(server.url, TEST_KEY);
    await stripe.webhookEndpoints.create({ url: hooks.url, enabled_events: ['*'] });
    await stripe.customers.create({ email: 'a@example.com' });
    await hooks.until(() => hooks.hooks.length > 0);
    // The outcome is written down right after the answer.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await hooks.down();
    await server.stop();
    return runCli(['advise', '--state', statePath, '--json', '--only', 'webhook-deliveries'], {
      home,
      now: Date.now(),
    });
  }

  test('that fail are told of, with what judges them', async () => {
    const [finding, ...more] = findingsOf(await delivered(500));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', count: 0, requests: [] });
    expect(finding?.reason).toMatch(/answered 500 to an event \(customer\.created\)/);
    expect(finding?.fix).toMatch(/^payintent webhook test http/);
  });

  test('that accept are not', async () => {
    expect(findingsOf(await delivered(200))).toEqual([]);
  });
});

test('ten thousand requests are judged within seconds', async () => {
  const home = temporaryHome();
  const state = join(home, 'state.db');
  const engine = createEngine({ state, realNow: () => START });
  const stripe = new Stripe(TEST_KEY, { httpClient: createTransport(engine.handle), telemetry: false });
  await stripe.paymentIntents.create(order);
  const body = 'amount=1099&currency=eur&metadata[order_id]=42';
  for (let index = 0; index < 10_000; index += 1) {
    const head = [
      `req_${index}`,
      START / 1000 + index,
      1,
      'POST',
      '/v1/payment_intents',
      400,
      body.length,
      2,
      2,
    ];
    engine.store.noteRequest(
      `${JSON.stringify([...head, 0, 0, `k${index}`, 0, 0, 'secret', 1, 'app/1', 0])}\n${body}{}\n`,
    );
  }
  engine.close();
  const started = performance.now();
  const result = await runCli(['advise', '--state', state, '--json'], { home, now: START });
  const took = performance.now() - started;
  expect(result.json()['requests']).toBeGreaterThan(9000);
  expect(took).toBeLessThan(5000);
});
