import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maskSecrets } from '../../src/domain/secrets.ts';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { findRequest, newestRequests, requestsAfter } from '../../src/emulator/request-log.ts';
import { openSqlite } from '../../src/emulator/sqlite.ts';
import { openStore } from '../../src/emulator/store/open-store.ts';
import { KEPT_REQUESTS } from '../../src/emulator/store/request-rows.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { ApiRequest, ApiResponse } from '../../src/emulator/wire.ts';
import { PUBLISHABLE_KEY, TEST_KEY } from '../support/emulator.ts';
import { BILLING, CONSENT, confirmedWith } from '../support/intents.ts';
import { startLiveEmulator } from '../support/live-emulator.ts';

interface Exchange {
  readonly request: ApiRequest;
  readonly answer: ApiResponse;
  readonly id: string;
}

let directory: string;
let engine: Engine;
let stripe: Stripe;
let browser: Stripe;
/** Everything that went through the handle. */
let exchanges: Exchange[];
const bugs: unknown[] = [];

const path = () => join(directory, 'state.db');

async function send(request: ApiRequest): Promise<ApiResponse> {
  const answer = await engine.handle(request);
  exchanges.push({ request, answer, id: String(answer.headers['request-id']) });
  return answer;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'payintent-request-log-'));
  exchanges = [];
  engine = createEngine({ state: path(), onBug: (error) => bugs.push(error) });
  const sdk = (key: string) =>
    new Stripe(key, { httpClient: createTransport(send), telemetry: false, maxNetworkRetries: 0 });
  stripe = sdk(TEST_KEY);
  browser = sdk(PUBLISHABLE_KEY);
});
afterEach(() => {
  engine.close();
  rmSync(directory, { recursive: true, force: true });
  expect(bugs.splice(0)).toEqual([]);
});

function call(method: string, url: string, body = '', headers: Record<string, string> = {}) {
  return send({ method, url, body, headers: { authorization: `Bearer ${TEST_KEY}`, ...headers } });
}

