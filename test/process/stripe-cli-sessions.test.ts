import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { advanceServer } from '../../src/gateway/clock-door.ts';
import { resetState } from '../../src/gateway/emulator-access.ts';
import { type ServedEmulator, serveEmulator } from '../../src/gateway/emulator-server.ts';
import { TEST_KEY } from '../support/emulator.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { pay } from '../support/payments.ts';
import { runCli } from '../support/run-cli.ts';
import { findStripeCli, type RunningCli, runStripeCli, startStripeCli } from '../support/stripe-cli.ts';
import { startWebhookSink, type WebhookSink } from '../support/webhook-sink.ts';

const cli = findStripeCli() as string;
let home: string;
let server: ServedEmulator;
let stripe: Stripe;
const troubles: unknown[] = [];
const cleanups: (() => unknown)[] = [];

const access = () => ({ statePath: join(home, 'state.db'), now: Date.now });

async function serve(port = 0): Promise<void> {
  server = await serveEmulator({
    ...access(),
    host: '127.0.0.1',
    port,
    onTrouble: (error) => troubles.push(error),
  });
  stripe = stripeAt(server.url);
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'payintent-cli-sessions-'));
  await serve();
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
  expect(troubles.splice(0)).toEqual([]);
});

async function until(holds: () => boolean | Promise<boolean>, milliseconds = 15_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All events of the state, oldest first. */
async function allEvents(): Promise<Stripe.Event[]> {
  const events: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) events.push(event);
  return events.reverse();
}

const intent = (more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 1500,
    currency: 'usd',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    ...more,
  });

async function authenticate(id: string, outcome: 'fail' | 'succeed'): Promise<void> {
  const answer = await fetch(`${server.url}/_payintent/payment_intents/${id}/authenticate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEY}` },
    body: new URLSearchParams({ outcome }),
  });
  expect(answer.status).toBe(200);
}

/** Ten ways a payment can go. */
const lifecycles: Readonly<Record<string, () => Promise<unknown>>> = {
  paid: () => pay(stripe),
  declined: () => pay(stripe, 'pm_card_visa_chargeDeclined').catch(() => {}),
  'declined, then paid': async () => {
    const { id } = await intent();
    await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }).catch(() => {});
    await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  },
  canceled: async () => stripe.paymentIntents.cancel((await intent()).id),
  'held and captured in part': async () => {
    const { id } = await intent({
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    await stripe.paymentIntents.capture(id, { amount_to_capture: 900 });
  },
  'held and released': async () => {
    const { id } = await intent({
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    await stripe.paymentIntents.cancel(id);
  },
  authenticated: async () => {
    const { id } = await intent({ confirm: true, payment_method: 'pm_card_threeDSecure2Required' });
    await authenticate(id, 'succeed');
  },
  'not authenticated': async () => {
    const { id } = await intent({ confirm: true, payment_method: 'pm_card_threeDSecure2Required' });
    await authenticate(id, 'fail');
  },
  refunded: async () => stripe.refunds.create({ charge: (await pay(stripe)).id, amount: 700 }),
  'disputed, after a while': async () => {
    await pay(stripe, 'pm_card_createDispute');
    await advanceServer(server.url, 60);
  },
};

interface SessionFacts {
  readonly websocket_url: string;
  readonly websocket_id: string;
  readonly [field: string]: unknown;
}

async function begin(parameters: Record<string, string> | [string, string][]): Promise<Response> {
  return fetch(`${server.url}/v1/stripecli/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEY}` },
    body: new URLSearchParams(parameters),
  });
}

const listenSession = async () =>
  (await (await begin({ device_name: 'x', 'websocket_features[]': 'webhooks' })).json()) as SessionFacts;
const logSession = async (filters: object = {}) =>
  (await (
    await begin({ 'websocket_features[]': 'request_logs', filters: JSON.stringify(filters) })
  ).json()) as SessionFacts;

interface Client {
  readonly socket: WebSocket;
  /** Messages, and what is in their payloads. */
  readonly messages: {
    readonly message: Record<string, unknown>;
    readonly payload: Record<string, unknown>;
  }[];
  /** Ids of the events, or of the requests. */
  ids(): unknown[];
  /** The code the connection was closed with. */
  readonly closed: Promise<number>;
}

interface ConnectOptions {
  readonly acknowledge?: (id: string) => boolean;
  readonly headers?: Record<string, string>;
  readonly feature?: string;
}

/** A connection as Stripe's CLI makes it. */
async function connect(session: SessionFacts, options: ConnectOptions = {}): Promise<Client> {
  const { acknowledge = () => true, headers = {} } = options;
  const feature = options.feature ?? String(session['websocket_authorized_feature']);
  const socket = new WebSocket(
    `${session.websocket_url}?websocket_feature=${feature}`,
    ['stripecli-devproxy-v1'],
    { headers: { 'Websocket-Id': session.websocket_id, ...headers } },
  );
  const messages: Client['messages'] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Record<string, unknown>;
    const payload = JSON.parse(String(message['event_payload'])) as Record<string, unknown>;
    messages.push({ message, payload });
    const id = String(message['request_log_id'] ?? payload['id']);
    if (acknowledge(id)) socket.send(JSON.stringify({ type: 'event_ack', event_id: id }));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  cleanups.push(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        reject(new Error(`${response.statusCode} ${Buffer.concat(pieces).toString('utf8')}`)),
      );
    });
    socket.once('error', reject);
  });
  return {
    socket,
    messages,
    ids: () => messages.map(({ payload }) => payload['request_id'] ?? payload['id']),
    closed,
  };
}

