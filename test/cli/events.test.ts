import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';
import { startWebhookSink } from '../support/webhook-sink.ts';

const testKey = ['sk', 'test', 'a'.repeat(24)].join('_');
const secret = ['whsec', 'y'.repeat(32)].join('_');
const env = { PAYINTENT_WEBHOOK_SECRET: secret };

interface Arrived {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A handler that answers with a status and keeps what it got. */
async function handler(status = 200): Promise<{ url: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      arrived.push({ body, headers: request.headers });
      response.writeHead(status).end(status === 200 ? 'ok' : 'database down');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, arrived };
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
const typeOf = ({ body }: Arrived) => (JSON.parse(body) as { type: string }).type;

/** A home with a payment and its refund in it, and the payment's id. */
async function paidHome(): Promise<{ home: string; id: string }> {
  const home = temporaryHome();
  const id = await createIntent(home, '--payment-method', 'visa', '--confirm');
  await runCli(['refund', id], { home });
  await runCli(['trigger', 'customer.created'], { home });
  return { home, id };
}

const HISTORY = [
  'payment_intent.created',
  'charge.succeeded',
  'payment_intent.succeeded',
  'refund.created',
  'charge.refunded',
];

describe('events list', () => {
  it('answers the list object, newest first', async () => {
    const { home } = await paidHome();
    const list = (await runCli(['events', 'list', '--json'], { home })).json();
    expect(list).toMatchObject({ object: 'list', url: '/v1/events', has_more: false });
    expect((list['data'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'customer.created',
      ...HISTORY.toReversed(),
    ]);
  });

  it('answers one event a line in a pipe', async () => {
    const { home, id } = await paidHome();
    const { stdout } = await runCli(['events', 'list', '--type', 'payment_intent.*'], { home });
    const rows = linesOf(stdout).map((line) => line.split('\t'));
    expect(rows.map(([, type, about]) => [type, about])).toEqual([
      ['payment_intent.succeeded', id],
      ['payment_intent.created', id],
    ]);
    expect(rows[0]?.[0]).toMatch(/^evt_/);
    expect(rows[0]?.[3]).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('keeps to types, to times, and to one intent with what it caused', async () => {
    const { home, id } = await paidHome();
    await createIntent(home);
    const types = async (...flags: string[]) =>
      linesOf((await runCli(['events', 'list', '--all', '--fields', 'type', ...flags], { home })).stdout);
    expect(await types('--types', 'refund.created,customer.created')).toEqual([
      'customer.created',
      'refund.created',
    ]);
    expect(await types('--intent', id)).toEqual(HISTORY.toReversed());
    expect(await types('--intent', id, '--type', 'charge.*')).toEqual([
      'charge.refunded',
      'charge.succeeded',
    ]);
    // Two groups are more than the API can be asked for at once.
    expect(await types('--types', 'refund.*,customer.*')).toEqual(['customer.created', 'refund.created']);
    const first = ['events', 'list', '--types', 'refund.*,customer.*', '--limit', '1', '--json'];
    expect((await runCli(first, { home })).json()).toMatchObject({
      data: [{ type: 'customer.created' }],
      has_more: true,
    });
    expect(await types('--created-gte', '2030-01-01')).toEqual([]);
    const { stdout } = await runCli(['events', 'list', '--intent', id, '--limit', '2', '--json'], { home });
    expect(JSON.parse(stdout)).toMatchObject({
      data: [{ type: 'charge.refunded' }, { type: 'refund.created' }],
    });
  });

  it.each([['--types'], ['-e'], ['--events'], ['--type']])('takes %s', async (flag) => {
    const { home } = await paidHome();
    const list = await runCli(['events', 'list', flag, 'refund.*', '--fields', 'type'], { home });
    expect(linesOf(list.stdout)).toEqual(['refund.created']);
    const sink = await startWebhookSink();
    const replay = ['events', 'replay', '--last', '5', flag, 'refund.*', '--to', sink.url];
    expect((await runCli(replay, { home })).code).toBe(0);
    await sink.close();
    expect(sink.received.map(({ body }) => JSON.parse(body).type)).toEqual(['refund.created']);
    for (const command of ['events tail', 'listen']) {
      const { code, stdout } = await runCli(
        [
          ...command.split(' '),
          '--backfill',
          '1h',
          '--max',
          '1',
          flag,
          'refund.*',
          '--jsonl',
          '--timeout',
          '5s',
        ],
        { home },
      );
      expect(code).toBe(0);
      expect(stdout).toContain('refund.created');
      expect(stdout).not.toContain('charge.succeeded');
    }
  });

  it('writes one name in help, and takes the filter once', async () => {
    for (const command of ['events list', 'events replay', 'events tail', 'listen']) {
      const { stdout } = await runCli([...command.split(' '), '--help', '--json']);
      const names = (JSON.parse(stdout) as { options: { name: string }[] }).options.map(({ name }) => name);
      expect(names).toContain('types');
      expect(names).not.toContain('events');
      expect(names).not.toContain('type');
    }
    const twice = await runCli(['events', 'list', '--types', 'charge.*', '-d', 'type=refund.*']);
    expect([twice.code, twice.stderr.includes('given twice')]).toEqual([2, true]);
  });

  it('answers as many as wanted', async () => {
    const home = temporaryHome();
    for (let number = 0; number < 4; number += 1) await runCli(['trigger', 'customer.created'], { home });
    expect(linesOf((await runCli(['events', 'list', '--limit', '3', '-q'], { home })).stdout)).toHaveLength(
      3,
    );
  });

  it('says so where there are none, and suggests a type for a slip', async () => {
    const empty = await runCli(['events', 'list'], { tty: true });
    expect(empty.stdout).toContain('No events in the offline emulator');
    const { code, stderr } = await runCli(['events', 'list', '--type', 'charge.succeded', '--json']);
    expect([code, JSON.parse(stderr).error.why]).toEqual([2, 'Did you mean charge.succeeded?']);
  });

  it.each([44, 80])('fits %i columns', async (columns) => {
    const { home } = await paidHome();
    const { stdout } = await runCli(['events', 'list', '--color', 'never'], { home, tty: true, columns });
    for (const line of linesOf(stdout)) expect(line.length <= columns || /evt_/.test(line), line).toBe(true);
  });
});

describe('events retrieve', () => {
  it('answers the unmodified event, or its facts', async () => {
    const { home, id } = await paidHome();
    const list = (await runCli(['events', 'list', '--type', 'charge.refunded', '--json'], { home })).json();
    const [event] = list['data'] as { id: string }[];
    const evt = event?.id ?? '';
    expect((await runCli(['events', 'retrieve', evt, '--json'], { home })).json()).toEqual(event);
    const { stdout } = await runCli(['events', 'retrieve', evt, '--color', 'never'], {
      home,
      tty: true,
      columns: 44,
    });
    expect(stdout).toContain(id);
    expect(stdout).toContain('amount_refunded 0 →');
    expect((await runCli(['events', 'retrieve', evt, '--fields', 'type'], { home })).stdout).toBe(
      'charge.refunded\n',
    );
  });

  it('does not find what is not there', async () => {
    const { code, stderr } = await runCli(['events', 'retrieve', 'evt_nope', '--json']);
    const { error } = JSON.parse(stderr);
    expect([code, error.name]).toEqual([5, 'OBJECT_NOT_FOUND']);
    expect(error.fix).toEqual(['payintent events list']);
  });
});

/** What the SDK makes of a delivery in the moment it was sent, which is that of every run here. */
function signedEvent(body: string, headers: Arrived['headers'], signingSecret: string): Stripe.Event {
  const signature = headers['stripe-signature'] as string;
  return Stripe.webhooks.constructEvent(
    body,
    signature,
    signingSecret,
    300,
    undefined,
    Date.UTC(2026, 10, 22, 12),
  );
}

describe('events resend', () => {
  const newest = async (home: string, type: string) =>
    (await runCli(['events', 'list', '--type', type, '-q', '--limit', '1'], { home })).stdout.trim();

  it('sends the same event, signed so that the SDK accepts it', async () => {
    const { home } = await paidHome();
    const { url, arrived } = await handler();
    const id = await newest(home, 'payment_intent.succeeded');
    const { code, stdout } = await runCli(
      ['events', 'resend', id, '--to', url, '--headers', 'X-Tenant: acme', '--json'],
      { home, env },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).data).toMatchObject([
      { object: 'delivery', event: id, type: 'payment_intent.succeeded', accepted: true, http_status: 200 },
    ]);
    const [{ body, headers }] = arrived as [Arrived];
    expect(signedEvent(body, headers, secret).id).toBe(id);
    expect(headers).toMatchObject({ 'x-tenant': 'acme', 'content-type': 'application/json; charset=utf-8' });
    expect(body).toBe(JSON.stringify(JSON.parse(body), null, 2));
  });

  it('goes to several addresses, and fails where one refuses', async () => {
    const { home } = await paidHome();
    const [good, bad] = [await handler(), await handler(500)];
    const id = await newest(home, 'charge.succeeded');
    const { code, stdout } = await runCli(['events', 'resend', id, '--to', good.url, '--to', bad.url], {
      home,
      env,
    });
    expect(code).toBe(7);
    expect(linesOf(stdout).map((line) => line.split('\t')[2])).toEqual(['200', '500']);
    const shown = await runCli(['events', 'resend', id, '--to', bad.url], { home, env, tty: true });
    expect(shown.stdout).toContain('database down');
    expect(shown.stdout).toContain('0 of 1 delivery accepted');
  });

  it('says that nobody is there', async () => {
    const { home } = await paidHome();
    const id = await newest(home, 'charge.succeeded');
    const { code, stdout } = await runCli(['events', 'resend', id, '--to', 'localhost:1', '--json'], {
      home,
      env,
    });
    expect([code, JSON.parse(stdout).data[0]]).toMatchObject([
      7,
      { accepted: false, http_status: null, reason: 'refused' },
    ]);
  });

  it('signs with the secret of listen unless told otherwise', async () => {
    const { home } = await paidHome();
    const { url, arrived } = await handler();
    const id = await newest(home, 'charge.succeeded');
    await runCli(['events', 'resend', id, '--to', url], { home });
    const printed = (await runCli(['listen', '--print-secret'], { home })).stdout.trim();
    const [{ body, headers }] = arrived as [Arrived];
    expect(signedEvent(body, headers, printed).id).toBe(id);
  });

  it('files deliveries to the registered endpoints of the emulator', async () => {
    const { home } = await paidHome();
    const id = await newest(home, 'charge.succeeded');
    const { code, stderr } = await runCli(['events', 'resend', id, '--json'], { home });
    expect([code, JSON.parse(stderr).error.name]).toEqual([5, 'ENDPOINT_MISSING']);
  });

  it("explains that Stripe's own endpoints are asked elsewhere", async () => {
    const { url } = await stripeWithOneEvent();
    const { code, stderr } = await runCli(['events', 'resend', 'evt_1', '--json', '--api-base', url], {
      env: { STRIPE_API_KEY: testKey },
    });
    const { error } = JSON.parse(stderr) as { error: Record<string, unknown> };
    expect([code, error['name']]).toEqual([2, 'EMULATOR_ONLY']);
    expect(error['fix']).toContain('stripe events resend evt_1 --webhook-endpoint=we_…');
  });

  it.each([
    [['--to', 'http://localhost:1', '--endpoint', 'we_1'], 'FLAGS_CONFLICT'],
    [['--to', 'ftp://example.com'], 'FLAG_INVALID'],
    [['--to', 'localhost:1', '--headers', 'nonsense'], 'FLAG_INVALID'],
  ])('refuses %j', async (flags, name) => {
    const { home } = await paidHome();
    const id = await newest(home, 'charge.succeeded');
    const { code, stderr } = await runCli(['events', 'resend', id, '--json', ...flags], { home });
    expect([code, JSON.parse(stderr).error.name]).toEqual([2, name]);
  });
});

/** A server that knows one event and nothing else: Stripe, as far as this goes. */
async function stripeWithOneEvent(): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    const known = request.url === '/v1/events/evt_1';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        known
          ? { id: 'evt_1', object: 'event', type: 'charge.succeeded', created: 1, data: { object: {} } }
          : { error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('events replay', () => {
  it('sends the last ones again, the oldest first', async () => {
    const { home } = await paidHome();
    const { url, arrived } = await handler();
    const { code, stdout } = await runCli(['events', 'replay', '--last', '3', '--to', url], { home, env });
    expect(code).toBe(0);
    expect(arrived.map(typeOf)).toEqual(['refund.created', 'charge.refunded', 'customer.created']);
    expect(linesOf(stdout)).toHaveLength(3);
  });

  it('sends all of an intent since a moment', async () => {
    const { home, id } = await paidHome();
    const { url, arrived } = await handler();
    await runCli(['events', 'replay', '--since', '5m', '--intent', id, '--to', url], { home, env });
    expect(arrived.map(typeOf)).toEqual(HISTORY);
    const none = await runCli(['events', 'replay', '--since', '2030-01-01', '--to', url], { home, env });
    expect([none.code, arrived.length]).toEqual([0, HISTORY.length]);
  });

  it('goes on after a refusal, and says so', async () => {
    const { home } = await paidHome();
    const { url, arrived } = await handler(500);
    const { code } = await runCli(['events', 'replay', '--last', '2', '--to', url], { home, env });
    expect([code, arrived.length]).toEqual([7, 2]);
  });

  it.each([[[]], [['--last', '0']], [['--last', '3', '--type', 'charge.nope']], [['--since', 'yesterday']]])(
    'refuses %j',
    async (flags) => {
      expect((await runCli(['events', 'replay', '--to', 'localhost:1', ...flags])).code).toBe(2);
    },
  );
});

describe('events tail', () => {
  it('shows what happened, and ends when told to', async () => {
    const { home } = await paidHome();
    const { code, stdout } = await runCli(
      ['events', 'tail', '--backfill', '10m', '--until', 'charge.refunded', '--types', 'charge.*', '--jsonl'],
      { home },
    );
    expect(code).toBe(0);
    const records = linesOf(stdout).map((line) => JSON.parse(line) as { type: string; event_type?: string });
    expect(records[0]?.type).toBe('ready');
    expect(records.filter(({ type }) => type === 'event').map(({ event_type }) => event_type)).toEqual([
      'charge.succeeded',
      'charge.refunded',
    ]);
    expect(records.at(-1)?.type).toBe('stopped');
    expect(records.some(({ type }) => type === 'delivery')).toBe(false);
  });

  it.each([[['--state', ':memory:']], [['--max', '0']], [['--types', 'charge.nope']], [['--until', 'nope']]])(
    'refuses %j',
    async (flags) => {
      expect((await runCli(['events', 'tail', ...flags])).code).toBe(2);
    },
  );
});
