import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';
import { BILLING, confirmedWith } from '../support/intents.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
/** Of the test clock: 2026-01-15T12:00:00Z, a Thursday. */
const NOW = Date.UTC(2026, 0, 15, 12) / 1000;

const CURRENCIES = { boleto: 'brl', konbini: 'jpy', multibanco: 'eur', oxxo: 'mxn', pix: 'brl' } as const;
type Voucher = keyof typeof CURRENCIES;
const VOUCHERS = Object.keys(CURRENCIES) as Voucher[];

function print(type: Voucher, email: string, params: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create(
    confirmedWith(type, {
      currency: CURRENCIES[type],
      payment_method_data: {
        type,
        billing_details: { ...BILLING, email },
        ...(type === 'boleto' ? { boleto: { tax_id: '000.000.000-00' } } : {}),
      } as Stripe.PaymentIntentCreateParams.PaymentMethodData,
      ...params,
    }),
  );
}

const statusOf = async (id: string) => (await stripe.paymentIntents.retrieve(id)).status;
const ACTIONS: Readonly<Record<Voucher, string>> = {
  boleto: 'boleto_display_details',
  konbini: 'konbini_display_details',
  multibanco: 'multibanco_display_details',
  oxxo: 'oxxo_display_details',
  pix: 'pix_display_qr_code',
};

describe.each(VOUCHERS)('%s', (type) => {
  test('is shown, and paid three minutes later', async () => {
    const intent = await print(type, 'anna@example.com');
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: ACTIONS[type] } });
    expect(intent.latest_charge).toBeNull();
    await emulator.advance(3 * MINUTE - 1);
    expect(await statusOf(intent.id)).toBe('requires_action');
    await emulator.advance(1);
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2000, next_action: null });
    expect(paid.latest_charge).toMatchObject({ paid: true, payment_method_details: { type } });
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test.each([
    ['succeed_immediately', 10, 'succeeded'],
    ['expire_immediately', 10, 'requires_payment_method'],
    ['expire_with_delay', 3 * MINUTE, 'requires_payment_method'],
  ])('%s', async (word, seconds, status) => {
    const intent = await print(type, `anna_${word}@example.com`);
    expect(await statusOf(intent.id)).toBe('requires_action');
    await emulator.advance(seconds);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after.status).toBe(status);
    if (status === 'succeeded') return;
    expect(after).toMatchObject({
      payment_method: null,
      latest_charge: null,
      last_payment_error: { code: 'payment_intent_payment_attempt_expired', payment_method_type: type },
    });
    expect(emulator.eventTypes(intent.id).at(-1)).toBe('payment_intent.payment_failed');
  });

  test('may be completed by hand, either way', async () => {
    for (const [outcome, status] of [
      ['succeed', 'succeeded'],
      ['fail', 'requires_payment_method'],
    ] as const) {
      const intent = await print(type, 'anna_fill_never@example.com');
      await emulator.raw(
        'POST',
        `/_payintent/payment_intents/${intent.id}/authenticate`,
        `outcome=${outcome}`,
      );
      expect(await statusOf(intent.id)).toBe(status);
    }
  });

  test('cannot be held', async () => {
    expect(await errorOf(print(type, 'anna@example.com', { capture_method: 'manual' }))).toMatchObject({
      param: 'capture_method',
    });
  });

  test('a canceled payment is not paid any more', async () => {
    const intent = await print(type, 'anna@example.com');
    await stripe.paymentIntents.cancel(intent.id);
    await emulator.advance(DAY);
    expect(await statusOf(intent.id)).toBe('canceled');
  });
});

