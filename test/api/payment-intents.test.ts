import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const usd = { amount: 5000, currency: 'usd' } as const;
/** Automatic methods without redirects: no return_url is needed then. */
const cardOnly = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;
const paid = { ...usd, ...cardOnly, confirm: true, payment_method: 'pm_card_visa' } as const;

async function errorOf(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('the request succeeded');
}

describe('create', () => {
  test('starts without a payment method, with automatic methods, in the id structure of the emulator', async () => {
    const intent = await stripe.paymentIntents.create(usd);
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      amount: 5000,
      amount_received: 0,
      currency: 'usd',
      capture_method: 'automatic_async',
      confirmation_method: 'automatic',
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
      livemode: false,
      metadata: {},
      latest_charge: null,
    });
    expect(intent.payment_method_types[0]).toBe('card');
    expect(intent.id).toMatch(/^pi_0[A-Za-z0-9]{23}$/);
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_[A-Za-z0-9]{25}$`));
    expect(emulator.eventTypes(intent.id)).toEqual(['payment_intent.created']);
  });

  test('takes the currency in upper case and answers in lower case', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'USD' });
    expect(intent.currency).toBe('usd');
  });

  test('with a payment method waits for confirmation, and mints a method of its own for a test id', async () => {
    const intent = await stripe.paymentIntents.create({ ...usd, payment_method: 'pm_card_visa' });
    expect(intent.status).toBe('requires_confirmation');
    expect(intent.payment_method).toMatch(/^pm_0/);
  });

  test('with confirm pays at once; the balance transaction follows two seconds later', async () => {
    const intent = await stripe.paymentIntents.create({ ...paid, expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 5000, last_payment_error: null });
    expect(intent.latest_charge).toMatchObject({ paid: true, captured: true, balance_transaction: null });
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
    await emulator.advance(2);
    expect(emulator.eventTypes(intent.id).at(-1)).toBe('charge.updated');
    const after = await stripe.paymentIntents.retrieve(intent.id, {
      expand: ['latest_charge.balance_transaction'],
    });
    expect(after.latest_charge).toMatchObject({ balance_transaction: { amount: 5000, fee: 175, net: 4825 } });
  });

  test('needs a return_url when automatic methods may redirect, unless the customer is away', async () => {
    const { automatic_payment_methods: _, ...redirecting } = paid;
    const error = await errorOf(stripe.paymentIntents.create(redirecting));
    expect(error).toMatchObject({ statusCode: 400, code: undefined, param: undefined });
    expect(error.message).toContain('you must provide a `return_url`');
    const away = await stripe.paymentIntents.create({ ...redirecting, off_session: true });
    expect(away.status).toBe('succeeded');
  });

  test.each([
    [{ amount: 0, currency: 'usd' }, 'parameter_invalid_integer', 'amount'],
    [{ amount: -5, currency: 'usd' }, 'parameter_invalid_integer', 'amount'],
    [{ amount: 100_000_000, currency: 'usd' }, 'amount_too_large', undefined],
    [{ amount: 'ten', currency: 'usd' }, 'parameter_invalid_integer', 'amount'],
    [{ amount: 1000, currency: 'zzz' }, undefined, 'currency'],
    [{ currency: 'usd' }, 'parameter_missing', 'amount'],
    [{ amount: 1000 }, 'parameter_missing', 'currency'],
    [{ amount: 1000, currency: 'usd', wat: '1' }, 'parameter_unknown', 'wat'],
    [{ amount: 1000, currency: 'usd', customer: 'cus_nope' }, 'resource_missing', 'customer'],
    [{ amount: 1000, currency: 'usd', payment_method: 'pm_nope' }, 'resource_missing', 'payment_method'],
    [{ amount: 1000, currency: 'usd', capture_method: 'later' }, undefined, 'capture_method'],
    [
      { amount: 1000, currency: 'usd', customer_account: 'acct_1' },
      'emulator_unsupported',
      'customer_account',
    ],
  ])('refuses %j with code %s, param %s, and stores nothing', async (params, code, param) => {
    const error = await errorOf(
      stripe.paymentIntents.create(params as unknown as Stripe.PaymentIntentCreateParams),
    );
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, code, param });
    expect(emulator.engine.store.count('payment_intents')).toBe(0);
    expect(emulator.eventTypes()).toEqual([]);
  });
});

describe('confirm', () => {
  test('a decline answers 402 with everything about it, and the same intent can be paid afterwards', async () => {
    const intent = await stripe.paymentIntents.create({ ...usd, ...cardOnly });
    const error = await errorOf(
      stripe.paymentIntents.confirm(intent.id, {
        payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
      }),
    );
    expect(error).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      advice_code: 'try_again_later',
      network_decline_code: '51',
      message: 'Your card has insufficient funds.',
      doc_url: 'https://stripe.com/docs/error-codes/card-declined',
    });
    expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    const kept = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(kept.last_payment_error).toMatchObject({
      code: 'card_declined',
      payment_method: { type: 'card' },
    });
    expect(kept.latest_charge).toMatchObject({
      status: 'failed',
      failure_code: 'card_declined',
      paid: false,
    });
    const again = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(again).toMatchObject({ status: 'succeeded', last_payment_error: null });
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test('an unattached method is used up by one attempt, also by a declined one', async () => {
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa_chargeDeclined' },
    });
    const first = await stripe.paymentIntents.create({ ...usd, ...cardOnly });
    await errorOf(stripe.paymentIntents.confirm(first.id, { payment_method: method.id }));
    const error = await errorOf(
      stripe.paymentIntents.create({ ...usd, ...cardOnly, payment_method: method.id }),
    );
    expect(error.message).toMatch(/^The provided PaymentMethod was previously used/);
  });

  test('3D Secure waits for the customer, who passes or fails it', async () => {
    const passed = await stripe.paymentIntents.create({
      ...paid,
      payment_method: 'pm_card_threeDSecure2Required',
    });
    expect(passed).toMatchObject({
      status: 'requires_action',
      latest_charge: null,
      next_action: { type: 'use_stripe_sdk' },
    });
    await emulator.engine.authenticate(passed.id, 'succeed');
    const after = await stripe.paymentIntents.retrieve(passed.id, { expand: ['latest_charge'] });
    expect(after).toMatchObject({
      status: 'succeeded',
      next_action: null,
      latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } },
    });

    const failed = await stripe.paymentIntents.create({
      ...paid,
      payment_method: 'pm_card_threeDSecure2Required',
      return_url: 'https://example.com/done',
    });
    expect(failed.next_action).toMatchObject({
      type: 'redirect_to_url',
      redirect_to_url: { return_url: 'https://example.com/done' },
    });
    await emulator.engine.authenticate(failed.id, 'fail');
    expect(await stripe.paymentIntents.retrieve(failed.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  test('manual confirmation comes back to the server after the challenge', async () => {
    const intent = await stripe.paymentIntents.create({
      ...paid,
      confirmation_method: 'manual',
      payment_method: 'pm_card_threeDSecure2Required',
      return_url: 'https://example.com/done',
    });
    await emulator.engine.authenticate(intent.id, 'succeed');
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_confirmation');
    expect((await stripe.paymentIntents.confirm(intent.id)).status).toBe('succeeded');
  });

  test('without the customer, a card that needs one is declined', async () => {
    const error = await errorOf(
      stripe.paymentIntents.create({
        ...paid,
        off_session: true,
        payment_method: 'pm_card_authenticationRequired',
      }),
    );
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      decline_code: 'authentication_required',
    });
  });

  test.each([
    ['off_session', 'succeeded'],
    ['on_session', 'authentication_required'],
  ] as const)(
    'a card saved for %s by a payment, charged without the customer: %s',
    async (usage, outcome) => {
      const customer = (await stripe.customers.create({})).id;
      const saving = await stripe.paymentIntents.create({
        ...paid,
        customer,
        payment_method: 'pm_card_authenticationRequiredOnSetup',
        setup_future_usage: usage,
      });
      await emulator.engine.authenticate(saving.id, 'succeed');
      const charge = stripe.paymentIntents.create({
        ...paid,
        customer,
        off_session: true,
        payment_method: saving.payment_method as string,
      });
      await expect(
        charge.catch((error: Stripe.errors.StripeError) => ({ status: error.code })),
      ).resolves.toMatchObject({
        status: outcome,
      });
    },
  );

  test('error_on_requires_action turns the challenge into an error', async () => {
    const error = await errorOf(
      stripe.paymentIntents.create({
        ...paid,
        error_on_requires_action: true,
        payment_method: 'pm_card_threeDSecure2Required',
      }),
    );
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      decline_code: 'authentication_not_handled',
    });
  });

  test('refuses a return_url that is none', async () => {
    const error = await errorOf(stripe.paymentIntents.create({ ...paid, return_url: 'nowhere' }));
    expect(error).toMatchObject({ statusCode: 400, code: 'url_invalid', param: 'return_url' });
    const intent = await stripe.paymentIntents.create({ ...paid, return_url: 'myapp://paid' });
    expect(intent.status).toBe('succeeded');
  });

  test('is refused in words of the status: missing method, succeeded, canceled', async () => {
    const bare = await stripe.paymentIntents.create({ ...usd, ...cardOnly });
    const missing = await errorOf(stripe.paymentIntents.confirm(bare.id));
    expect(missing).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id: bare.id },
    });
    const done = await stripe.paymentIntents.create(paid);
    expect((await errorOf(stripe.paymentIntents.confirm(done.id))).message).toBe(
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
    );
    await stripe.paymentIntents.cancel(bare.id);
    expect((await errorOf(stripe.paymentIntents.confirm(bare.id))).message).toContain(
      'it has a status of canceled',
    );
  });
});

describe('capture', () => {
  const held = { ...paid, capture_method: 'manual' } as const;

  test('takes all of a hold, and emits what changed on the charge', async () => {
    const intent = await stripe.paymentIntents.create(held);
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 5000, amount_received: 0 });
    const captured = await stripe.paymentIntents.capture(intent.id);
    expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 5000 });
    const { data } = await stripe.events.list({ type: 'charge.captured' });
    expect(data[0]?.data.previous_attributes).toEqual({
      amount_captured: 0,
      balance_transaction: null,
      captured: false,
    });
  });

  test('takes a part and releases the rest; a second capture is told so', async () => {
    const intent = await stripe.paymentIntents.create(held);
    const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 2000 });
    expect(captured).toMatchObject({
      status: 'succeeded',
      amount: 5000,
      amount_received: 2000,
      amount_capturable: 0,
    });
    expect((await errorOf(stripe.paymentIntents.capture(intent.id))).message).toContain('has been released');
  });

  test('several times on a card that allows it', async () => {
    const intent = await stripe.paymentIntents.create({
      ...held,
      payment_method_options: { card: { request_multicapture: 'if_available' } },
    });
    const first = await stripe.paymentIntents.capture(intent.id, {
      amount_to_capture: 2000,
      final_capture: false,
    });
    expect(first).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 3000,
      amount_received: 2000,
    });
    const last = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1000 });
    expect(last).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 3000 });
  });

  test('of a card that allows one capture only, final_capture false is refused', async () => {
    const intent = await stripe.paymentIntents.create(held);
    const error = await errorOf(stripe.paymentIntents.capture(intent.id, { final_capture: false }));
    expect(error.param).toBe('final_capture');
  });

  test.each([
    [5001, 'amount_too_large', undefined],
    [0, 'parameter_invalid_integer', 'amount'],
    [-1, undefined, 'amount_to_capture'],
  ])('refuses %d of 5000 and leaves the hold', async (amount, code, param) => {
    const intent = await stripe.paymentIntents.create(held);
    const error = await errorOf(stripe.paymentIntents.capture(intent.id, { amount_to_capture: amount }));
    expect(error).toMatchObject({
      statusCode: 400,
      code,
      param,
      payment_intent: { status: 'requires_capture' },
    });
    expect((await stripe.paymentIntents.retrieve(intent.id)).amount_capturable).toBe(5000);
  });

  test('a hold that nobody captures runs out after seven days', async () => {
    const intent = await stripe.paymentIntents.create(held);
    await emulator.advance(7 * 86_400 - 1);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture');
    await emulator.advance(1);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
    });
    expect(emulator.eventTypes(intent.id)).toContain('charge.expired');
    expect(emulator.eventTypes(intent.id).at(-1)).toBe('payment_intent.canceled');
  });

  test('the authorization grows where the card allows it', async () => {
    const options = { card: { request_incremental_authorization: 'if_available' } } as const;
    const intent = await stripe.paymentIntents.create({ ...held, payment_method_options: options });
    const grown = await stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 7000 });
    expect(grown).toMatchObject({ amount: 7000, amount_capturable: 7000, status: 'requires_capture' });
    const plain = await stripe.paymentIntents.create(held);
    const error = await errorOf(stripe.paymentIntents.incrementAuthorization(plain.id, { amount: 7000 }));
    expect(error.statusCode).toBe(400);
  });
});

describe('cancel and update', () => {
  test('cancels with a reason, once', async () => {
    const intent = await stripe.paymentIntents.create(usd);
    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(canceled.canceled_at).toBe(emulator.engine.clock.now());
    const error = await errorOf(stripe.paymentIntents.cancel(intent.id));
    expect(error.message).toBe(
      'You cannot cancel this PaymentIntent because it has a status of canceled. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, expired, processing.',
    );
  });

  test('canceling a hold gives the money back', async () => {
    const intent = await stripe.paymentIntents.create({ ...paid, capture_method: 'manual' });
    const canceled = await stripe.paymentIntents.cancel(intent.id, { expand: ['latest_charge'] });
    expect(canceled).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
      latest_charge: { refunded: true },
    });
  });

  test('changes what may change, and merges metadata key by key', async () => {
    const intent = await stripe.paymentIntents.create({ ...usd, metadata: { a: '1', b: '2' } });
    const updated = await stripe.paymentIntents.update(intent.id, {
      amount: 6000,
      currency: 'eur',
      metadata: { b: '', c: '3' },
      description: 'order 1',
    });
    expect(updated).toMatchObject({
      amount: 6000,
      currency: 'eur',
      metadata: { a: '1', c: '3' },
      description: 'order 1',
    });
    const chosen = await stripe.paymentIntents.update(intent.id, { payment_method: 'pm_card_visa' });
    expect(chosen.status).toBe('requires_confirmation');
  });

  test('of a finished payment only words can change', async () => {
    const intent = await stripe.paymentIntents.create(paid);
    await stripe.paymentIntents.update(intent.id, { metadata: { order: '7' }, description: 'late' });
    const error = await errorOf(stripe.paymentIntents.update(intent.id, { amount: 1 }));
    expect(error).toMatchObject({ code: 'payment_intent_unexpected_state', param: 'amount' });
  });
});

describe('the browser', () => {
  test('may retrieve and confirm with the client secret, and sees no private field', async () => {
    const intent = await stripe.paymentIntents.create({ ...usd, ...cardOnly, metadata: { private: 'yes' } });
    const secret = { client_secret: intent.client_secret as string };
    const seen = await emulator.browser.paymentIntents.retrieve(intent.id, secret);
    expect(seen).not.toHaveProperty('metadata');
    expect(seen).not.toHaveProperty('customer');
    const confirmed = await emulator.browser.paymentIntents.confirm(intent.id, {
      ...secret,
      payment_method: 'pm_card_visa',
    } as Stripe.PaymentIntentConfirmParams);
    expect(confirmed.status).toBe('succeeded');
  });

  test('may do nothing else', async () => {
    const intent = await stripe.paymentIntents.create(usd);
    const wrong = await errorOf(
      emulator.browser.paymentIntents.retrieve(intent.id, { client_secret: `${intent.id}_secret_wrong` }),
    );
    expect(wrong).toMatchObject({ code: 'payment_intent_invalid_parameter', param: 'client_secret' });
    expect((await errorOf(emulator.browser.paymentIntents.create(usd))).statusCode).toBe(401);
    expect((await errorOf(emulator.browser.paymentIntents.list())).statusCode).toBe(401);
    expect((await errorOf(emulator.browser.paymentIntents.retrieve(intent.id))).code).toBe(
      'parameter_missing',
    );
  });
});

describe('errors about ids and keys', () => {
  test('unknown ids, secrets in place of ids, unknown URLs', async () => {
    expect(await errorOf(stripe.paymentIntents.retrieve('pi_nope'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'intent',
      message: "No such payment_intent: 'pi_nope'",
    });
    expect(await errorOf(stripe.paymentIntents.retrieve('pi_123_secret_456'))).toMatchObject({
      statusCode: 404,
      param: 'intent',
    });
    const unknown = await emulator.raw('POST', '/v1/payment_intents/');
    expect(unknown.status).toBe(404);
    expect(unknown.json).toMatchObject({
      error: { message: expect.stringContaining('Unrecognized request URL (POST: /v1/payment_intents/)') },
    });
  });

  test('what Stripe has and the emulator lacks says so', async () => {
    const error = await errorOf(stripe.invoices.list());
    expect(error).toMatchObject({ statusCode: 400, code: 'emulator_unsupported' });
  });

  test('no key, a wrong key and a live key are refused, and no key is shown whole', async () => {
    const live = ['sk', 'live', '51Abcdefghijklmnop'].join('_');
    for (const authorization of ['', 'Bearer wrong-key-123456', `Bearer ${live}`]) {
      const answer = await emulator.raw('GET', '/v1/payment_intents', '', { authorization });
      expect(answer.status).toBe(401);
      expect(JSON.stringify(answer.json)).not.toContain(live);
      expect(JSON.stringify(answer.json)).not.toContain('wrong-key-123456');
    }
  });
});
