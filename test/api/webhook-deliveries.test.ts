import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import { createDeliveries, type DeliveriesOptions } from '../../src/emulator/delivery/deliveries.ts';
import type { AttemptResult } from '../../src/emulator/delivery/delivery.ts';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { WebhookDelivery } from '../../src/emulator/webhook-listeners.ts';
import {
  type Arrived,
  type Reaction,
  startHandler,
  type WebhookHandler,
} from '../support/webhook-handler.ts';

const KEY = ['sk', 'test', 'deliveries'].join('_');
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function handler(
  react?: (arrived: Arrived, count: number) => Reaction | Promise<Reaction>,
): Promise<WebhookHandler> {
  const started = await startHandler(react);
  ends.push(() => started.close());
  return started;
}

interface Sender {
  readonly engine: Engine;
  readonly stripe: Stripe;
  readonly attempts: AttemptResult[];
  readonly rows: () => WebhookDelivery[];
  /** Registers an endpoint. */
  readonly endpoint: (url: string, types?: string[]) => Promise<Stripe.WebhookEndpoint>;
  /** Ids of all events, oldest first. */
  readonly eventIds: () => string[];
  /** Resolves when every delivery is settled. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** An emulator that delivers; in memory unless a state file is given. */
function sender(options: DeliveriesOptions & { state?: string; realNow?: () => number } = {}): Sender {
  const { state, realNow, ...rest } = options;
  const bugs: unknown[] = [];
  const attempts: AttemptResult[] = [];
  const engine = createEngine({
    ...(state === undefined ? {} : { state }),
    ...(realNow === undefined ? {} : { realNow }),
    onBug: (error) => bugs.push(error),
  });
  const deliveries = createDeliveries(engine, {
    timeScale: 0.02,
    onTrouble: (error) => bugs.push(error),
    onAttempt: (result) => attempts.push(result),
    ...rest,
  });
  const handle = deliveries.wrap(engine.handle);
  const stripe = new Stripe(KEY, {
    httpClient: createTransport(handle),
    telemetry: false,
    maxNetworkRetries: 0,
  });
  deliveries.start();
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await deliveries.stop(0);
    engine.close();
    expect(bugs).toEqual([]);
  };
  ends.push(stop);
  const rows = () => ([...engine.store.scan('webhook_deliveries')] as WebhookDelivery[]).reverse();
  return {
    engine,
    stripe,
    attempts,
    rows,
    endpoint: (url, types = ['*']) =>
      stripe.webhookEndpoints.create({
        url,
        enabled_events: types as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
      }),
    eventIds: () => [...engine.store.scan('events')].map(({ id }) => id).reverse(),
    settled: () =>
      expect
        .poll(() => rows().filter(({ status }) => status === 'pending' || status === 'failed').length, {
          timeout: 20_000,
          interval: 10,
        })
        .toBe(0),
    stop,
  };
}

/** Pays, which makes four events. */
const pay = (stripe: Stripe) =>
  stripe.paymentIntents.create({
    amount: 1099,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });

function stateFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'payintent-deliveries-'));
  ends.push(() => rmSync(directory, { recursive: true }));
  return join(directory, 'state.db');
}

