import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, PUBLISHABLE_KEY, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/payments.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const asClient = { authorization: `Bearer ${PUBLISHABLE_KEY}` };

/** What the SDKs add for statistics. */
const TRACES =
  'payment_method_data[guid]=a&payment_method_data[muid]=b&payment_method_data[sid]=c&payment_method_data[payment_user_agent]=d&payment_method_data[client_attribution_metadata][merchant_integration_source]=elements';

describe('a client of the mobile SDKs', () => {
  test('may send along what nobody acts on', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method_types: ['alipay'],
    } as Stripe.PaymentIntentCreateParams);
    const { status, json } = await emulator.raw(
      'POST',
      `/v1/payment_intents/${intent.id}/confirm`,
      `client_secret=${intent.client_secret}&return_url=app%3A%2F%2Fback&payment_method_data[type]=alipay&${TRACES}&payment_method_options[alipay][app_bundle_id]=x`,
      asClient,
    );
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'alipay_handle_redirect' },
    });
  });

  test('sees how a bank account will be verified, and no other option', async () => {
    const bank = await stripe.setupIntents.create({
      payment_method_types: ['us_bank_account'],
    } as Stripe.SetupIntentCreateParams);
    const view = (intent: { id: string; client_secret: string | null }) =>
      emulator.raw(
        'GET',
        `/v1/setup_intents/${intent.id}?client_secret=${intent.client_secret}`,
        '',
        asClient,
      );
    expect((await view(bank)).json['payment_method_options']).toEqual({
      us_bank_account: { verification_method: 'automatic' },
    });
    const card = await stripe.setupIntents.create({
      payment_method_types: ['card'],
    } as Stripe.SetupIntentCreateParams);
    expect((await view(card)).json).not.toHaveProperty('payment_method_options');
  });
});

describe('a refusal about an intent', () => {
  test('carries the intent when a parameter is wrong, too', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd' });
    const error = await errorOf(
      stripe.paymentIntents.confirm(intent.id, {
        payment_method: 'pm_card_visa',
        payment_method_options: { card: { network: 'carrier_pigeon' as never } },
      }),
    );
    expect(error.message).toMatch(
      /^Invalid payment_method_options\[card\]\[network\]: .*, visa, or unknown$/,
    );
    expect(error.payment_intent).toMatchObject({ id: intent.id, status: 'requires_payment_method' });
    const setup = await stripe.setupIntents.create();
    expect(await errorOf(stripe.setupIntents.cancel(setup.id, { color: 'red' } as never))).toMatchObject({
      code: 'parameter_unknown',
      setup_intent: { id: setup.id },
    });
  });

  test('is about the status first, whatever else is missing', async () => {
    const { id } = await stripe.setupIntents.create();
    await stripe.setupIntents.cancel(id);
    expect(await errorOf(stripe.setupIntents.confirm(id))).toMatchObject({
      code: 'setup_intent_unexpected_state',
      message: 'You cannot confirm this SetupIntent because it has been canceled.',
    });
  });

  test('shows it to nobody without the client secret', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd' });
    const { json } = await emulator.raw(
      'POST',
      `/v1/payment_intents/${id}/confirm`,
      'client_secret=wrong&color=red',
      asClient,
    );
    expect(json['error']).toMatchObject({ code: 'parameter_unknown' });
    expect(json['error']).not.toHaveProperty('payment_intent');
  });
});
