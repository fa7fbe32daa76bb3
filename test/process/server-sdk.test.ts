import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveEmulator, PUBLISHABLE_KEY, startLiveEmulator, stripeAt } from '../support/live-emulator.ts';

let live: LiveEmulator;
beforeEach(async () => {
  live = await startLiveEmulator();
});
afterEach(async () => {
  await live.stop();
  expect(live.bugs).toEqual([]);
});

const create = (
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
  options: Stripe.RequestOptions = {},
) =>
  live.stripe.paymentIntents.create(
    {
      amount: 1099,
      currency: 'usd',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      ...params,
    },
    options,
  );

describe('the official SDK over HTTP', () => {
  test('creates, confirms and retrieves', async () => {
    const created = await create();
    expect(created.status).toBe('requires_payment_method');
    const confirmed = await live.stripe.paymentIntents.confirm(created.id, {
      payment_method: 'pm_card_visa',
    });
    expect(confirmed.status).toBe('succeeded');
    const found = await live.stripe.paymentIntents.retrieve(created.id, { expand: ['latest_charge'] });
    expect((found.latest_charge as Stripe.Charge).amount).toBe(1099);
    expect(found.lastResponse.requestId).toMatch(/^req_/);
  });

  test('keeps texts of any script as they are', async () => {
    const description = 'Köfte ☕ 😀 القهوة & a=b + %';
    const created = await create({ description, metadata: { 'clé[é]': description } });
    const found = await live.stripe.paymentIntents.retrieve(created.id);
    expect(found.description).toBe(description);
  });

  test.each([
    [
      'a decline',
      () => create({ confirm: true, payment_method: 'pm_card_chargeDeclined' }),
      Stripe.errors.StripeCardError,
      { code: 'card_declined', statusCode: 402 },
    ],
    [
      'an unknown id',
      () => live.stripe.paymentIntents.retrieve('pi_nope'),
      Stripe.errors.StripeInvalidRequestError,
      { code: 'resource_missing', statusCode: 404 },
    ],
    [
      'an unknown parameter',
      () => create({ wat: 1 } as object),
      Stripe.errors.StripeInvalidRequestError,
      { code: 'parameter_unknown', param: 'wat' },
    ],
    [
      'a malformed key',
      () => stripeAt(live.server.url, 'nonsense').paymentIntents.list(),
      Stripe.errors.StripeAuthenticationError,
      { statusCode: 401 },
    ],
  ])('turns %s into its typed error', async (_name, act, type, fields) => {
    const refused = act();
    await expect(refused).rejects.toBeInstanceOf(type);
    await expect(refused).rejects.toMatchObject(fields);
  });

  test('pages through 250 intents by itself, newest first and each once', async () => {
    const made: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const some = await Promise.all(Array.from({ length: 25 }, () => create()));
      made.push(...some.map(({ id }) => id));
    }
    const seen: string[] = [];
    for await (const intent of live.stripe.paymentIntents.list({ limit: 100 })) seen.push(intent.id);
    expect(seen).toHaveLength(250);
    expect(new Set(seen)).toEqual(new Set(made));
    const all = await live.stripe.paymentIntents.list({ limit: 40 }).autoPagingToArray({ limit: 1000 });
    expect(all.map(({ id }) => id)).toEqual(seen);
  });
});

describe('idempotency keys', () => {
  test('replay the first answer', async () => {
    const first = await create({}, { idempotencyKey: 'order-7' });
    const second = await create({}, { idempotencyKey: 'order-7' });
    expect(second).toEqual(first);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
  });

  test('are refused with other parameters', async () => {
    await create({}, { idempotencyKey: 'order-7' });
    await expect(create({ amount: 5000 }, { idempotencyKey: 'order-7' })).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    );
  });

  test('make exactly one intent of twenty requests at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => create({}, { idempotencyKey: 'at-once' })),
    );
    const ids = new Set<string>();
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') ids.add(outcome.value.id);
      // The one other answer there may be: the first is still under way.
      else expect(outcome.reason).toMatchObject({ statusCode: 409 });
    }
    expect(ids.size).toBe(1);
    expect((await live.stripe.paymentIntents.list()).data).toHaveLength(1);
  });
});

describe('a browser with a publishable key', () => {
  const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(`${live.server.url}${path}`, {
      ...init,
      headers: {
        origin: 'https://shop.example',
        authorization: `Bearer ${PUBLISHABLE_KEY}`,
        ...init.headers,
      },
    });

  test('retrieves and confirms the intent whose client secret it holds', async () => {
    const intent = await create();
    const query = new URLSearchParams({ client_secret: intent.client_secret ?? '' });
    const found = await call(`/v1/payment_intents/${intent.id}?${query}`);
    expect(found.status).toBe(200);
    expect(found.headers.get('access-control-allow-origin')).toBe('*');
    query.set('payment_method', 'pm_card_visa');
    const confirmed = await call(`/v1/payment_intents/${intent.id}/confirm`, { method: 'POST', body: query });
    expect(await confirmed.json()).toMatchObject({ id: intent.id, status: 'succeeded' });
  });

  test('gets no further', async () => {
    const intent = await create();
    expect(
      (await call(`/v1/payment_intents/${intent.id}?client_secret=wrong`)).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await call('/v1/payment_intents')).status).toBe(401);
  });
});
