import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveEmulator, startLiveEmulator } from '../support/live-emulator.ts';

let live: LiveEmulator;
beforeEach(async () => {
  live = await startLiveEmulator();
});
afterEach(async () => {
  await live.stop();
  expect(live.bugs).toEqual([]);
});

describe('every document an object links to', () => {
  test('the receipt of a charge', async () => {
    const intent = await live.stripe.paymentIntents.create({
      amount: 1099,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      expand: ['latest_charge'],
    });
    const charge = intent.latest_charge as Stripe.Charge;
    const answer = await fetch(charge.receipt_url as string);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('€10.99');
    expect(text).toContain('ending in 4242');
    expect(text).toContain(charge.id);
  });

  test('the mandate of a debit', async () => {
    const setup = await live.stripe.setupIntents.create({
      payment_method: 'pm_sepaDebit_success_de',
      confirm: true,
      mandate_data: { customer_acceptance: { type: 'offline' } },
      payment_method_types: ['sepa_debit'],
    } as Stripe.SetupIntentCreateParams);
    const mandate = await live.stripe.mandates.retrieve(setup.mandate as string);
    const answer = await fetch(mandate.payment_method_details.sepa_debit?.url as string);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(mandate.id);
  });

  test('the picture of a QR code, which forwards from PNG to SVG', async () => {
    const intent = await live.stripe.paymentIntents.create({
      amount: 1000,
      currency: 'sgd',
      confirm: true,
      payment_method_data: { type: 'paynow' },
      payment_method_types: ['paynow'],
    } as Stripe.PaymentIntentCreateParams);
    const code = intent.next_action?.paynow_display_qr_code;
    const svg = await fetch(code?.image_url_svg as string);
    expect(svg.headers.get('content-type')).toBe('image/svg+xml');
    expect(await svg.text()).toMatch(/^<svg /);
    const png = await fetch(code?.image_url_png as string);
    expect(png.url).toContain('.svg');
    expect(png.status).toBe(200);
  });

  test('unknown ones are 404 pages', async () => {
    for (const path of ['receipts/ch_nope', 'mandates/mandate_nope']) {
      expect((await fetch(`${live.server.url}/_payintent/${path}`)).status).toBe(404);
    }
  });
});
