import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PAYMENT_METHOD_TYPES } from '../../src/domain/payment-method-types.ts';
import { VOUCHER_TYPES } from '../../src/domain/voucher-outcomes.ts';
import { UNSUPPORTED_METHODS } from '../../src/emulator/unsupported-methods.ts';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';
import { BILLING, CONSENT, confirmedWith } from '../support/intents.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const RETURN_URL = 'https://shop.example/return';

/** What a type cannot do without, beyond billing details. */
const DETAILS: Readonly<Record<string, object>> = {
  fpx: { fpx: { bank: 'affin_bank' } },
  sofort: { sofort: { country: 'DE' } },
};
const OPTIONS: Readonly<Record<string, Stripe.PaymentIntentCreateParams.PaymentMethodOptions>> = {
  blik: { blik: { code: '123456' } },
  wechat_pay: { wechat_pay: { client: 'web' } },
};

/** Types whose customer finishes somewhere else. */
const waiting = PAYMENT_METHOD_TYPES.filter(
  ({ type, behavior }) =>
    ['redirect', 'qr', 'app_approval'].includes(behavior) &&
    !Object.hasOwn(UNSUPPORTED_METHODS, type) &&
    !(VOUCHER_TYPES as readonly string[]).includes(type),
);

function start(type: string, params: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const { currencies = ['usd'] } = PAYMENT_METHOD_TYPES.find((row) => row.type === type) ?? {};
  return stripe.paymentIntents.create(
    confirmedWith(type, {
      amount: 10_000,
      currency: currencies[0] as string,
      return_url: RETURN_URL,
      payment_method_data: { type, billing_details: BILLING, ...DETAILS[type] } as never,
      ...(OPTIONS[type] === undefined ? {} : { payment_method_options: OPTIONS[type] }),
      ...params,
    }),
  );
}

async function finish(intent: Stripe.PaymentIntent, outcome: 'succeed' | 'fail') {
  const { status, json } = await emulator.raw(
    'POST',
    `/_payintent/payment_intents/${intent.id}/authenticate`,
    `outcome=${outcome}`,
  );
  expect(status).toBe(200);
  return json as unknown as Stripe.PaymentIntent;
}

test('the table has such types', () => expect(waiting.length).toBeGreaterThan(35));

describe.each(waiting.map((row) => [row.type, row] as const))('%s', (type, row) => {
  test('waits, then pays', async () => {
    const intent = await start(type);
    expect(intent).toMatchObject({ status: 'requires_action', latest_charge: null, amount_received: 0 });
    const action = intent.next_action as unknown as Record<string, Record<string, unknown>>;
    expect(row.nextActions).toContain(action['type']);
    expect(action[action['type'] as unknown as string]).toBeTypeOf('object');
    if (row.nextActions[0] === 'redirect_to_url') {
      expect(intent.next_action?.redirect_to_url).toMatchObject({ return_url: RETURN_URL });
    }

    const done = await finish(intent, 'succeed');
    const delayed = row.afterCustomerActs === 'processing';
    expect(done).toMatchObject({ status: delayed ? 'processing' : 'succeeded', next_action: null });
    if (delayed) await emulator.advance(4 * 24 * 60 * 60);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({ status: 'succeeded', amount_received: 10_000 });
    const charge = await stripe.charges.retrieve(after.latest_charge as string, {
      expand: ['balance_transaction'],
    });
    expect(charge).toMatchObject({ status: 'succeeded', paid: true, payment_method_details: { type } });
    expect(charge.balance_transaction).toMatchObject({ type: 'payment', amount: 10_000 });
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      ...(delayed ? ['payment_intent.processing', 'charge.pending'] : []),
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test('fails without a charge when the customer refuses', async () => {
    const intent = await start(type);
    const method = intent.payment_method;
    const after = await finish(intent, 'fail');
    expect(after).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      latest_charge: null,
    });
    expect(after.last_payment_error).toMatchObject({
      code:
        type === 'promptpay' ? 'payment_intent_payment_attempt_expired' : 'payment_method_customer_decline',
      payment_method: { id: method },
      payment_method_type: type,
    });
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'payment_intent.payment_failed',
    ]);
  });

  test(row.manualCapture ? 'holds for a later capture' : 'cannot hold', async () => {
    const started = start(type, { capture_method: 'manual' });
    if (!row.manualCapture) {
      expect(await errorOf(started)).toMatchObject({ statusCode: 400, param: 'capture_method' });
      return;
    }
    const held = await finish(await started, 'succeed');
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 10_000 });
    const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 4_000 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 4_000 });
  });
});