/** What `GET /_payintent/logs/{id}` says of a request. */
async function logged(id: string): Promise<Record<string, unknown>> {
  const answer = await engine.handle({ method: 'GET', url: `/_payintent/logs/${id}`, headers: {}, body: '' });
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

const last = () => exchanges.at(-1) as Exchange;
const quiet = (promise: Promise<unknown>) => promise.catch(() => {});

describe('each request is logged', () => {
  test('with its parameters and the answer it got', async () => {
    const intent = await stripe.paymentIntents.create(
      { amount: 1099, currency: 'usd', metadata: { order: '42' } },
      { idempotencyKey: 'k1' },
    );
    expect(await logged(last().id)).toEqual({
      id: last().id,
      object: 'request_log',
      account: null,
      api_version: expect.any(String),
      api_version_named: true,
      created: intent.created,
      duration: expect.any(Number),
      error: null,
      idempotency_key: 'k1',
      key_type: 'secret',
      method: 'POST',
      origin: null,
      original_request: null,
      params: { amount: '1099', currency: 'usd', metadata: { order: '42' } },
      path: '/v1/payment_intents',
      response: JSON.parse(maskSecrets(last().answer.body)),
      response_size: last().answer.body.length,
      status: 200,
      user_agent: expect.stringMatching(/^Stripe\/v1 NodeBindings\//),
    });
  });

  test.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    ['a publishable key', '', { authorization: `Bearer ${PUBLISHABLE_KEY}` }, { key_type: 'publishable' }],
    [
      'a browser, its key in the form',
      `key=${PUBLISHABLE_KEY}&a=1`,
      { origin: 'https://shop.example' },
      { key_type: 'publishable', origin: 'https://shop.example' },
    ],
    [
      'a user of Basic authentication',
      '',
      { authorization: `Basic ${btoa(`${TEST_KEY}:`)}` },
      { key_type: 'secret', user_agent: null, api_version_named: false },
    ],
    [
      'a program that tells much of itself',
      '',
      {
        authorization: `Bearer ${TEST_KEY}`,
        'user-agent': `app/1 ${TEST_KEY}${'x'.repeat(300)}`,
        'stripe-version': '2026-10-28.endive',
      },
      { key_type: 'secret', user_agent: expect.stringMatching(/^app\/1 /), api_version_named: true },
    ],
  ])('with who asked: %s', async (_, body, headers, expected) => {
    await send({ method: 'POST', url: '/v1/customers', body, headers });
    const seen = await logged(last().id);
    expect(seen).toMatchObject(expected);
    expect(String(seen['user_agent']).length).toBeLessThan(170);
    expect(JSON.stringify(seen)).not.toContain(TEST_KEY);
  });

  test('exactly as it was answered, whatever was done', async () => {
    const customer = await stripe.customers.create({ email: 'jenny@example.com' });
    await stripe.customers.update(customer.id, { name: 'Jenny' });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.paymentMethods.update(card.id, { metadata: { a: '1' } });
    const paid = await stripe.paymentIntents.create({
      ...confirmedWith('card', { currency: 'usd', customer: customer.id, payment_method: card.id }),
      expand: ['latest_charge.balance_transaction'],
    });
    await stripe.charges.update((paid.latest_charge as Stripe.Charge).id, { metadata: { a: '1' } });
    await stripe.refunds.create({ payment_intent: paid.id, amount: 500 });
    await stripe.refunds.create({ payment_intent: paid.id });
    const held = await stripe.paymentIntents.create(
      confirmedWith('card', { currency: 'usd', capture_method: 'manual', payment_method: 'pm_card_visa' }),
    );
    await stripe.paymentIntents.update(held.id, { description: 'held' });
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1000 });
    const open = await stripe.paymentIntents.create({ amount: 700, currency: 'eur' });
    await stripe.paymentIntents
      .confirm(open.id, {
        payment_method: 'pm_card_chargeDeclined',
        return_url: 'https://example.com',
      })
      .catch(() => {});
    await stripe.paymentIntents.cancel(open.id, { cancellation_reason: 'abandoned' });
    await quiet(stripe.paymentIntents.cancel(open.id));
    const asked = await stripe.paymentIntents.create(
      confirmedWith('card', { currency: 'usd', payment_method: 'pm_card_threeDSecure2Required' }),
    );
    await browser.paymentIntents.retrieve(asked.id, { client_secret: String(asked.client_secret) });
    await call('POST', `/_payintent/payment_intents/${asked.id}/authenticate`, 'outcome=succeed');
    await stripe.paymentIntents.create(
      confirmedWith('sepa_debit', {
        currency: 'eur',
        payment_method_data: {
          type: 'sepa_debit',
          sepa_debit: { iban: 'DE89370400440532013000' },
          billing_details: BILLING,
        },
        mandate_data: CONSENT,
      }),
    );
    const setup = await stripe.setupIntents.create({ customer: customer.id, usage: 'off_session' });
    await stripe.setupIntents.confirm(setup.id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com',
    });
    await stripe.setupIntents.cancel((await stripe.setupIntents.create({})).id);
    await stripe.webhookEndpoints.create({ url: 'https://example.com/hook', enabled_events: ['*'] });
    await stripe.paymentMethods.detach(card.id);
    await stripe.tokens.create({
      bank_account: {
        country: 'US',
        currency: 'usd',
        account_number: '000123456789',
        routing_number: '110000000',
      },
    });
    await quiet(stripe.paymentIntents.create({ amount: 5, currency: 'usd' }));
    await quiet(stripe.paymentIntents.retrieve('pi_nobody'));
    await stripe.customers.del(customer.id);
    await stripe.events.list({ limit: 2 });
    await stripe.balance.retrieve();
    const disputed = await stripe.paymentIntents.create(
      confirmedWith('card', { currency: 'usd', payment_method: 'pm_card_createDispute' }),
    );
    await engine.advance(60);
    const [dispute] = (await stripe.disputes.list({ payment_intent: disputed.id })).data;
    await stripe.disputes.update(String(dispute?.id), {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    // Everything changes afterwards; the log still knows what was answered then.
    expect(exchanges.length).toBeGreaterThan(30);
    for (const { request, answer, id } of exchanges) {
      const log = await logged(id);
      const what = `${request.method} ${request.url}`;
      expect(log, what).toMatchObject({ id, method: request.method, status: answer.status });
      if (typeof log['response'] === 'string')
        expect(maskSecrets(answer.body).startsWith(log['response']), what).toBe(true);
      else expect(JSON.stringify(log['response'], null, 2), what).toBe(maskSecrets(answer.body).trim());
    }
  });

  test('refusals and what never got as far as an operation too', async () => {
    await call('POST', '/v1/payment_intents', 'amount=5&currency=usd');
    await call('GET', '/v1/nothing');
    await send({ method: 'GET', url: '/v1/balance', headers: {}, body: '' });
    await call('POST', '/v1/payment_intents', 'amount[a]=5');
    engine.store.flush();
    expect([...newestRequests(engine.store)].map(({ method, url, status }) => [method, url, status])).toEqual(
      [
        ['POST', '/v1/payment_intents', 400],
        ['GET', '/v1/balance', 401],
        ['GET', '/v1/nothing', 404],
        ['POST', '/v1/payment_intents', 400],
      ],
    );
    for (const { answer, id } of exchanges) {
      const { error } = JSON.parse(answer.body) as { error: Record<string, unknown> };
      expect((await logged(id))['error']).toEqual({
        code: error['code'] ?? null,
        message: error['message'],
        type: error['type'],
      });
    }
  });

  test('with the first request where an answer was given again', async () => {
    const create = () =>
      stripe.paymentIntents.create({ amount: 900, currency: 'usd' }, { idempotencyKey: 'twice' });
    await create();
    await create();
    const [first, second] = exchanges as [Exchange, Exchange];
    const log = await logged(second.id);
    expect(log).toMatchObject({ original_request: first.id, idempotency_key: 'twice', status: 200 });
    expect(log['response']).toEqual((await logged(first.id))['response']);
  });

  test('by the address its error names', async () => {
    await call('POST', '/v1/payment_intents', 'amount=5&currency=usd');
    const { error } = JSON.parse(last().answer.body) as { error: { request_log_url: string } };
    const { pathname } = new URL(error.request_log_url);
    const answer = await engine.handle({ method: 'GET', url: pathname, headers: {}, body: '' });
    expect(JSON.parse(answer.body)).toMatchObject({ id: last().id, error: { code: 'amount_too_small' } });
    const unknown = await engine.handle({
      method: 'GET',
      url: '/_payintent/logs/req_no',
      headers: {},
      body: '',
    });
    expect(unknown.status).toBe(404);
  });

  test('looking at the log is not', async () => {
    await call('GET', '/v1/balance');
    await logged(last().id);
    await call('GET', '/_payintent/clock');
    engine.store.close();
    const store = openStore({ path: path() });
    expect([...newestRequests(store)]).toHaveLength(1);
    store.close();
  });
});