describe('a delivery', () => {
  it('is the whole event, pretty-printed, with the headers of real ones and a signature the SDK accepts', async () => {
    const target = await handler();
    const { stripe, endpoint, settled } = sender();
    const { secret } = await endpoint(target.url, ['payment_intent.created']);
    const intent = await stripe.paymentIntents.create({
      amount: 1099,
      currency: 'usd',
      description: 'Größe',
    });
    await settled();
    const [arrived, ...rest] = target.arrived;
    expect(rest).toEqual([]);
    const { body, headers } = arrived as Arrived;
    const signature = headers['stripe-signature'] as string;
    const event = stripe.webhooks.constructEvent(body, signature, secret as string);
    expect(event).toMatchObject({
      object: 'event',
      type: 'payment_intent.created',
      api_version: expect.stringMatching(/^\d{4}-/),
      pending_webhooks: 1,
      data: { object: { id: intent.id } },
      request: { id: intent.lastResponse.requestId },
    });
    expect(body).toBe(JSON.stringify(event, null, 2));
    expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64},v0=[0-9a-f]{64}$/);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      accept: '*/*; q=0.5, application/xml',
      'accept-encoding': 'gzip',
      'cache-control': 'no-cache',
      'content-length': String(Buffer.byteLength(body)),
    });
    expect(await stripe.events.retrieve(event.id)).toEqual({ ...event, pending_webhooks: 0 });
  });

  it('goes to the endpoints that want it, each with a secret of its own', async () => {
    const [all, some, off] = [await handler(), await handler(), await handler()];
    const { stripe, endpoint, settled, engine } = sender();
    const secrets = [await endpoint(all.url), await endpoint(some.url, ['charge.succeeded'])];
    const third = await endpoint(off.url);
    await stripe.webhookEndpoints.update(third.id, { disabled: true });
    await pay(stripe);
    await settled();
    expect(all.types()).toEqual([...engine.store.scan('events')].map((event) => event['type']).reverse());
    expect(some.types()).toEqual(['charge.succeeded']);
    expect(off.types()).toEqual([]);
    for (const [index, target] of [all, some].entries()) {
      const { body, headers } = target.arrived.at(-1) as Arrived;
      const verify = (secret: string | undefined) =>
        stripe.webhooks.constructEvent(body, headers['stripe-signature'] as string, secret as string);
      expect(verify(secrets[index]?.secret)).toMatchObject({ object: 'event' });
      expect(() => verify(secrets[1 - index]?.secret)).toThrow(/No signatures found/);
    }
    const charge = JSON.parse(some.arrived[0]?.body as string) as { pending_webhooks: number; id: string };
    expect(charge.pending_webhooks).toBe(2);
    expect(await stripe.events.retrieve(charge.id)).toMatchObject({ pending_webhooks: 0 });
  });

  it('goes to no endpoint that was registered later', async () => {
    const target = await handler();
    const { stripe, endpoint, settled } = sender();
    await stripe.customers.create();
    await endpoint(target.url);
    await stripe.customers.create({ name: 'Later' });
    await settled();
    expect(target.arrived.map(({ body }) => JSON.parse(body).data.object.name)).toEqual(['Later']);
  });

  it('comes in the order of the events, one at a time', async () => {
    let under = 0;
    let most = 0;
    const target = await handler(async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 1));
      under -= 1;
      return 200;
    });
    const { stripe, endpoint, settled, eventIds } = sender();
    await endpoint(target.url);
    await Promise.all(Array.from({ length: 20 }, () => pay(stripe)));
    await settled();
    expect(target.accepted).toEqual(eventIds());
    expect(most).toBe(1);
  });
});

