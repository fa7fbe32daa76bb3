import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PAYMENT_METHOD_TYPES } from '../../src/domain/payment-method-types.ts';
import { TEST_CARDS } from '../../src/domain/test-cards.ts';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const VISA = '4242 4242 4242 4242';
const typed = (card: Partial<Stripe.PaymentMethodCreateParams.Card> = {}) =>
  stripe.paymentMethods.create({
    type: 'card',
    card: { number: VISA, exp_month: 12, exp_year: 2030, cvc: '123', ...card },
  });

describe('a card', () => {
  test('is made of a number with spaces, and its CVC waits to be checked', async () => {
    const method = await typed();
    expect(method).toMatchObject({
      type: 'card',
      customer: null,
      allow_redisplay: 'unspecified',
      livemode: false,
      metadata: {},
      card: {
        brand: 'visa',
        display_brand: 'visa',
        last4: '4242',
        exp_month: 12,
        exp_year: 2030,
        funding: 'credit',
        country: 'US',
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'unchecked' },
      },
    });
    expect(method.id).toMatch(/^pm_0[A-Za-z0-9]{23}$/);
    expect(emulator.eventTypes()).toEqual([]);
  });

  test('without a CVC has nothing to check', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { number: VISA, exp_month: 12, exp_year: 30 },
    });
    expect(method.card?.checks?.cvc_check).toBeNull();
    expect(method.card?.exp_year).toBe(2030);
  });

  test('has one fingerprint for each number', async () => {
    const [first, second, other] = [
      await typed(),
      await typed(),
      await typed({ number: '5555555555554444' }),
    ];
    expect(first.card?.fingerprint).toBe(second.card?.fingerprint);
    expect(first.card?.fingerprint).not.toBe(other.card?.fingerprint);
    expect(first.card?.fingerprint).toMatch(/^[A-Za-z0-9]{16}$/);
    const minted = await stripe.paymentMethods.retrieve('pm_card_visa');
    expect(minted.card?.fingerprint).toBe(first.card?.fingerprint);
  });

  test.each([
    [{ number: '4242424242424241' }, 'incorrect_number', 'number'],
    [{ exp_month: 13 }, 'invalid_expiry_month', 'exp_month'],
    [{ exp_year: 2020 }, 'invalid_expiry_year', 'exp_year'],
    [{ cvc: '99' }, 'invalid_cvc', 'cvc'],
  ])('with %o is refused', async (card, code, param) => {
    expect(await errorOf(typed(card))).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code,
      param,
    });
  });

  test('needs its parts', async () => {
    const missing = (params: Stripe.PaymentMethodCreateParams) =>
      errorOf(stripe.paymentMethods.create(params));
    expect(await missing({ type: 'card', card: { number: VISA, exp_year: 2030 } as never })).toMatchObject({
      code: 'parameter_missing',
      param: 'card[exp_month]',
    });
    expect(await missing({ type: 'card' })).toMatchObject({ code: 'parameter_missing', param: 'card' });
    expect(await missing({})).toMatchObject({ code: 'parameter_missing', param: 'type' });
    expect(await missing({ type: 'klarna', card: { token: 'tok_visa' } })).toMatchObject({
      code: 'parameter_unknown',
      param: 'card',
    });
  });

  test('can be made of a test token any number of times', async () => {
    for (const token of ['tok_visa', 'tok_visa', 'tok_visa_createDispute', 'tok_threeDSecure2Required']) {
      const method = await stripe.paymentMethods.create({ type: 'card', card: { token } });
      expect(method.card?.checks?.cvc_check).toBe('unchecked');
    }
    expect(
      await errorOf(stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_nope' } })),
    ).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'card[token]',
      rawType: 'invalid_request_error',
    });
  });

  test('keeps metadata, but not what is empty', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
      billing_details: { address: '', email: '' },
      metadata: { a: '1', b: '' },
    });
    expect(method.metadata).toEqual({ a: '1' });
    expect(method.billing_details).toMatchObject({ email: null, address: { line1: null } });
  });

  test('shows checks that wait for its address', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa' },
      billing_details: {
        name: 'Jenny',
        address: { line1: '1 Main St', postal_code: '12345', country: 'us' },
      },
    });
    expect(method.card?.checks).toMatchObject({
      address_line1_check: 'unchecked',
      address_postal_code_check: 'unchecked',
    });
    expect(method.billing_details).toMatchObject({ name: 'Jenny', email: null, address: { country: 'US' } });
  });

  test.each(TEST_CARDS.filter((card) => card.pm?.startsWith('pm_card_') === true))(
    '$pm and its token are the same card',
    async ({ pm, token, last4, brand, country }) => {
      const minted = await stripe.paymentMethods.retrieve(pm as string);
      expect(minted.card).toMatchObject({ last4, brand, country });
      if (token === undefined) return;
      const made = await stripe.paymentMethods.create({ type: 'card', card: { token } });
      expect(made.card).toMatchObject({ last4, brand, country });
    },
  );

  test('a number that is no test card is taken, and declined when it is used', async () => {
    const customer = await stripe.customers.create();
    const unlisted = async () => (await typed({ number: '4111111111111111' })).id;
    const declined = { statusCode: 402, decline_code: 'test_mode_live_card' };
    const card = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;
    const uses = [
      async () => stripe.paymentMethods.attach(await unlisted(), { customer: customer.id }),
      async () =>
        stripe.paymentIntents.create({
          ...card,
          amount: 1000,
          currency: 'usd',
          confirm: true,
          payment_method: await unlisted(),
        }),
      async () => stripe.setupIntents.create({ ...card, confirm: true, payment_method: await unlisted() }),
    ];
    for (const use of uses) expect(await errorOf(use())).toMatchObject(declined);
  });
});