describe.skipIf(cli === undefined)("Stripe's own CLI (skipped: PAYINTENT_STRIPE_CLI names none)", () => {
  let sink: WebhookSink;
  beforeEach(async () => {
    sink = await startWebhookSink();
    cleanups.push(() => sink.close());
  });

  async function start(...args: string[]): Promise<RunningCli> {
    const running = await startStripeCli(cli, server.url, args);
    cleanups.push(() => running.stop());
    return running;
  }

  test('stripe listen forwards every event of ten lifecycles, signed', async () => {
    const secret = (await runStripeCli(cli, server.url, ['listen', '--print-secret'])).stdout.trim();
    expect(secret).toMatch(/^whsec_\w{32,}$/);
    await start('listen', '--all-snapshot', '--skip-update', '--forward-to', sink.url);
    expect(Object.keys(lifecycles)).toHaveLength(10);
    for (const run of Object.values(lifecycles)) await run();
    const wanted = (await allEvents()).map(({ id }) => id);
    expect(wanted.length).toBeGreaterThan(30);
    await until(() => sink.received.length >= wanted.length);
    await pause(300);
    const verified = sink.received.map(({ body, headers }) =>
      stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), secret),
    );
    expect(verified.map(({ id }) => id).sort()).toEqual([...wanted].sort());
    expect(sink.received[0]?.headers['user-agent']).toBe('Stripe/1.0 (+https://stripe.com/docs/webhooks)');
  });

  test('stripe events resend makes stripe listen hear an event once more', async () => {
    const { id } = await stripe.customers.create();
    const [event] = await allEvents();
    const resend = (...more: string[]) =>
      runStripeCli(cli, server.url, ['events', 'resend', String(event?.id), ...more]);
    expect((await resend()).stdout).toContain('No CLI endpoints found to retry delivery.');
    await start('listen', '--all-snapshot', '--skip-update', '--forward-to', sink.url);
    expect(JSON.parse((await resend()).stdout)).toMatchObject({ id: event?.id, data: { object: { id } } });
    await until(() => sink.received.length === 1);
    expect(JSON.parse(sink.received[0]?.body ?? '')).toMatchObject({ id: event?.id });
    await resend();
    await until(() => sink.received.length === 2);
  });

  test('stripe events resend --webhook-endpoint sends an event to that endpoint once more', async () => {
    const made = await stripe.webhookEndpoints.create({
      url: sink.url,
      enabled_events: ['charge.succeeded'],
    });
    await stripe.customers.create();
    const [event] = await allEvents();
    const args = ['events', 'resend', String(event?.id), '--webhook-endpoint', made.id];
    expect((await runStripeCli(cli, server.url, args)).code).toBe(0);
    await until(() => sink.received.length === 1);
    expect(JSON.parse(sink.received[0]?.body ?? '')).toMatchObject({ id: event?.id });
  });

  test('stripe listen --events picks, and sees what other processes write', async () => {
    await start('listen', '--events', 'charge.succeeded', '--skip-update', '--forward-to', sink.url);
    const made = await runCli(
      ['create', '--amount', '900', '--currency', 'usd', '--confirm', '--payment-method', 'visa', '-q'],
      { home, env: { PAYINTENT_STATE: access().statePath }, now: Date.now() },
    );
    expect(made).toMatchObject({ code: 0 });
    await until(() => sink.received.length > 0);
    await pause(300);
    expect(sink.received.map(({ body }) => JSON.parse(body).type)).toEqual(['charge.succeeded']);
  });

  test('stripe logs tail shows the requests, with what was wrong', async () => {
    const tail = await start('logs', 'tail');
    const failed = await start('logs', 'tail', '--filter-status-code-type', '4XX', '--format', 'JSON');
    const charge = await pay(stripe);
    await stripe.charges.retrieve(charge.id);
    await intent({ amount: 1 }).catch(() => {});
    await until(() => tail.stdout().includes('[400]') && failed.stdout().includes('amount_too_small'));
    const lines = tail.stdout().replace(/.*Checking for new versions.*\n\s*/, '');
    expect(lines).toMatch(/\[200\] POST \/v1\/payment_intents \[req_\w+\]/);
    expect(lines).toContain(`[200] GET /v1/charges/${charge.id} [req_`);
    expect(lines).toMatch(/\[400\] POST \/v1\/payment_intents \[req_\w+\]\n.*Type: invalid_request_error/);
    expect(lines).toContain('Code: amount_too_small');
    expect(lines).not.toContain('stripecli/sessions');
    expect(failed.stdout().match(/"request_id"/g)).toHaveLength(1);
  });
});