describe('a delivery that fails', () => {
  it('is made again with the same body, a new time and a new signature', async () => {
    let ahead = 0;
    const target = await handler((_arrived, count) => {
      ahead += 5000;
      return count < 3 ? 500 : 204;
    });
    const { stripe, endpoint, settled, rows, eventIds } = sender({ realNow: () => Date.now() + ahead });
    await endpoint(target.url, ['customer.created']);
    await stripe.customers.create();
    await expect.poll(() => rows()[0]?.status).toBe('failed');
    expect(await stripe.events.retrieve(eventIds()[0] as string)).toMatchObject({ pending_webhooks: 1 });
    await settled();
    expect(target.arrived).toHaveLength(3);
    expect(new Set(target.arrived.map(({ body }) => body)).size).toBe(1);
    const signatures = target.arrived.map(({ headers }) => headers['stripe-signature'] as string);
    expect(new Set(signatures.map((text) => /t=\d+/.exec(text)?.[0])).size).toBe(3);
    expect(new Set(signatures.map((text) => /v1=\w+/.exec(text)?.[0])).size).toBe(3);
    expect(rows()).toMatchObject([
      {
        attempts: 3,
        failures: 2,
        status: 'succeeded',
        next_attempt: null,
        last_attempt: { http_status: 204 },
      },
    ]);
    expect(await stripe.events.retrieve(eventIds()[0] as string)).toMatchObject({ pending_webhooks: 0 });
  });

  it.each<[string, Reaction]>([
    ['a redirect', 302],
    ['a refusal', 400],
    ['an error', 503],
    ['a connection that is cut', 'reset'],
    ['no answer', 'hang'],
  ])('%s is no acceptance', async (_name, reaction) => {
    const target = await handler((_arrived, count) => (count === 1 ? reaction : 200));
    const { stripe, endpoint, settled, attempts, eventIds } = sender({ timeoutMs: 100 });
    await endpoint(target.url);
    await stripe.customers.create();
    await stripe.customers.create();
    await settled();
    expect(attempts.map(({ status }) => status)).toEqual(['failed', 'succeeded', 'succeeded']);
    expect(target.accepted).toEqual(eventIds());
    expect(attempts[0]?.outcome).toMatchObject(
      typeof reaction === 'number'
        ? { kind: 'answered', status: reaction, bodyStart: `answered ${reaction}` }
        : { kind: 'failed', reason: reaction === 'hang' ? 'timeout' : 'reset' },
    );
  });

  it('is given up in the end, and what comes after it is not', async () => {
    const target = await handler(({ type }) => (type === 'customer.created' ? 400 : 200));
    const { stripe, endpoint, settled, rows } = sender({ timeScale: 0.0005 });
    await endpoint(target.url, ['customer.created', 'customer.deleted']);
    const customer = await stripe.customers.create();
    await stripe.customers.del(customer.id);
    await settled();
    expect(rows()).toMatchObject([
      {
        event_type: 'customer.created',
        status: 'dead',
        attempts: 7,
        next_attempt: null,
        last_attempt: { http_status: 400, body_start: 'answered 400' },
      },
      { event_type: 'customer.deleted', status: 'succeeded', attempts: 1 },
    ]);
  });

  it('to a handler that is down for a while arrives when it is up, in order, and once', async () => {
    const target = await handler();
    const { stripe, endpoint, settled, eventIds, rows } = sender({ timeScale: 0.05 });
    await endpoint(target.url);
    await pay(stripe);
    await settled();
    await target.down();
    await pay(stripe);
    await expect.poll(() => rows().some(({ unreachable }) => unreachable >= 3), { timeout: 5000 }).toBe(true);
    await pay(stripe);
    await target.up();
    await settled();
    expect(target.accepted).toEqual(eventIds());
    expect(target.arrived).toHaveLength(target.accepted.length);
  });

  it('is not made while the endpoint is disabled, and never again once it is deleted', async () => {
    let status = 500;
    const target = await handler(() => status);
    const { stripe, endpoint, settled, rows } = sender({ timeScale: 0.1 });
    const { id } = await endpoint(target.url);
    await stripe.customers.create();
    await expect.poll(() => target.arrived.length).toBe(1);
    await stripe.webhookEndpoints.update(id, { disabled: true });
    await expect.poll(() => rows()[0]?.last_attempt?.reason, { interval: 10 }).toBe('disabled');
    expect(target.arrived).toHaveLength(1);
    status = 200;
    await stripe.webhookEndpoints.update(id, { disabled: false });
    await settled();
    expect(rows()).toMatchObject([{ status: 'succeeded' }]);
    status = 500;
    await stripe.customers.create();
    await expect.poll(() => rows()[1]?.status).toBe('failed');
    await stripe.webhookEndpoints.del(id);
    expect(rows()[1]).toMatchObject({ status: 'dead', next_attempt: null });
    const sofar = target.arrived.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(target.arrived).toHaveLength(sofar);
  });

  it('is made again when the clock of the emulator is advanced', async () => {
    const target = await handler((_arrived, count) => (count === 1 ? 500 : 200));
    const { stripe, endpoint, settled, engine, rows } = sender({ timeScale: 3600 });
    await endpoint(target.url);
    await stripe.customers.create();
    await expect.poll(() => rows()[0]?.status).toBe('failed');
    await engine.advance(3600);
    await settled();
    expect(target.accepted).toHaveLength(1);
    const signedAt = Number(/t=(\d+)/.exec(target.arrived[1]?.headers['stripe-signature'] as string)?.[1]);
    expect(Math.abs(signedAt - Date.now() / 1000)).toBeLessThan(60);
  });
});