describe('other types', () => {
  const payer = { billing_details: { name: 'Jenny', email: 'jenny@example.com' } };
  const hashes: [Stripe.PaymentMethodCreateParams, object][] = [
    [{ type: 'klarna' }, {}],
    [{ type: 'alipay' }, {}],
    [
      { type: 'ideal', ideal: { bank: 'abn_amro' } },
      { bank: 'abn_amro', bic: 'ABNANL2A' },
    ],
    [{ type: 'ideal' }, { bank: null, bic: null }],
    [
      { type: 'fpx', fpx: { bank: 'affin_bank' } },
      { account_holder_type: 'individual', bank: 'affin_bank' },
    ],
    [{ type: 'p24', p24: { bank: 'ing' }, ...payer }, { bank: 'ing' }],
    [{ type: 'eps', eps: { bank: 'bawag_psk_ag' }, ...payer }, { bank: 'bawag_psk_ag' }],
    [{ type: 'cashapp' }, { buyer_id: null, cashtag: null }],
    [{ type: 'paypal' }, { country: null, payer_email: null, payer_id: null }],
    [{ type: 'naver_pay' }, { buyer_id: null, funding: 'card' }],
  ];
  test.each(hashes)('%o', async (params, hash) => {
    const type = params.type as keyof Stripe.PaymentMethod;
    const method = await stripe.paymentMethods.create(params);
    expect(method.type).toBe(type);
    expect(method[type]).toEqual(hash);
    expect(await stripe.paymentMethods.retrieve(method.id)).toEqual(method);
  });

  test('boleto needs a tax id', async () => {
    const details = {
      email: 'jenny@example.com',
      name: 'Jenny',
      address: { line1: 'Rua 1', city: 'Salvador', state: 'BA', country: 'BR', postal_code: '41940-340' },
    };
    const boleto = { type: 'boleto', billing_details: details } as const;
    const method = await stripe.paymentMethods.create({ ...boleto, boleto: { tax_id: '000.000.000-00' } });
    expect(method.boleto).toEqual({ tax_id: '000.000.000-00' });
    expect(await errorOf(stripe.paymentMethods.create(boleto))).toMatchObject({ code: 'parameter_missing' });
  });

  const samples: Record<string, object> = {
    acss_debit: { account_number: '000123456789', institution_number: '000', transit_number: '11000' },
    au_becs_debit: { account_number: '000123456', bsb_number: '000000' },
    bacs_debit: { account_number: '00012345', sort_code: '108800' },
    boleto: { tax_id: '000.000.000-00' },
    card: { token: 'tok_visa' },
    fpx: { bank: 'affin_bank' },
    nz_bank_account: { account_number: '0000000', bank_code: '11', branch_code: '0000', suffix: '010' },
    payto: { pay_id: 'jenny@example.com' },
    sepa_debit: { iban: 'AT611904300234573201' },
    sofort: { country: 'DE' },
    us_bank_account: {
      account_holder_type: 'individual',
      account_number: '000123456789',
      routing_number: '110000000',
    },
  };
  const everyDetail = {
    name: 'Jenny Rosen',
    email: 'jenny@example.com',
    phone: '+15550100',
    address: { line1: '1 Street', city: 'Town', state: 'CA', postal_code: '94103', country: 'US' },
  };

  test.each(PAYMENT_METHOD_TYPES.map((row) => row.type))(
    '%s is made whole, or honestly refused',
    async (type) => {
      const params = { type, billing_details: everyDetail, [type]: samples[type] };
      const request = stripe.paymentMethods.create(params as Stripe.PaymentMethodCreateParams);
      if (['card_present', 'custom', 'interac_present'].includes(type)) {
        expect((await errorOf(request)).statusCode).toBe(400);
        return;
      }
      const method = await request;
      expect(method).toMatchObject({ type, billing_details: everyDetail, [type]: expect.any(Object) });
      const kinds = Object.keys(method).filter((name) => typeof method[name as 'card'] === 'object');
      expect(kinds.filter((name) => PAYMENT_METHOD_TYPES.some((row) => row.type === name))).toEqual([type]);
    },
  );

  test('what is not emulated says so', async () => {
    const { json, status } = await emulator.raw(
      'POST',
      '/v1/payment_methods',
      'type=custom&custom[type]=cpmt_1',
    );
    expect(status).toBe(400);
    expect(json['error']).toMatchObject({ code: 'emulator_unsupported', param: 'type' });
    expect(
      await errorOf(stripe.paymentMethods.create({ customer: 'cus_x', payment_method: 'pm_x' })),
    ).toMatchObject({ code: 'emulator_unsupported' });
  });
});