describe('a session', () => {
  test('answers what the CLI needs, and the same secret each time', async () => {
    const answer = await begin({ device_name: 'x', 'websocket_features[]': 'webhooks' });
    expect(answer.status).toBe(200);
    const session = (await answer.json()) as SessionFacts;
    expect(session).toEqual({
      default_version: expect.stringMatching(/^\d{4}-\d\d-\d\d\.\w+$/),
      device_token: '',
      display_connect_filter_warning: false,
      latest_version: session['default_version'],
      reconnect_delay: expect.any(Number),
      secret: expect.stringMatching(/^whsec_/),
      websocket_authorized_feature: 'webhooks',
      websocket_id: expect.stringMatching(/^cliws_/),
      websocket_url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\//),
    });
    const other = await listenSession();
    expect(other['secret']).toBe(session['secret']);
    expect(other.websocket_id).not.toBe(session.websocket_id);
    resetState(access());
    expect((await listenSession())['secret']).toBe(session['secret']);
  });

  test('is reached by the name its client knows the server by', async () => {
    const { port } = server;
    const answer = await fetch(`http://localhost:${port}/v1/stripecli/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEY}` },
      body: new URLSearchParams({ 'websocket_features[]': 'webhooks' }),
    });
    const session = (await answer.json()) as SessionFacts;
    expect(session.websocket_url).toMatch(new RegExp(`^ws://localhost:${port}/`));
  });

  test.each<[string, Record<string, string>, number, RegExp]>([
    ['without features', {}, 400, /websocket_features/],
    ['for thin events alone', { 'websocket_features[]': 'v2_events' }, 400, /thin events is unsupported/],
    [
      'with filters that are none',
      { 'websocket_features[]': 'request_logs', filters: '{"filter_moon":["full"]}' },
      400,
      /Invalid filters/,
    ],
  ])('%s is refused', async (_, parameters, status, message) => {
    const answer = await begin(parameters);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(message);
  });

  test('is not for publishable keys', async () => {
    const answer = await fetch(`${server.url}/v1/stripecli/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${['pk', 'test', 'browser'].join('_')}` },
      body: new URLSearchParams({ 'websocket_features[]': 'webhooks' }),
    });
    expect(answer.status).toBe(401);
  });
});