describe('the next start', () => {
  it('sends what the last one left open, and nothing that was accepted', async () => {
    const state = stateFile();
    const target = await handler(async () => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      return 200;
    });
    const first = sender({ state });
    await first.endpoint(target.url);
    for (let round = 0; round < 10; round += 1) await pay(first.stripe);
    await expect.poll(() => first.attempts.length, { interval: 1 }).toBeGreaterThan(3);
    await first.stop();
    const second = sender({ state });
    await second.settled();
    expect(first.attempts.length).toBeLessThan(second.eventIds().length);
    expect([...new Set(target.accepted)]).toEqual(second.eventIds());
    // Only what was under way when the first one was cut may have come twice.
    expect(target.arrived.length).toBeLessThanOrEqual(second.eventIds().length + 1);
  });

  it('sends nothing of before a reset', async () => {
    const target = await handler(() => 500);
    const { stripe, endpoint, engine } = sender();
    await endpoint(target.url);
    await stripe.customers.create();
    await expect.poll(() => target.arrived.length).toBeGreaterThan(0);
    engine.store.reset();
    const sofar = target.arrived.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(target.arrived.length - sofar).toBeLessThanOrEqual(1);
    const later = await handler();
    await endpoint(later.url);
    await stripe.customers.create();
    await expect.poll(() => later.accepted.length).toBe(1);
  });
});

describe('delivery before the response', () => {
  it('the endpoint has seen the events of a call when the call is answered', async () => {
    const target = await handler();
    const { stripe, endpoint } = sender({ beforeResponse: true });
    await endpoint(target.url);
    for (let round = 1; round <= 5; round += 1) {
      const intent = await pay(stripe);
      const mine = target.arrived.filter(({ body }) => body.includes(intent.id));
      expect(mine.map(({ type }) => type)).toEqual([
        'payment_intent.created',
        'charge.succeeded',
        'payment_intent.succeeded',
      ]);
    }
  });

  it('an endpoint that calls the API meanwhile finds the object and is answered', async () => {
    const calls: unknown[] = [];
    let stripe: Stripe | undefined;
    const target = await handler(async ({ body, type }) => {
      const { id } = (JSON.parse(body) as { data: { object: { id: string } } }).data.object;
      if (type === 'customer.created') {
        calls.push((await stripe?.customers.retrieve(id))?.id === id);
        calls.push((await stripe?.customers.update(id, { name: 'Seen' }))?.name);
      }
      return 200;
    });
    const started = sender({ beforeResponse: true });
    stripe = started.stripe;
    await started.endpoint(target.url);
    const before = performance.now();
    const customer = await stripe.customers.create();
    expect(performance.now() - before).toBeLessThan(2000);
    expect(calls).toEqual([true, 'Seen']);
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({ name: 'Seen' });
    await started.settled();
    expect(target.types()).toEqual(['customer.created', 'customer.updated']);
  });

  it('an endpoint that fails or hangs holds answers up once, not for its retries', async () => {
    const target = await handler(() => 'hang');
    const { stripe, endpoint } = sender({ beforeResponse: true, timeoutMs: 150, timeScale: 10 });
    await endpoint(target.url);
    const took = async () => {
      const before = performance.now();
      await stripe.customers.create();
      return performance.now() - before;
    };
    expect(await took()).toBeGreaterThanOrEqual(150);
    await expect.poll(() => target.arrived.length).toBe(1);
    expect(await took()).toBeLessThan(100);
  });

  it('calls that cause nothing are answered at once', async () => {
    const target = await handler(() => 'hang');
    const { stripe, endpoint } = sender({ beforeResponse: true });
    await endpoint(target.url, ['charge.succeeded']);
    const before = performance.now();
    await stripe.customers.create();
    await stripe.customers.list();
    expect(performance.now() - before).toBeLessThan(500);
  });
});