describe('secrets', () => {
  const number = '4242424242424242';
  const liveKey = ['sk', 'live', 'abcdefghijklmnop'].join('_');

  test('are masked where the log is read', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1099, currency: 'usd' });
    const secret = String(intent.client_secret);
    await browser.paymentIntents.retrieve(intent.id, { client_secret: secret });
    const endpoint = await stripe.webhookEndpoints.create({
      url: 'https://example.com/hook',
      enabled_events: ['*'],
    });
    const texts = await Promise.all(exchanges.map(async ({ id }) => JSON.stringify(await logged(id))));
    expect(texts.join('\n')).toContain(`${intent.id}_secret_***`);
    for (const one of [secret, String(endpoint.secret), TEST_KEY, PUBLISHABLE_KEY])
      expect(texts.join('\n')).not.toContain(one);
  });

  test('are masked inside addresses that a form holds', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1099, currency: 'usd' });
    await stripe.paymentIntents.update(intent.id, {
      description: `https://shop.example/pay?secret=${intent.client_secret}`,
    });
    const seen = JSON.stringify(await logged(last().id));
    expect(seen).toContain(`pay?secret=${intent.id}_secret_***`);
    expect(seen).not.toContain(intent.client_secret);
  });

  test('keys and numbers of cards and accounts do not even reach the disk', async () => {
    await quiet(
      stripe.paymentMethods.create({
        type: 'card',
        card: { number, exp_month: 4, exp_year: 2031, cvc: '987' },
      }),
    );
    const made = await logged(last().id);
    expect(made['params']).toMatchObject({
      card: { number: '************4242', cvc: '***', exp_month: '4' },
    });
    await call('POST', '/v1/payment_intents', `key=${liveKey}&amount=1099&currency=usd`, {
      authorization: '',
    });
    await call('POST', '/v1/tokens', 'bank_account[account_number]=000123456789&bank_account[country]=US');
    expect((await logged(last().id))['params']).toMatchObject({
      bank_account: { account_number: '********6789' },
    });
    engine.store.flush();
    const written = [path(), `${path()}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
    expect(written).toContain('************4242');
    for (const one of [number, 'cvc]=987', liveKey, '000123456789']) expect(written).not.toContain(one);
  });
});

describe('the log', () => {
  const entries = () => [...newestRequests(engine.store)];

  test('is written in the transaction of the request, and in one row for many at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, () => call('POST', '/v1/payment_intents', 'amount=1099&currency=usd')),
    );
    const other = openStore({ path: path() });
    expect(other.requestsAbove(0, 100)).toHaveLength(1);
    expect([...newestRequests(other)].map(({ id }) => id)).toEqual(exchanges.map(({ id }) => id).reverse());
    expect(requestsAfter(other, 28).map(({ number }) => number)).toEqual([29, 30]);
    other.close();
  });

  test('has reads within a moment, without waiting for the lock', async () => {
    const writer = openSqlite(path());
    writer.exec('BEGIN IMMEDIATE');
    const started = performance.now();
    for (let index = 0; index < 5; index += 1) await call('GET', '/v1/balance');
    expect(findRequest(engine.store, last().id)?.url).toBe('/v1/balance');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(performance.now() - started).toBeLessThan(3000);
    expect(entries()).toEqual([]);
    writer.exec('COMMIT');
    writer.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(entries().map(({ id }) => id)).toEqual(exchanges.map(({ id }) => id).reverse());
  });

  test('outlives the process, reads of its last moment too', async () => {
    await call('POST', '/v1/customers', 'email=a@example.com');
    await call('GET', '/v1/balance');
    engine.close();
    const store = openStore({ path: path() });
    expect([...newestRequests(store)].map(({ url }) => url)).toEqual(['/v1/balance', '/v1/customers']);
    store.close();
  });

  test('keeps any text as it was', async () => {
    const odd = 'description=a%00b\u0000\n["req_x",1]\n%F0%9F%98%80\u{1F600}\uD83D&amount=1';
    await call('POST', '/v1/payment_intents', odd);
    await call('GET', '/v1/payment_intents?customer=%00\n');
    await call('POST', '/v1/customers', 'name=end');
    expect(entries().map(({ body }) => body)).toEqual([
      'name=end',
      '',
      odd.replace('\0', '%00').replace('\uD83D&', '\uFFFD&'),
    ]);
    expect(entries().map(({ id }) => id)).toEqual(exchanges.map(({ id }) => id).reverse());
  });

  test('keeps the beginning of a very long answer', async () => {
    for (let index = 0; index < 30; index += 1)
      await call('POST', '/v1/customers', `email=a@example.com&description=${'x'.repeat(300)}`);
    await call('GET', '/v1/customers?limit=100');
    const log = await logged(last().id);
    expect(log['response_size']).toBe(last().answer.body.length);
    expect(last().answer.body.startsWith(String(log['response']))).toBe(true);
    expect(String(log['response'])).toHaveLength(16_384);
  });

  test('is bounded to the newest ten thousand, in order', () => {
    const entry = (number: number) =>
      `${JSON.stringify([`req_${number}`, 1, 1, 'GET', '/v1/balance', 200, 0, 0, 2, 0, 0, 0, 0, 0])}\n\n`;
    for (let number = 1; number <= 12_345; number += 1) {
      engine.store.noteRequest(entry(number));
      if (number % 37 === 0) engine.store.transaction(() => engine.store.setMeta('x', String(number)));
      if (number % 37 === 0) engine.store.flush();
    }
    engine.store.transaction(() => engine.store.setMeta('x', 'end'));
    engine.store.flush();
    const kept = entries();
    expect(kept.length).toBeGreaterThanOrEqual(KEPT_REQUESTS);
    expect(kept.length).toBeLessThan(KEPT_REQUESTS + 600);
    expect(kept.map(({ id }) => id)).toEqual(kept.map((_, index) => `req_${12_345 - index}`));
    expect(requestsAfter(engine.store, 12_340).map(({ number }) => number)).toEqual([
      12_341, 12_342, 12_343, 12_344, 12_345,
    ]);
  });

  test('is forgotten by a reset, and is no part of an export', async () => {
    await call('POST', '/v1/customers', 'email=a@example.com');
    expect([...engine.store.exportState()].join('\n')).not.toContain('/v1/customers');
    expect(entries()).toHaveLength(1);
    engine.store.reset();
    expect(entries()).toEqual([]);
    await call('POST', '/v1/customers', '');
    expect(entries().map(({ number }) => number)).toEqual([1]);
  });

  test('shows what an older version wrote, which did not keep who asked', () => {
    const head = ['req_old', 1, 1, 'GET', '/v1/balance', 200, 0, 0, 2, 0, 0, 0, 0, 0];
    engine.store.noteRequest(`${JSON.stringify(head)}\n\n`);
    expect(findRequest(engine.store, 'req_old')).toMatchObject({ url: '/v1/balance', client: null });
  });

  test('begins in a state of an older version', () => {
    engine.close();
    const db = openSqlite(path());
    db.exec('DROP TABLE requests; PRAGMA user_version = 2;');
    db.close();
    const store = openStore({ path: path() });
    expect(store.lastRequestNumber()).toBe(0);
    store.close();
  });
});

test('a browser gets a page behind the address, a foreign page nothing', async () => {
  const emulator = await startLiveEmulator();
  try {
    const failed = await emulator.stripe.paymentIntents
      .create({ amount: 5, currency: 'usd', description: '<script>alert(1)</script>' })
      .catch((error: Stripe.errors.StripeError) => error);
    const url = String((failed as { raw: { request_log_url: string } }).raw.request_log_url);
    expect(url).toMatch(`${emulator.server.url}/_payintent/logs/req_`);
    const page = await fetch(url, { headers: { accept: 'text/html,*/*' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    const text = await page.text();
    expect(text).toContain('amount_too_small');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).not.toContain('<script');
    const json = await fetch(url);
    expect(await json.json()).toMatchObject({ object: 'request_log', status: 400 });
    const none = await fetch(`${emulator.server.url}/_payintent/logs/req_none`, {
      headers: { accept: 'text/html' },
    });
    expect([none.status, none.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const foreign = await fetch(url, { headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
  } finally {
    await emulator.stop();
  }
  expect(emulator.bugs).toEqual([]);
});
