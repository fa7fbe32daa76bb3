import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const types = async (params: Stripe.EventListParams) =>
  (await stripe.events.list(params)).data.map((event) => event.type);

describe('events', () => {
  test('keep a snapshot of their object and say what caused them', async () => {
    const customer = await stripe.customers.create({ name: 'Then' }, { idempotencyKey: 'key-1' });
    await stripe.customers.update(customer.id, { name: 'Now' });
    const [event] = (await stripe.events.list({ type: 'customer.created' })).data;
    expect(event).toMatchObject({
      object: 'event',
      type: 'customer.created',
      livemode: false,
      pending_webhooks: 0,
      data: { object: { id: customer.id, name: 'Then' } },
      request: { idempotency_key: 'key-1', id: customer.lastResponse.requestId },
    });
    expect(event?.id).toMatch(/^evt_0[A-Za-z0-9]{23}$/);
    expect(await stripe.events.retrieve(event?.id as string)).toEqual(event);
    expect(await errorOf(stripe.events.retrieve('evt_nope'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    });
  });

  test('are listed newest first, by one type, several types or a pattern', async () => {
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.paymentMethods.detach(method.id);
    await stripe.customers.del(customer.id);
    expect(await types({})).toEqual([
      'customer.deleted',
      'payment_method.detached',
      'payment_method.attached',
      'customer.created',
    ]);
    expect(await types({ type: 'customer.*' })).toEqual(['customer.deleted', 'customer.created']);
    expect(await types({ types: ['customer.created', 'payment_method.attached'] })).toEqual([
      'payment_method.attached',
      'customer.created',
    ]);
    expect(await types({ type: 'payment_method.created' })).toEqual([]);
    expect(await errorOf(types({ type: 'a', types: ['b'] }))).toMatchObject({ statusCode: 400 });
    expect(await errorOf(types({ delivery_success: true }))).toMatchObject({ code: 'emulator_unsupported' });
  });

  test('are kept for thirty days', async () => {
    await stripe.customers.create();
    const [first] = (await stripe.events.list()).data;
    await emulator.advance(30 * 86_400);
    expect(await types({})).toEqual(['customer.created']);
    await emulator.advance(1);
    expect(await types({})).toEqual([]);
    expect(await types({ created: { gte: 0 } })).toEqual([]);
    expect(await errorOf(stripe.events.retrieve(first?.id as string))).toMatchObject({ statusCode: 404 });
  });
});

describe('webhook endpoints', () => {
  const url = 'http://127.0.0.1:4242/webhook';

  test('show their secret once', async () => {
    const endpoint = await stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
    expect(endpoint).toMatchObject({
      object: 'webhook_endpoint',
      api_version: null,
      application: null,
      description: null,
      enabled_events: ['customer.created'],
      metadata: {},
      status: 'enabled',
      url,
    });
    expect(endpoint.id).toMatch(/^we_0/);
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9]{32}$/);
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
    expect((await stripe.webhookEndpoints.list()).data[0]?.secret).toBeUndefined();
    await stripe.customers.create();
    const [event] = (await stripe.events.list()).data;
    expect(event?.pending_webhooks).toBe(1);
  });

  test('can be changed, disabled and deleted', async () => {
    const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: ['*'], description: 'mine' });
    const updated = await stripe.webhookEndpoints.update(id, {
      disabled: true,
      description: '',
      enabled_events: ['charge.succeeded'],
      metadata: { a: '1' },
      url: 'https://example.com/hook',
    });
    expect(updated).toMatchObject({
      status: 'disabled',
      description: null,
      enabled_events: ['charge.succeeded'],
      metadata: { a: '1' },
      url: 'https://example.com/hook',
    });
    expect((await stripe.webhookEndpoints.update(id, { disabled: false })).status).toBe('enabled');
    expect(await stripe.webhookEndpoints.del(id)).toMatchObject({
      id,
      object: 'webhook_endpoint',
      deleted: true,
    });
    expect(await errorOf(stripe.webhookEndpoints.retrieve(id))).toMatchObject({
      statusCode: 404,
      message: `No such webhook endpoint: '${id}'`,
    });
  });

  test.each([
    [
      { url: 'localhost:4242', enabled_events: ['*'] },
      { code: 'url_invalid', param: 'url' },
    ],
    [
      { url: 'ftp://example.com', enabled_events: ['*'] },
      { code: 'url_invalid', param: 'url' },
    ],
    [{ url }, { code: 'parameter_missing', param: 'enabled_events' }],
    [{ enabled_events: ['*'] }, { code: 'parameter_missing', param: 'url' }],
    [{ url, enabled_events: ['no.such.event'] }, { param: 'enabled_events[0]' }],
    [{ url, enabled_events: ['*'], connect: true }, { code: 'emulator_unsupported' }],
    [{ url, enabled_events: ['*'], api_version: '2024-06-20' }, { code: 'emulator_unsupported' }],
  ])('refuse %o', async (params, error) => {
    expect(await errorOf(stripe.webhookEndpoints.create(params as never))).toMatchObject({
      statusCode: 400,
      ...error,
    });
  });

  test('there can be sixteen', async () => {
    for (let n = 0; n < 16; n += 1) await stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });
    const error = await errorOf(stripe.webhookEndpoints.create({ url, enabled_events: ['*'] }));
    expect(error.message).toMatch(/maximum of 16 test webhook endpoints/);
  });
});

describe('the account', () => {
  test('is one and the same', async () => {
    const account = await stripe.accounts.retrieveCurrent();
    expect(account).toMatchObject({
      object: 'account',
      charges_enabled: true,
      country: 'US',
      default_currency: 'usd',
    });
    expect(account.capabilities).toMatchObject({ card_payments: 'active', transfers: 'active' });
    expect((await stripe.accounts.retrieve(account.id)).id).toBe(account.id);
    expect(await errorOf(stripe.accounts.retrieve('acct_fake'))).toMatchObject({
      statusCode: 403,
      code: 'account_invalid',
    });
  });
});
