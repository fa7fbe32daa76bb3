import { join } from 'node:path';
import Stripe from 'stripe';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { Running } from '../support/emulator-program.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { programStage } from '../support/program-stage.ts';
import {
  type Arrived,
  type Reaction,
  startHandler,
  type WebhookHandler,
} from '../support/webhook-handler.ts';

const KEY = ['sk', 'test', 'deliveries'].join('_');

const stage = programStage('webhooks');
let state: string;

beforeEach(() => {
  state = join(stage.home, 'state.db');
});

interface Served {
  readonly running: Running;
  readonly url: string;
  readonly stripe: Stripe;
}

/** `payintent emulator serve` over the state of the test. */
async function serve(...words: string[]): Promise<Served> {
  const { running, url } = await stage.serve('--state', state, ...words);
  return { running, url, stripe: stripeAt(url) };
}

async function handler(
  react?: (arrived: Arrived, count: number) => Reaction | Promise<Reaction>,
): Promise<WebhookHandler> {
  const handling = await startHandler(react);
  stage.atEnd(() => handling.close());
  return handling;
}

/** This process works on the state as well. */
function here(): { engine: Engine; stripe: Stripe } {
  const engine = createEngine({ state });
  stage.atEnd(() => engine.close());
  const stripe = new Stripe(KEY, { httpClient: createTransport(engine.handle), telemetry: false });
  return { engine, stripe };
}

const register = ({ stripe }: { stripe: Stripe }, url: string) =>
  stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });

const eventIds = (engine: Engine) => [...engine.store.scan('events')].map(({ id }) => id).reverse();
const openOnes = (engine: Engine) =>
  [...engine.store.scan('webhook_deliveries')].filter(
    ({ status }) => status === 'pending' || status === 'failed',
  );
const settled = (engine: Engine) =>
  expect.poll(() => openOnes(engine).length, { timeout: 40_000, interval: 20 }).toBe(0);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const repeated = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);

it('what another process causes is delivered at once', async () => {
  const target = await handler();
  const served = await serve();
  await register(served, target.url);
  const { engine, stripe } = here();
  const delays: number[] = [];
  for (let round = 1; round <= 15; round += 1) {
    await pause((round * 53) % 200);
    await stripe.customers.create();
    const answered = performance.now();
    await expect.poll(() => target.arrived.length, { interval: 1, timeout: 5000 }).toBe(round);
    delays.push((target.arrived.at(-1)?.at as number) - answered);
  }
  expect(target.accepted).toEqual(eventIds(engine));
  expect(delays.sort((a, b) => a - b)[7]).toBeLessThan(50);
  await served.running.says(/Webhook\s+customer\.created {2}200 {2}\d+ms {2}evt_0\w+ {2}http:/);
});

it('two servers over one state deliver once, and when one is killed the other goes on', async () => {
  const target = await handler();
  const first = await serve();
  await register(first, target.url);
  await first.stripe.customers.create();
  await expect.poll(() => target.accepted.length).toBe(1);
  const second = await serve();
  for (let round = 0; round < 10; round += 1) {
    await first.stripe.customers.create();
    await second.stripe.customers.create();
  }
  const { engine } = here();
  await settled(engine);
  expect(second.running.stderr()).not.toContain('Webhook');
  first.running.child.kill('SIGKILL');
  await first.running.ended;
  await second.stripe.customers.create();
  await settled(engine);
  expect(target.accepted).toEqual(eventIds(engine));
  expect(target.arrived).toHaveLength(target.accepted.length);
});

it('sudden death in the middle loses nothing, and repeats at most what was under way', async () => {
  const target = await handler(async () => {
    await pause(2);
    return 200;
  });
  const { engine, stripe } = here();
  await register({ stripe }, target.url);
  let kills = 0;
  for (let round = 0; round < 5; round += 1) {
    const { running } = await serve();
    const goal = target.accepted.length + 5 + round * 3;
    for (let index = 0; index < 40; index += 1) await stripe.customers.create();
    await expect.poll(() => target.accepted.length, { interval: 1, timeout: 20_000 }).toBeGreaterThan(goal);
    running.child.kill('SIGKILL');
    await running.ended;
    kills += 1;
  }
  expect(openOnes(engine).length).toBeGreaterThan(0);
  await serve();
  await settled(engine);
  expect([...new Set(target.accepted)]).toEqual(eventIds(engine));
  expect(eventIds(engine)).toHaveLength(200);
  expect(repeated(target.accepted).length).toBeLessThanOrEqual(kills);
  for (const event of engine.store.scan('events')) expect(event).toMatchObject({ pending_webhooks: 0 });
});

it('a handler that is down, answers 500, hangs or cuts the connection gets everything, once it works', async () => {
  let reaction: Reaction = 200;
  const target = await handler(() => reaction);
  const served = await serve('--time-scale', '0.05');
  await register(served, target.url);
  const { engine } = here();
  const cause = async () => {
    for (let index = 0; index < 5; index += 1) await served.stripe.customers.create();
  };
  await cause();
  await settled(engine);
  for (const trouble of ['down', 500, 'reset', 'hang'] as const) {
    if (trouble === 'down') await target.down();
    else reaction = trouble;
    const before = target.arrived.length;
    await cause();
    if (trouble === 'down') await pause(1500);
    else
      await expect
        .poll(() => target.arrived.length - before, { timeout: 20_000 })
        .toBeGreaterThan(trouble === 'hang' ? 0 : 2);
    if (trouble === 'down') await target.up();
    reaction = 200;
    await settled(engine);
  }
  expect(target.accepted).toEqual(eventIds(engine));
  expect(target.accepted).toHaveLength(25);
});

describe('--webhook-before-response', () => {
  it('delivers before it answers, to a handler that calls back meanwhile', async () => {
    const found: unknown[] = [];
    let api: Stripe | undefined;
    const target = await handler(async ({ type, body }) => {
      if (type !== 'payment_intent.created') return 200;
      const { id } = (JSON.parse(body) as { data: { object: { id: string } } }).data.object;
      const intent = await api?.paymentIntents.retrieve(id);
      await api?.paymentIntents.update(id, { metadata: { seen: 'yes' } });
      found.push(intent?.id, intent?.status);
      return 200;
    });
    const served = await serve('--webhook-before-response');
    api = served.stripe;
    await register(served, target.url);
    const before = performance.now();
    const intent = await api.paymentIntents.create({ amount: 1099, currency: 'usd' });
    expect(performance.now() - before).toBeLessThan(2000);
    expect(found).toEqual([intent.id, 'requires_payment_method']);
    await api.customers.create();
    expect(target.types()).toEqual(['payment_intent.created', 'customer.created']);
  });
});

it('SIGTERM lets a delivery that is under way end; the next start does not repeat it', async () => {
  const target = await handler(async () => {
    await pause(500);
    return 200;
  });
  const served = await serve();
  await register(served, target.url);
  await served.stripe.customers.create();
  await served.stripe.customers.create();
  await expect.poll(() => target.arrived.length).toBe(1);
  served.running.child.kill('SIGTERM');
  expect(await served.running.ended).toBe(143);
  expect(target.accepted).toHaveLength(1);
  const { engine } = here();
  expect(openOnes(engine)).toHaveLength(1);
  await serve();
  await settled(engine);
  expect(target.arrived.map(({ id }) => id)).toEqual(eventIds(engine));
});

it('refuses a time scale that is none', async () => {
  const running = stage.start(['emulator', 'serve', '--time-scale', 'fast']);
  expect(await running.ended).toBe(2);
  expect(running.stderr()).toContain('--time-scale "fast" is no factor');
});
