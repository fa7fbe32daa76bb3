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

const card = { number: '4242424242424242', exp_month: '12', exp_year: '2030', cvc: '314' };

describe('tokens', () => {
  test('of a card: a publishable key makes it, a server uses it once', async () => {
    const token = await emulator.browser.tokens.create({
      card: { ...card, name: 'Jenny', address_zip: '94103', address_country: 'us' },
    });
    expect(token).toMatchObject({
      object: 'token',
      type: 'card',
      used: false,
      livemode: false,
      card: {
        object: 'card',
        brand: 'Visa',
        cvc_check: 'unchecked',
        last4: '4242',
        name: 'Jenny',
        metadata: {},
      },
    });
    expect(token.id).toMatch(/^tok_0[A-Za-z0-9]{23}$/);
    expect(token.card?.id).toMatch(/^card_0[A-Za-z0-9]{23}$/);
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: token.id } });
    expect(method).toMatchObject({
      billing_details: { name: 'Jenny', address: { postal_code: '94103', country: 'US' } },
      card: { last4: '4242', exp_year: 2030, fingerprint: token.card?.fingerprint },
    });
    expect((await stripe.tokens.retrieve(token.id)).used).toBe(true);
    expect(
      await errorOf(stripe.paymentMethods.create({ type: 'card', card: { token: token.id } })),
    ).toMatchObject({
      statusCode: 400,
      code: 'token_already_used',
      message: `You cannot use a Stripe token more than once: ${token.id}.`,
    });
  });

  test('carry the behaviour of their card', async () => {
    const token = await stripe.tokens.create({ card: { ...card, number: '4000000000009995' } });
    const error = await errorOf(
      stripe.paymentIntents.create({
        amount: 1000,
        currency: 'usd',
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        payment_method_data: { type: 'card', card: { token: token.id } } as never,
      }),
    );
    expect(error).toMatchObject({ statusCode: 402, decline_code: 'insufficient_funds' });
  });

  test('a test token stands for a new token each time', async () => {
    const [first, second] = [
      await stripe.tokens.retrieve('tok_visa'),
      await stripe.tokens.retrieve('tok_visa'),
    ];
    expect(first.id).not.toBe(second.id);
    expect(first).toMatchObject({ type: 'card', used: false, card: { last4: '4242' } });
    expect(await errorOf(stripe.tokens.retrieve('tok_nope'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
  });

  test('of other things', async () => {
    const account = await stripe.tokens.create({
      bank_account: { country: 'US', account_number: '000123456789', routing_number: '110000000' },
    });
    expect(account).toMatchObject({
      type: 'bank_account',
      bank_account: { object: 'bank_account', last4: '6789', routing_number: '110000000', currency: 'usd' },
    });
    expect(await stripe.tokens.create({ cvc_update: { cvc: '123' } })).toMatchObject({ type: 'cvc_update' });
    expect(await stripe.tokens.create({ pii: { id_number: '000000000' } })).toMatchObject({ type: 'pii' });
    expect(
      await errorOf(stripe.paymentMethods.create({ type: 'card', card: { token: account.id } })),
    ).toMatchObject({ statusCode: 400, param: 'card[token]' });
  });

  test.each([
    [{}, {}],
    [{ card: { ...card, number: '4242424242424241' } }, { code: 'incorrect_number' }],
    [
      { card: { number: card.number, exp_month: '12' } },
      { code: 'parameter_missing', param: 'card[exp_year]' },
    ],
    [{ account: { business_type: 'individual' } }, { code: 'emulator_unsupported' }],
  ])('refuse %o', async (params, error) => {
    expect(await errorOf(stripe.tokens.create(params as never))).toMatchObject(error);
  });
});

describe('confirmation tokens', () => {
  const make = (params: object = {}) =>
    stripe.testHelpers.confirmationTokens.create({
      payment_method_data: {
        type: 'card',
        card: { token: 'tok_visa' },
        billing_details: { name: 'Jenny' },
      } as never,
      return_url: 'https://example.com/done',
      ...params,
    });
  const usd = { amount: 1000, currency: 'usd' } as const;

  test('preview the method and live for twelve hours', async () => {
    const token = await make({
      setup_future_usage: 'off_session',
      shipping: { name: 'Jenny', address: { line1: '1 Street' } },
    });
    expect(token).toMatchObject({
      object: 'confirmation_token',
      expires_at: token.created + 43_200,
      payment_intent: null,
      setup_intent: null,
      return_url: 'https://example.com/done',
      setup_future_usage: 'off_session',
      shipping: { name: 'Jenny', phone: null, address: { line1: '1 Street', city: null } },
      use_stripe_sdk: true,
      payment_method_preview: {
        type: 'card',
        customer: null,
        billing_details: { name: 'Jenny' },
        card: { last4: '4242' },
      },
    });
    expect(token.id).toMatch(/^ctoken_0/);
    expect(await stripe.confirmationTokens.retrieve(token.id)).toEqual(token);
    expect(await errorOf(stripe.confirmationTokens.retrieve('ctoken_nope'))).toMatchObject({
      statusCode: 404,
    });
  });

  test('confirm an intent with all they carry, once', async () => {
    const token = await make({ shipping: { name: 'Jenny', address: { line1: '1 Street' } } });
    const intent = await stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      confirmation_token: token.id,
    });
    expect(intent).toMatchObject({ status: 'succeeded', shipping: { name: 'Jenny' } });
    const used = await stripe.confirmationTokens.retrieve(token.id);
    expect(used).toMatchObject({ payment_intent: intent.id, expires_at: null });
    const again = stripe.paymentIntents.create({ ...usd, confirm: true, confirmation_token: token.id });
    expect(await errorOf(again)).toMatchObject({ statusCode: 400, param: 'confirmation_token' });
  });

  test('run out, and must exist', async () => {
    const token = await make();
    await emulator.advance(43_200);
    for (const id of [token.id, 'ctoken_nope']) {
      const attempt = stripe.paymentIntents.create({ ...usd, confirm: true, confirmation_token: id });
      expect(await errorOf(attempt)).toMatchObject({ statusCode: 400, param: 'confirmation_token' });
    }
    expect(await errorOf(stripe.testHelpers.confirmationTokens.create({}))).toMatchObject({
      code: 'parameter_missing',
    });
  });
});