describe('what is asked for', () => {
  test('a redirect needs to know where to return', async () => {
    const error = await errorOf(start('ideal', { return_url: undefined as never }));
    expect(error).toMatchObject({ statusCode: 400, param: 'return_url' });
  });

  test('WeChat Pay needs to know the client, and answers each its own way', async () => {
    const missing = await errorOf(start('wechat_pay', { payment_method_options: {} }));
    expect(missing).toMatchObject({
      code: 'parameter_missing',
      param: 'payment_method_options[wechat_pay][client]',
    });
    for (const client of ['ios', 'android'] as const) {
      const intent = await start('wechat_pay', { payment_method_options: { wechat_pay: { client } } });
      expect(intent.next_action?.type).toBe(`wechat_pay_redirect_to_${client}_app`);
    }
  });

  test('BLIK needs the six digits of the app, and does not repeat them', async () => {
    const coded = (blik: object) => start('blik', { payment_method_options: { blik } });
    const param = 'payment_method_options[blik][code]';
    expect(await errorOf(coded({}))).toMatchObject({ code: 'parameter_missing', param });
    expect(await errorOf(coded({ code: '12' }))).toMatchObject({ statusCode: 400, param });
    expect((await coded({ code: '123456' })).payment_method_options?.blik).toEqual({});
  });

  test.each([
    ['promptpay', 'billing_details[email]'],
    ['p24', 'billing_details[email]'],
    ['bancontact', 'billing_details[name]'],
    ['eps', 'billing_details[name]'],
  ])('%s needs %s', async (type, param) => {
    const error = await errorOf(start(type, { payment_method_data: { type } as never }));
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'parameter_missing',
      param,
      message: `Missing required param: ${param}.`,
    });
  });

  test('error_on_requires_action ends a payment that would wait', async () => {
    const error = await errorOf(start('klarna', { error_on_requires_action: true }));
    expect(error).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      payment_intent: { status: 'requires_payment_method' },
    });
  });

  test.each(Object.keys(UNSUPPORTED_METHODS).filter((type) => ['link', 'mb_way', 'payto'].includes(type)))(
    '%s says that it is not emulated',
    async (type) => {
      const details = type === 'payto' ? { payto: { pay_id: 'jenny@example.com' } } : {};
      const error = await errorOf(
        start(type, { payment_method_data: { type, billing_details: BILLING, ...details } as never }),
      );
      expect(error.code).toBe('emulator_unsupported');
    },
  );
});

describe('time', () => {
  test('a BLIK approval comes within a minute or not at all', async () => {
    const intent = await start('blik');
    await emulator.advance(61);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: {
        code: 'payment_intent_payment_attempt_expired',
        message:
          'The BLIK payment attempt of this PaymentIntent has expired. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      },
    });
  });

  test('a Klarna hold lasts 28 days', async () => {
    const held = await finish(await start('klarna', { capture_method: 'manual' }), 'succeed');
    await emulator.advance(27 * 24 * 60 * 60);
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'requires_capture' });
    await emulator.advance(2 * 24 * 60 * 60);
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'canceled' });
  });
});

describe('later payments', () => {
  test('a wallet kept with consent pays without its customer', async () => {
    const customer = await stripe.customers.create();
    const first = await start('cashapp', {
      customer: customer.id,
      setup_future_usage: 'off_session',
      mandate_data: CONSENT,
    });
    await finish(first, 'succeed');
    const later = await stripe.paymentIntents.create(
      confirmedWith('cashapp', {
        currency: 'usd',
        customer: customer.id,
        off_session: true,
        payment_method: first.payment_method as string,
      }),
    );
    expect(later.status).toBe('succeeded');
  });

  test('a wallet that nobody agreed to keep does not', async () => {
    const error = await errorOf(start('cashapp', { off_session: true }));
    expect(error.message).toMatch(/^This PaymentIntent requires a mandate/);
  });

  test('iDEAL leaves a SEPA debit behind', async () => {
    const customer = await stripe.customers.create();
    const intent = await start('ideal', { customer: customer.id, setup_future_usage: 'off_session' });
    const done = await finish(intent, 'succeed');
    const charge = await stripe.charges.retrieve(done.latest_charge as string);
    const { ideal } = charge.payment_method_details as Stripe.Charge.PaymentMethodDetails;
    const debit = await stripe.paymentMethods.retrieve(ideal?.generated_sepa_debit as string);
    expect(debit).toMatchObject({
      type: 'sepa_debit',
      customer: customer.id,
      sepa_debit: { country: 'NL', last4: '5264', generated_from: { charge: charge.id } },
    });
    const mandate = await stripe.mandates.retrieve(ideal?.generated_sepa_debit_mandate as string);
    expect(mandate).toMatchObject({ type: 'multi_use', status: 'active', payment_method: debit.id });
    const later = await stripe.paymentIntents.create(
      confirmedWith('sepa_debit', {
        currency: 'eur',
        customer: customer.id,
        off_session: true,
        payment_method: debit.id,
      }),
    );
    expect(later.status).toBe('processing');
  });
});
