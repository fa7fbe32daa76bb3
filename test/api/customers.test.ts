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

const live = async (id: string) => (await stripe.customers.retrieve(id)) as Stripe.Customer;

describe('create', () => {
  test('starts with what every customer has', async () => {
    const customer = await stripe.customers.create();
    expect(customer).toMatchObject({
      object: 'customer',
      address: null,
      balance: 0,
      currency: null,
      default_source: null,
      delinquent: false,
      description: null,
      discount: null,
      email: null,
      invoice_settings: {
        custom_fields: null,
        default_payment_method: null,
        footer: null,
        rendering_options: null,
      },
      livemode: false,
      metadata: {},
      name: null,
      next_invoice_sequence: 1,
      phone: null,
      preferred_locales: [],
      shipping: null,
      tax_exempt: 'none',
      test_clock: null,
    });
    expect(customer.id).toMatch(/^cus_0[A-Za-z0-9]{13}$/);
    expect(customer.invoice_prefix).toMatch(/^[0-9A-Z]{8}$/);
    expect(Object.keys(customer).slice(0, 3)).toEqual(['id', 'object', 'address']);
    expect(emulator.eventTypes()).toEqual(['customer.created']);
  });

  test('keeps what is given; empty texts are none', async () => {
    const customer = await stripe.customers.create({
      address: { city: 'Herndon', country: 'United States of America', line1: '1 Lovely Street' },
      description: '',
      email: 'jenny@example.com',
      name: ' Jenny Rosen ',
      phone: '+1 555',
      metadata: { a: '1', gone: '' },
      preferred_locales: ['en', 'ar'],
      shipping: { address: { line1: '2 Street', country: 'de' }, name: 'Jenny' },
      tax_exempt: 'exempt',
      invoice_settings: { footer: 'Thanks', custom_fields: [{ name: 'VAT', value: '1' }] },
    });
    expect(customer).toMatchObject({
      address: {
        city: 'Herndon',
        country: 'United States of America',
        line1: '1 Lovely Street',
        line2: null,
        postal_code: null,
        state: null,
      },
      description: null,
      email: 'jenny@example.com',
      name: 'Jenny Rosen',
      metadata: { a: '1' },
      preferred_locales: ['en', 'ar'],
      shipping: { address: { country: 'DE', line1: '2 Street', city: null }, name: 'Jenny', phone: null },
      tax_exempt: 'exempt',
      invoice_settings: { footer: 'Thanks', custom_fields: [{ name: 'VAT', value: '1' }] },
    });
  });

  test.each([
    [{ email: 'not-an-email' }, { code: 'email_invalid', param: 'email' }],
    [{ wat: '1' }, { code: 'parameter_unknown', param: 'wat' }],
    [{ invoice_settings: { nope: '1' } }, { code: 'parameter_unknown', param: 'invoice_settings[nope]' }],
    [{ tax_exempt: 'never' }, { param: 'tax_exempt' }],
    [{ invoice_prefix: 'ab' }, { param: 'invoice_prefix' }],
    [{ test_clock: 'clock_1' }, { code: 'emulator_unsupported', param: 'test_clock' }],
    [
      { tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }] },
      { code: 'emulator_unsupported', param: 'tax_id_data' },
    ],
    [{ payment_method: 'pm_nope' }, { code: 'resource_missing', param: 'payment_method' }],
    [{ source: 'pm_card_visa' }, { param: 'source' }],
  ])('refuses %o', async (params, error) => {
    expect(await errorOf(stripe.customers.create(params as never))).toMatchObject({
      statusCode: 400,
      ...error,
    });
    expect((await stripe.customers.list()).data).toEqual([]);
  });

  test('saves a method, or fails as a whole when the card is declined', async () => {
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
      expand: ['invoice_settings.default_payment_method'],
    });
    const method = customer.invoice_settings.default_payment_method as Stripe.PaymentMethod;
    expect(method).toMatchObject({ object: 'payment_method', customer: customer.id });
    expect(emulator.eventTypes()).toEqual(['customer.created', 'payment_method.attached']);
    const error = await errorOf(stripe.customers.create({ payment_method: 'pm_card_chargeDeclined' }));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', param: '' });
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });
});

