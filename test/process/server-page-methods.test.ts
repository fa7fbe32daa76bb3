import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAYMENT_METHOD_TYPES } from '../../src/domain/payment-method-types.ts';
import { UNSUPPORTED_METHODS } from '../../src/emulator/unsupported-methods.ts';
import { BILLING, confirmedWith } from '../support/intents.ts';
import { type LiveEmulator, startLiveEmulator } from '../support/live-emulator.ts';

let live: LiveEmulator;
beforeAll(async () => {
  live = await startLiveEmulator();
});
afterAll(async () => {
  await live.stop();
  expect(live.bugs).toEqual([]);
});

/** What a type cannot do without, beyond billing details. */
const DETAILS: Readonly<Record<string, object>> = {
  boleto: { boleto: { tax_id: '000.000.000-00' } },
  fpx: { fpx: { bank: 'affin_bank' } },
  sofort: { sofort: { country: 'DE' } },
};
const OPTIONS: Readonly<Record<string, object>> = {
  blik: { blik: { code: '123456' } },
  wechat_pay: { wechat_pay: { client: 'web' } },
};

/** Types whose customer does something between confirm and the outcome. */
const types = PAYMENT_METHOD_TYPES.filter(
  ({ type, behavior }) =>
    ['redirect', 'qr', 'app_approval', 'voucher'].includes(behavior) &&
    !Object.hasOwn(UNSUPPORTED_METHODS, type),
);

function start(type: string, currencies: readonly string[] = ['usd']) {
  return live.stripe.paymentIntents.create(
    confirmedWith(type, {
      amount: 10_000,
      currency: currencies[0] as string,
      return_url: 'https://shop.example/done',
      payment_method_data: { type, billing_details: BILLING, ...DETAILS[type] } as never,
      ...(OPTIONS[type] === undefined ? {} : { payment_method_options: OPTIONS[type] }),
    } as Omit<Stripe.PaymentIntentCreateParams, 'amount'>),
  );
}

test('there are such types', () => {
  expect(types.length).toBeGreaterThan(20);
});

describe.each(types)('the page of $type', ({ type, name, currencies }) => {
  const pageOf = (intent: Stripe.PaymentIntent) =>
    `${live.server.url}/_payintent/authenticate/${intent.id}?client_secret=${intent.client_secret}`;
  const press = (intent: Stripe.PaymentIntent, outcome: string) =>
    fetch(pageOf(intent), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ client_secret: intent.client_secret ?? '', outcome }),
    });

  test('names it and offers two ways', async () => {
    const intent = await start(type, currencies);
    expect(intent.status).toBe('requires_action');
    const answer = await fetch(pageOf(intent));
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain(name.replaceAll('&', '&amp;'));
    expect(text).not.toContain('3D Secure');
    expect(text.match(/<button/g)).toHaveLength(2);
  });

  test('completes and fails', async () => {
    const paid = await start(type, currencies);
    expect([200, 303]).toContain((await press(paid, 'succeed')).status);
    expect((await live.stripe.paymentIntents.retrieve(paid.id)).status).toMatch(/^(succeeded|processing)$/);
    const failed = await start(type, currencies);
    expect([200, 303]).toContain((await press(failed, 'fail')).status);
    expect((await live.stripe.paymentIntents.retrieve(failed.id)).status).toBe('requires_payment_method');
  });
});