describe('a connection', () => {
  test.each<[string, Record<string, string>, number, RegExp]>([
    ['nobody listens', { for_stripecli: 'true' }, 400, /No CLI endpoints found/],
    ['nobody is named', {}, 400, /webhook_endpoint/],
    ['the endpoint is unknown', { webhook_endpoint: 'we_none' }, 400, /No such webhook endpoint/],
  ])('an event cannot be sent again where %s', async (_, parameters, status, message) => {
    await stripe.customers.create();
    const [event] = await allEvents();
    const answer = await fetch(`${server.url}/v1/events/${event?.id}/retry`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEY}` },
      body: new URLSearchParams(parameters),
    });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(message);
  });

  test('an event that is sent again does not hold up the others', async () => {
    await stripe.customers.create();
    const [first] = await allEvents();
    const session = await listenSession();
    const socket = await connect(session, { acknowledge: () => false });
    const retry = async () =>
      fetch(`${server.url}/v1/events/${first?.id}/retry`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TEST_KEY}` },
        body: new URLSearchParams({ for_stripecli: 'true' }),
      });
    expect((await retry()).status).toBe(200);
    await until(() => socket.messages.length === 1);
    await stripe.customers.create();
    await until(() => socket.messages.length === 2);
    // Not acknowledged yet: it is on its way anyway.
    await retry();
    await pause(200);
    expect(socket.messages).toHaveLength(2);
  });

  test('of an unknown session is refused in the words the CLI knows', async () => {
    const session = { ...(await listenSession()), websocket_id: 'cliws_nobody' };
    await expect(connect(session)).rejects.toThrow(/^404 .*"message": "Unknown WebSocket ID\."/s);
  });

  test('from a page, from a foreign host, for another feature or path is refused', async () => {
    const session = await listenSession();
    await expect(connect(session, { headers: { Origin: server.url } })).rejects.toThrow(/^403 .*page/s);
    await expect(connect(session, { headers: { Host: 'evil.example' } })).rejects.toThrow(/^403 .*evil/s);
    await expect(connect(session, { feature: 'request_logs' })).rejects.toThrow(/^400 .*webhooks/s);
    await expect(connect({ ...session, websocket_url: `${session.websocket_url}/else` })).rejects.toThrow(
      /^400 .*no WebSocket/s,
    );
  });

  test('gets webhook_event messages in order, from the moment of the session', async () => {
    await pay(stripe);
    const session = await listenSession();
    const before = await allEvents();
    await pay(stripe);
    const client = await connect(session);
    expect(client.socket.protocol).toBe('stripecli-devproxy-v1');
    await intent();
    const wanted = (await allEvents()).slice(before.length).map(({ id }) => id);
    await until(() => client.messages.length >= wanted.length);
    expect(client.ids()).toEqual(wanted);
    const [{ message }] = client.messages as [Client['messages'][number]];
    expect(message).toEqual({
      type: 'webhook_event',
      endpoint: { api_version: null },
      event_payload: expect.stringMatching(/^\{\n {2}"id": "evt_/),
      http_headers: expect.objectContaining({
        'Stripe-Signature': expect.stringMatching(/^t=\d+,v1=\w+/),
        'Content-Type': 'application/json; charset=utf-8',
      }),
      webhook_conversation_id: expect.stringMatching(/^wc_/),
      webhook_id: expect.stringMatching(/^we_/),
    });
    const headers = message['http_headers'] as Record<string, string>;
    const event = stripe.webhooks.constructEvent(
      String(message['event_payload']),
      String(headers['Stripe-Signature']),
      String(session['secret']),
    );
    expect(event.pending_webhooks).toBe(1);
  });

  test('that comes back gets what it missed, and nothing twice', async () => {
    const session = await listenSession();
    const first = await connect(session);
    const { id } = await intent();
    await intent();
    await until(() => first.messages.length === 2);
    await pause(50);
    first.socket.terminate();
    await first.closed;
    await stripe.paymentIntents.cancel(id);
    await intent();
    const second = await connect(session);
    await until(() => second.messages.length >= 2);
    await pause(600);
    expect(second.ids()).toEqual((await allEvents()).slice(2).map((event) => event.id));
  });

  test('sends again what was never acknowledged, unless that comes late', async () => {
    const session = await listenSession();
    const silent = await connect(session, { acknowledge: () => false });
    for (let number = 0; number < 3; number += 1) await intent();
    await until(() => silent.messages.length === 3);
    const [one, two, three] = silent.ids().map(String);
    silent.socket.send(JSON.stringify({ type: 'event_ack', event_id: two }));
    await pause(50);
    silent.socket.close();
    await silent.closed;
    const back = await connect(session);
    back.socket.send(JSON.stringify({ type: 'event_ack', event_id: one }));
    await until(() => back.messages.length > 0);
    await pause(300);
    expect(back.ids()).toEqual([three]);
  });

  test('goes on with a server that was stopped and started again', async () => {
    const session = await listenSession();
    const client = await connect(session);
    await intent();
    await until(() => client.messages.length === 1);
    const { port } = server;
    await server.stop();
    expect(await client.closed).toBe(1001);
    await runCli(['create', '--amount', '900', '--currency', 'usd', '-q'], {
      home,
      env: { PAYINTENT_STATE: access().statePath },
      now: Date.now(),
    });
    await serve(port);
    await intent();
    const back = await connect(session);
    await until(() => back.messages.length >= 2);
    await pause(200);
    expect(back.ids()).toEqual((await allEvents()).slice(1).map(({ id }) => id));
  });

  test('goes on after a reset, with what happens then', async () => {
    await intent();
    const session = await listenSession();
    const client = await connect(session);
    resetState(access());
    const { id } = await intent();
    await until(() => client.messages.length > 0);
    expect(client.messages.map(({ payload }) => payload['data'])).toEqual([
      { object: expect.objectContaining({ id }) },
    ]);
    client.socket.close();
    await client.closed;
    await intent();
    const back = await connect(session);
    await until(() => back.messages.length === 1);
  });

  test('is answered its pings, and survives nonsense', async () => {
    const client = await connect(await listenSession());
    for (const text of [
      '{',
      'null',
      '[]',
      '{"type":"event_ack"}',
      '{"type":"event_ack","event_id":"evt_no"}',
    ])
      client.socket.send(text);
    client.socket.send(Buffer.from([0, 255]));
    const pong = new Promise((resolve) => client.socket.once('pong', resolve));
    client.socket.ping();
    await pong;
    await intent();
    await until(() => client.messages.length === 1);
  });

  test('replaces an older one of the same session', async () => {
    const session = await listenSession();
    const old = await connect(session);
    const next = await connect(session);
    await old.closed;
    await intent();
    await until(() => next.messages.length === 1);
    expect(old.messages).toEqual([]);
  });

  test('many at once all get everything, though some acknowledge nothing', async () => {
    const clients = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        connect(await listenSession(), { acknowledge: () => index % 4 !== 0 }),
      ),
    );
    await Promise.all(Array.from({ length: 260 }, () => intent()));
    const wanted = (await allEvents()).map(({ id }) => id);
    expect(wanted).toHaveLength(260);
    await until(() => clients.every(({ messages }) => messages.length >= wanted.length), 30_000);
    for (const client of clients) expect(client.ids()).toEqual(wanted);
  });
});