describe('update', () => {
  test('changes what is given and tells what was before', async () => {
    const { id } = await stripe.customers.create({
      email: 'a@example.com',
      name: 'Before',
      metadata: { a: '1' },
    });
    const customer = await stripe.customers.update(id, {
      email: 'b@example.com',
      name: 'After',
      metadata: { b: '2' },
    });
    expect(customer).toMatchObject({ email: 'b@example.com', name: 'After', metadata: { a: '1', b: '2' } });
    const [event] = (await stripe.events.list({ type: 'customer.updated' })).data;
    expect(event?.data.previous_attributes).toEqual({
      email: 'a@example.com',
      name: 'Before',
      metadata: { b: null },
    });
    await stripe.customers.update(id, { name: 'After' });
    expect(emulator.eventTypes(id)).toEqual(['customer.created', 'customer.updated']);
  });

  test('takes a default method of its own only', async () => {
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const settings = (id: string) =>
      stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
    expect((await settings(method.id)).invoice_settings.default_payment_method).toBe(method.id);
    expect((await settings('')).invoice_settings.default_payment_method).toBeNull();
    const foreign = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    expect(await errorOf(settings(foreign.id))).toMatchObject({
      statusCode: 400,
      message: `The customer does not have a payment method with the ID ${foreign.id}. The payment method must be attached to the customer.`,
      param: 'invoice_settings[default_payment_method]',
    });
  });

  test('needs a customer', async () => {
    expect(await errorOf(stripe.customers.update('cus_nope', { name: 'x' }))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
      message: "No such customer: 'cus_nope'",
    });
  });
});

describe('delete', () => {
  test('leaves a stub, detaches the methods and makes the id unusable', async () => {
    const customer = await stripe.customers.create({ email: 'gone@example.com' });
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const stub = { id: customer.id, object: 'customer', deleted: true };
    expect(await stripe.customers.del(customer.id)).toMatchObject(stub);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject(stub);
    expect((await stripe.paymentMethods.retrieve(method.id)).customer).toBeNull();
    expect((await stripe.customers.list({ email: 'gone@example.com' })).data).toEqual([]);
    const [event] = (await stripe.events.list({ type: 'customer.deleted' })).data;
    expect(event?.data.object).toMatchObject({ id: customer.id, email: 'gone@example.com' });
    expect(await errorOf(stripe.customers.del(customer.id))).toMatchObject({ statusCode: 404 });
    expect(await errorOf(stripe.customers.update(customer.id, {}))).toMatchObject({ statusCode: 400 });
    expect(await errorOf(stripe.paymentMethods.list({ customer: customer.id }))).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'customer',
    });
  });
});

describe('lists', () => {
  test('newest first, by e-mail, with a deleted customer as cursor', async () => {
    const ids: string[] = [];
    for (const email of ['a@example.com', 'b@example.com', 'a@example.com']) {
      ids.unshift((await stripe.customers.create({ email })).id);
    }
    const [third, second, first] = ids as [string, string, string];
    const listed = async (params: Stripe.CustomerListParams) =>
      (await stripe.customers.list(params)).data.map((customer) => customer.id);
    expect(await listed({})).toEqual(ids);
    expect(await listed({ email: 'a@example.com' })).toEqual([third, first]);
    expect(await listed({ limit: 0 })).toEqual([third]);
    await stripe.customers.del(second);
    expect(await listed({ starting_after: second })).toEqual([first]);
    expect(await errorOf(listed({ starting_after: 'cus_nope' }))).toMatchObject({
      statusCode: 400,
      param: 'starting_after',
    });
  });

  test('expansion adds what is there on request only', async () => {
    const customer = await stripe.customers.create({
      expand: ['tax', 'invoice_credit_balance', 'sources', 'subscriptions', 'tax_ids'],
    });
    expect(customer.tax).toEqual({
      automatic_tax: 'unrecognized_location',
      ip_address: null,
      location: null,
      provider: 'stripe',
    });
    expect(customer.invoice_credit_balance).toEqual({});
    const empty = { object: 'list', data: [], has_more: false, total_count: 0 };
    expect(customer.sources).toMatchObject({ ...empty, url: `/v1/customers/${customer.id}/sources` });
    expect(customer.subscriptions).toMatchObject(empty);
    expect(customer.tax_ids).toMatchObject(empty);
    expect((await live(customer.id)).sources).toBeUndefined();
  });
});