describe('a voucher that nobody pays', () => {
  const never = 'anna_fill_never@example.com';
  const expired = (id: string) => statusOf(id);

  test('boleto runs out at the end of the third day in São Paulo', async () => {
    const intent = await print('boleto', never);
    const at = Date.UTC(2026, 0, 19, 2, 59, 59) / 1000;
    expect(intent.next_action?.boleto_display_details?.expires_at).toBe(at);
    expect(intent.next_action?.boleto_display_details?.number).toMatch(/^\d{47}$/);
    await emulator.advance(at - NOW - 1);
    expect(await expired(intent.id)).toBe('requires_action');
    await emulator.advance(1);
    expect(await expired(intent.id)).toBe('requires_payment_method');
  });

  test('oxxo runs out in Mexico, and fails a business day and two days later', async () => {
    const intent = await print('oxxo', never, {
      payment_method_options: { oxxo: { expires_after_days: 1 } },
    });
    const at = Date.UTC(2026, 0, 17, 5, 59, 59) / 1000;
    expect(intent.next_action?.oxxo_display_details?.expires_after).toBe(at);
    // Friday's end; Monday is the next business day; Wednesday at midnight in Mexico it is over.
    const over = Date.UTC(2026, 0, 21, 6) / 1000;
    await emulator.advance(over - NOW - 1);
    expect(await expired(intent.id)).toBe('requires_action');
    await emulator.advance(1);
    expect(await expired(intent.id)).toBe('requires_payment_method');
  });

  test('konbini takes its own expiry', async () => {
    const intent = await print('konbini', never, {
      payment_method_options: { konbini: { expires_at: NOW + 90 * MINUTE } },
    });
    expect(intent.next_action?.konbini_display_details?.expires_at).toBe(NOW + 90 * MINUTE);
    await emulator.advance(90 * MINUTE);
    expect(await expired(intent.id)).toBe('requires_payment_method');
  });

  test('pix lasts as many seconds as asked for', async () => {
    const intent = await print('pix', never, {
      payment_method_options: { pix: { expires_after_seconds: 600 } },
    });
    expect(intent.next_action?.pix_display_qr_code?.expires_at).toBe(NOW + 600);
    await emulator.advance(600);
    expect(await expired(intent.id)).toBe('requires_payment_method');
  });

  test('multibanco is processing for four more days', async () => {
    const intent = await print('multibanco', never);
    await emulator.advance(8 * DAY);
    expect(await expired(intent.id)).toBe('processing');
    await emulator.advance(4 * DAY);
    expect(await expired(intent.id)).toBe('requires_payment_method');
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'payment_intent.processing',
      'payment_intent.payment_failed',
    ]);
  });
});

describe('konbini confirmation numbers', () => {
  const numbered = (number: string) =>
    print('konbini', 'anna@example.com', {
      payment_method_options: { konbini: { confirmation_number: number } },
    });

  test.each([
    ['11111111110', 3 * MINUTE, 'succeeded'],
    ['22222222220', 10, 'succeeded'],
    ['33333333330', 10, 'requires_payment_method'],
    ['44444444440', 3 * MINUTE, 'requires_payment_method'],
    ['55555555550', 3 * MINUTE, 'requires_action'],
  ])('%s', async (number, seconds, status) => {
    const intent = await numbered(number);
    expect(intent.next_action?.konbini_display_details?.stores.lawson?.confirmation_number).toBe(number);
    await emulator.advance(seconds);
    expect(await statusOf(intent.id)).toBe(status);
  });

  test.each(['123', '00000000000'])('%s is refused', async (number) => {
    expect(await errorOf(numbered(number))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_konbini_rejected_confirmation_number',
    });
  });
});

test('a voucher printed anew leaves the old one without effect', async () => {
  const intent = await print('oxxo', 'anna_expire_with_delay@example.com');
  await emulator.advance(MINUTE);
  const again = await stripe.paymentIntents.confirm(intent.id, {
    payment_method_data: { type: 'oxxo', billing_details: { ...BILLING, email: 'anna@example.com' } },
  });
  expect(again.next_action?.oxxo_display_details?.number).not.toBe(
    intent.next_action?.oxxo_display_details?.number,
  );
  await emulator.advance(2 * MINUTE);
  expect(await statusOf(intent.id)).toBe('requires_action');
  await emulator.advance(MINUTE);
  expect(await statusOf(intent.id)).toBe('succeeded');
});