describe('a connection for request logs', () => {
  test('gets request_log_event messages, with reads and with other processes', async () => {
    const client = await connect(await logSession());
    const { id } = await intent();
    await stripe.paymentIntents.retrieve(id, { expand: ['customer'] });
    await stripe.paymentIntents.retrieve('pi_nobody').catch(() => {});
    // Reads are written a moment later; that of another process must not come between.
    await until(() => client.messages.length === 4);
    await runCli(['retrieve', id, '-q'], {
      home,
      env: { PAYINTENT_STATE: access().statePath },
      now: Date.now(),
    });
    // The request that made the session is the first: its CLI leaves it out itself.
    await until(() => client.messages.length >= 5);
    expect(
      client.messages.map(({ payload }) => `${payload['method']} ${payload['url']} ${payload['status']}`),
    ).toEqual([
      'POST /v1/stripecli/sessions 200',
      'POST /v1/payment_intents 200',
      `GET /v1/payment_intents/${id} 200`,
      'GET /v1/payment_intents/pi_nobody 404',
      `GET /v1/payment_intents/${id} 200`,
    ]);
    const missing = client.messages[3] as Client['messages'][number];
    expect(missing.message).toEqual({
      type: 'request_log_event',
      request_log_id: String(missing.payload['request_id']).replace('req_', 'resp_'),
      event_payload: expect.any(String),
    });
    expect(missing.payload).toEqual({
      created_at: expect.any(Number),
      livemode: false,
      method: 'GET',
      request_id: expect.stringMatching(/^req_/),
      status: 404,
      url: '/v1/payment_intents/pi_nobody',
      error: {
        type: 'invalid_request_error',
        charge: '',
        code: 'resource_missing',
        decline_code: '',
        message: "No such payment_intent: 'pi_nobody'",
        param: 'intent',
        error_insight: '',
      },
    });
  });

  test.each<[string, object, string[]]>([
    ['method', { filter_http_method: ['GET'] }, ['GET 200', 'GET 404']],
    ['failure', { filter_request_status: ['FAILED'] }, ['GET 404', 'POST 400']],
    ['status', { filter_status_code: ['404', '402'] }, ['GET 404']],
    ['kind of status', { filter_status_code_type: ['400'] }, ['GET 404', 'POST 400']],
    ['path', { filter_request_path: ['/v1/customers'] }, ['POST 400', 'POST 200']],
    ['source', { filter_source: ['DASHBOARD'] }, []],
    ['two filters', { filter_http_method: ['POST'], filter_request_status: ['FAILED'] }, ['POST 400']],
  ])('is filtered by %s', async (_, filters, wanted) => {
    const client = await connect(await logSession(filters));
    const all = await connect(await logSession());
    const { id } = await intent();
    await stripe.paymentIntents.retrieve(id);
    await stripe.paymentIntents.retrieve('pi_nobody').catch(() => {});
    await stripe.customers.create({ email: 'no address' }).catch(() => {});
    await stripe.customers.create({});
    await until(() => all.messages.length === 6);
    const shown = client.messages
      .filter(({ payload }) => payload['url'] !== '/v1/stripecli/sessions')
      .map(({ payload }) => `${payload['method']} ${payload['status']}`);
    expect(shown).toEqual(wanted);
  });
});