describe('attach', () => {
  test('gives a method to a customer and checks it; again for the same customer is fine', async () => {
    const customer = await stripe.customers.create();
    const method = await typed();
    const attached = await stripe.paymentMethods.attach(method.id, { customer: customer.id });
    expect(attached).toMatchObject({
      id: method.id,
      customer: customer.id,
      card: { checks: { cvc_check: 'pass' } },
    });
    await stripe.paymentMethods.attach(method.id, { customer: customer.id });
    expect(emulator.eventTypes(method.id)).toEqual(['payment_method.attached']);
  });

  test('to another customer is refused', async () => {
    const [one, two] = [await stripe.customers.create(), await stripe.customers.create()];
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: one.id });
    const error = await errorOf(stripe.paymentMethods.attach(method.id, { customer: two.id }));
    expect(error).toMatchObject({
      statusCode: 400,
      message: 'The payment method you provided has already been attached to a customer.',
    });
    expect(error.code).toBeUndefined();
  });

  test('asks the issuer, whose refusal names no parameter unless the code does', async () => {
    const customer = await stripe.customers.create();
    const refusal = (pm: string) => errorOf(stripe.paymentMethods.attach(pm, { customer: customer.id }));
    expect(await refusal('pm_card_chargeDeclined')).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      param: '',
    });
    expect(await refusal('pm_card_chargeDeclinedExpiredCard')).toMatchObject({
      code: 'expired_card',
      param: 'exp_month',
    });
    expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toEqual([]);
    await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
  });

  test('needs a method and a customer that exist', async () => {
    const customer = await stripe.customers.create();
    expect(await errorOf(stripe.paymentMethods.attach('pm_nope', { customer: customer.id }))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'payment_method',
      message: "No such PaymentMethod: 'pm_nope'",
    });
    expect(
      await errorOf(stripe.paymentMethods.attach('pm_card_visa', { customer: 'cus_nope' })),
    ).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'customer',
    });
    expect(await errorOf(stripe.paymentMethods.attach('pm_card_visa', {}))).toMatchObject({
      code: 'parameter_missing',
    });
  });

  test('is refused for a method that was used, and for types that work once', async () => {
    const customer = await stripe.customers.create();
    const method = await typed();
    await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: method.id,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    expect(
      (await errorOf(stripe.paymentMethods.attach(method.id, { customer: customer.id }))).message,
    ).toMatch(/^The provided PaymentMethod was previously used/);
    const oxxo = await stripe.paymentMethods.create({
      type: 'oxxo',
      billing_details: { name: 'Jenny', email: 'jenny@example.com' },
    });
    expect((await errorOf(stripe.paymentMethods.attach(oxxo.id, { customer: customer.id }))).message).toBe(
      "PaymentMethods of type 'oxxo' cannot be saved to customers.",
    );
  });
});