describe('cards saved the old way', () => {
  test('the oldest name of a source still works', async () => {
    const { status, json } = await emulator.raw('POST', '/v1/customers', 'card=tok_visa&expand[]=sources');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      default_source: expect.stringMatching(/^card_/),
      sources: { total_count: 1 },
    });
  });

  test('a token becomes the default source, and a payment method under the same id', async () => {
    const token = await stripe.tokens.create({
      card: { number: '4242424242424242', exp_month: '9', exp_year: '2027', cvc: '123', name: 'Jenny' },
    });
    const customer = await stripe.customers.create({ source: token.id });
    const id = customer.default_source as string;
    expect(id).toBe(token.card?.id);
    const list = await stripe.customers.listSources(customer.id, { object: 'card', limit: 1 });
    expect(list).toMatchObject({ has_more: false, url: `/v1/customers/${customer.id}/sources` });
    expect(list.data[0]).toMatchObject({
      id,
      object: 'card',
      brand: 'Visa',
      customer: customer.id,
      cvc_check: 'pass',
      exp_month: 9,
      exp_year: 2027,
      name: 'Jenny',
    });
    expect((await stripe.customers.listSources(customer.id, { object: 'bank_account' })).data).toEqual([]);
    expect((await stripe.paymentMethods.retrieve(id)).customer).toBe(customer.id);
    expect(emulator.eventTypes()).toEqual([
      'customer.created',
      'payment_method.attached',
      'customer.source.created',
    ]);
    const paid = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      customer: customer.id,
      payment_method: id,
      confirm: true,
      off_session: true,
    });
    expect(paid.status).toBe('succeeded');
  });

  test('a source can be added, replaced and deleted', async () => {
    const customer = await stripe.customers.create();
    const first = await stripe.customers.createSource(customer.id, { source: 'tok_visa' });
    expect((await live(customer.id)).default_source).toBe(first.id);
    const second = await stripe.customers.createSource(customer.id, { source: 'tok_mastercard' });
    expect((await live(customer.id)).default_source).toBe(first.id);
    await stripe.customers.update(customer.id, { default_source: second.id });
    const replaced = await stripe.customers.update(customer.id, { source: 'tok_amex' });
    const list = await stripe.customers.listSources(customer.id);
    expect(list.data.map((source) => source.id)).toEqual([replaced.default_source, first.id]);
    await stripe.customers.deleteSource(customer.id, replaced.default_source as string);
    expect((await live(customer.id)).default_source).toBe(first.id);
    expect(await errorOf(stripe.customers.retrieveSource(customer.id, second.id))).toMatchObject({
      statusCode: 404,
    });
    expect(
      await errorOf(stripe.customers.createSource(customer.id, { source: 'tok_chargeDeclined' })),
    ).toMatchObject({ statusCode: 402, code: 'card_declined' });
  });

  test('a bank account token becomes a source', async () => {
    const token = await stripe.tokens.create({
      bank_account: {
        country: 'US',
        currency: 'usd',
        account_number: '000123456789',
        routing_number: '110000000',
      },
    });
    const customer = await stripe.customers.create();
    const account = await stripe.customers.createSource(customer.id, { source: token.id });
    expect(account).toMatchObject({
      object: 'bank_account',
      last4: '6789',
      status: 'new',
      customer: customer.id,
    });
  });
});