describe('update and detach', () => {
  test('only a saved method can be changed; the event tells what was before', async () => {
    const method = await typed();
    expect((await errorOf(stripe.paymentMethods.update(method.id, { metadata: { a: '1' } }))).message).toBe(
      'You must save this PaymentMethod to a customer before you can update it.',
    );
    const customer = await stripe.customers.create();
    await stripe.paymentMethods.attach(method.id, { customer: customer.id });
    const updated = await stripe.paymentMethods.update(method.id, {
      allow_redisplay: 'limited',
      billing_details: { name: 'Six II', address: { city: 'Oslo' } },
      card: { exp_month: 11, exp_year: 2031 },
      metadata: { a: '1', b: '2' },
    });
    expect(updated).toMatchObject({
      allow_redisplay: 'limited',
      billing_details: { name: 'Six II', address: { city: 'Oslo', line1: null } },
      card: { exp_month: 11, exp_year: 2031 },
      metadata: { a: '1', b: '2' },
    });
    const again = await stripe.paymentMethods.update(method.id, {
      billing_details: { address: { line1: 'Street 1' } },
      metadata: { a: '' },
    });
    expect(again).toMatchObject({
      billing_details: { name: 'Six II', address: { city: 'Oslo', line1: 'Street 1' } },
      metadata: { b: '2' },
    });
    const [latest] = (await stripe.events.list({ type: 'payment_method.updated' })).data;
    expect(latest?.data.previous_attributes).toEqual({
      billing_details: { address: { line1: null } },
      metadata: { a: '1' },
    });
    expect(
      await errorOf(stripe.paymentMethods.update(method.id, { card: { exp_year: 2001 } })),
    ).toMatchObject({
      code: 'invalid_expiry_year',
    });
  });

  test('a detached method is gone for good, also as a default', async () => {
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const id = customer.invoice_settings.default_payment_method as string;
    const detached = await stripe.paymentMethods.detach(id);
    expect(detached.customer).toBeNull();
    expect((await errorOf(stripe.paymentMethods.detach(id))).message).toBe(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
    expect((await errorOf(stripe.paymentMethods.attach(id, { customer: customer.id }))).message).toMatch(
      /was detached from a Customer/,
    );
    const after = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
    expect(after.invoice_settings.default_payment_method).toBeNull();
    const [event] = (await stripe.events.list({ type: 'payment_method.detached' })).data;
    expect(event?.data.previous_attributes).toEqual({ customer: customer.id });
  });
});

describe('lists', () => {
  test('are those of one customer, by type and by redisplay', async () => {
    const customer = await stripe.customers.create();
    const attach = (pm: string) => stripe.paymentMethods.attach(pm, { customer: customer.id });
    const [visa, amex] = [await attach('pm_card_visa'), await attach('pm_card_amex')];
    await stripe.paymentMethods.update(amex.id, { allow_redisplay: 'always' });
    const ids = async (params: Stripe.PaymentMethodListParams) =>
      (await stripe.paymentMethods.list(params)).data.map((method) => method.id);
    expect(await ids({})).toEqual([]);
    expect(await ids({ customer: customer.id })).toEqual([amex.id, visa.id]);
    expect(await ids({ customer: customer.id, type: 'klarna' })).toEqual([]);
    expect(await ids({ customer: customer.id, allow_redisplay: 'always' })).toEqual([amex.id]);
    expect(await ids({ customer: customer.id, starting_after: amex.id })).toEqual([visa.id]);
    expect(await errorOf(ids({ customer: 'cus_nope' }))).toMatchObject({
      statusCode: 400,
      param: 'customer',
    });
    const own = await stripe.customers.listPaymentMethods(customer.id, { type: 'card', limit: 1 });
    expect(own).toMatchObject({ has_more: true, url: `/v1/customers/${customer.id}/payment_methods` });
    expect(await errorOf(stripe.customers.listPaymentMethods('cus_nope'))).toMatchObject({
      statusCode: 404,
      param: 'id',
    });
  });

  test('of a customer hide what belongs to nobody', async () => {
    const customer = await stripe.customers.create();
    const mine = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    expect((await stripe.customers.retrievePaymentMethod(customer.id, mine.id)).id).toBe(mine.id);
    const nobodys = await typed();
    expect(await errorOf(stripe.customers.retrievePaymentMethod(customer.id, nobodys.id))).toMatchObject({
      statusCode: 404,
      param: 'customer',
      message: 'Invalid request',
    });
  });
});

describe('a publishable key', () => {
  test('may make methods, and pay with card data it never stored', async () => {
    const { browser } = emulator;
    const method = await browser.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    expect(await errorOf(browser.paymentMethods.retrieve(method.id))).toMatchObject({ statusCode: 401 });
    const intent = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const { json } = await emulator.raw(
      'POST',
      `/v1/payment_intents/${intent.id}/confirm`,
      'payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242&payment_method_data[card][exp_month]=7&payment_method_data[card][exp_year]=2040',
    );
    expect(json).toMatchObject({ status: 'succeeded' });
  });
});
