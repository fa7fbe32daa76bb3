import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import FLOWS from '../../fixtures/event-flows.json' with { type: 'json' };
import { eventBody } from '../../src/emulator/delivery/event-body.ts';
import { signPayload } from '../../src/emulator/delivery/signature.ts';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';
import { BILLING, CONSENT, confirmedWith } from '../support/intents.ts';

/**
 * The events of every flow whose order is known, from a table of its own: no scenario and no list of the product is
 * used here. A `?` behind a type marks an event of which it is not known that it is sent.
 */

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

type Params = Partial<Stripe.PaymentIntentCreateParams>;

const card = (method: string, more: Params = {}) =>
  stripe.paymentIntents.create(confirmedWith('card', { currency: 'usd', payment_method: method, ...more }));
/** With its fees known at once, so that nothing is sent afterwards. */
const paid = (method: string) => card(method, { capture_method: 'automatic' });
const finish = async (id: string, outcome: 'fail' | 'succeed') => {
  await emulator.engine.authenticate(id, outcome);
};
const seconds = (number: number) => emulator.advance(number);

const debit = (method: string) =>
  stripe.paymentIntents.create(
    confirmedWith('us_bank_account', { currency: 'usd', payment_method: method, mandate_data: CONSENT }),
  );
const voucher = (email: string) =>
  stripe.paymentIntents.create(
    confirmedWith('oxxo', {
      currency: 'mxn',
      payment_method_data: { type: 'oxxo', billing_details: { ...BILLING, email } },
    }),
  );
const bank = () =>
  stripe.paymentIntents.create(
    confirmedWith('ideal', {
      currency: 'eur',
      return_url: 'https://shop.example/return',
      payment_method_data: { type: 'ideal', billing_details: BILLING },
    }),
  );

async function refund(method: string, amount?: number) {
  const { id } = await paid(method);
  const from = emulator.eventTypes().length;
  await stripe.refunds.create({ payment_intent: id, ...(amount === undefined ? {} : { amount }) });
  await seconds(10);
  return from;
}

async function dispute(method: string, respond: (id: string) => Promise<unknown>) {
  await paid(method);
  const { data } = await stripe.disputes.list();
  await respond(data[0]?.id as string);
  await seconds(10);
}

const evidence = (text: string) => (id: string) =>
  stripe.disputes.update(id, { evidence: { uncategorized_text: text }, submit: true });

/** Plays a flow. Answers how many events came before it, where it starts in the middle. */
const PLAY: Readonly<Record<string, () => Promise<unknown>>> = {
  card_success_automatic: async () => {
    await card('pm_card_visa');
    await seconds(3);
  },
  card_success_two_step: async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd' });
    await stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.example/return',
    });
    await seconds(3);
  },
  manual_capture_authorize: () => card('pm_card_visa', { capture_method: 'manual' }),
  manual_capture_capture: async () => {
    const { id } = await card('pm_card_visa', { capture_method: 'manual' });
    const from = emulator.eventTypes().length;
    await stripe.paymentIntents.capture(id);
    await seconds(3);
    return from;
  },
  card_decline: async () => {
    expect((await errorOf(card('pm_card_visa_chargeDeclined'))).statusCode).toBe(402);
  },
  threeds_success: async () => {
    await finish((await card('pm_card_threeDSecure2Required')).id, 'succeed');
    await seconds(3);
  },
  threeds_success_manual_capture: async () =>
    finish((await card('pm_card_threeDSecure2Required', { capture_method: 'manual' })).id, 'succeed'),
  threeds_failure: async () => finish((await card('pm_card_threeDSecure2Required')).id, 'fail'),
  threeds_then_decline: async () =>
    finish((await card('pm_card_authenticationRequiredChargeDeclinedInsufficientFunds')).id, 'succeed'),
  cancel_before_payment: async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd' });
    await stripe.paymentIntents.cancel(id);
  },
  delayed_success: async () => {
    await debit('pm_usBankAccount_success');
    await seconds(10);
  },
  delayed_failure: async () => {
    await debit('pm_usBankAccount_insufficientFunds');
    await seconds(10);
  },
  voucher_paid: async () => {
    await voucher('succeed_immediately@example.com');
    await seconds(10);
  },
  voucher_expired: async () => {
    await voucher('expire_immediately@example.com');
    await seconds(10);
    return 1;
  },
  redirect_success: async () => finish((await bank()).id, 'succeed'),
  redirect_failure: async () => finish((await bank()).id, 'fail'),
  bank_transfer: async () => {
    const customer = (await stripe.customers.create()).id;
    await stripe.paymentIntents.create(
      confirmedWith('customer_balance', {
        currency: 'usd',
        customer,
        payment_method_data: { type: 'customer_balance' },
        payment_method_options: {
          customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'us_bank_transfer' } },
        },
      }),
    );
    for (const amount of [500, 1500])
      await stripe.testHelpers.customers.fundCashBalance(customer, { amount, currency: 'usd' });
    return 1;
  },
  refund_full: () => refund('pm_card_visa'),
  refund_partial: () => refund('pm_card_visa', 500),
  refund_async_success: () => refund('pm_card_pendingRefund'),
  refund_async_failure: () => refund('pm_card_refundFail'),
  dispute_lost: async () => {
    await dispute('pm_card_createDispute', evidence('losing_evidence'));
    return 2;
  },
  dispute_won: async () => {
    await dispute('pm_card_createDispute', evidence('winning_evidence'));
    return 2;
  },
  dispute_inquiry: async () => {
    await dispute('pm_card_createDisputeInquiry', (id) => stripe.disputes.close(id));
    return 2;
  },
  early_fraud_warning: async () => {
    await paid('pm_card_createIssuerFraudRecord');
    await seconds(3);
    return 1;
  },
  setup_intent: async () => {
    const customer = (await stripe.customers.create()).id;
    await stripe.setupIntents.create({
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      confirm: true,
      customer,
      payment_method: 'pm_card_visa',
    });
    return 1;
  },
};

const isUnsure = (entry: string) => entry.endsWith('?');

/** Events that the flows do not mention, with why the emulator sends them all the same. */
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  // Every movement of the cash balance has its event: money that comes in, and money that goes on to the payment.
  bank_transfer: ['customer_cash_balance_transaction.created'],
  // The payment itself goes on around the dispute; the charge is touched once more after a response (probed 2026-09).
  dispute_inquiry: ['payment_intent.succeeded', 'charge.updated'],
  dispute_lost: ['payment_intent.succeeded', 'charge.updated'],
  dispute_won: ['payment_intent.succeeded', 'charge.updated'],
  // A pending refund gets its reference after it has succeeded.
  refund_async_success: ['refund.updated', 'charge.refund.updated'],
};

describe('every flow sends its events in order', () => {
  test.each(FLOWS.map((flow) => [flow.id, flow] as const))('%s', async (id, flow) => {
    const start = await PLAY[id]?.();
    const sent = emulator.eventTypes().slice(typeof start === 'number' ? start : 0);
    const besides = BESIDES[id] ?? [];
    let open = flow.events;
    for (const type of sent) {
      const at = open.findIndex(
        (entry, index) => entry.replace('?', '') === type && open.slice(0, index).every(isUnsure),
      );
      if (at < 0) expect(besides, `${type} in ${sent.join(', ')}`).toContain(type);
      open = open.slice(at + 1);
    }
    expect(
      open.filter((entry) => !isUnsure(entry)),
      sent.join(', '),
    ).toEqual([]);
  });

  test('and each is played here', () => {
    expect(Object.keys(PLAY).sort()).toEqual(FLOWS.map(({ id }) => id).sort());
  });

  test.each(FLOWS.map(({ id }) => id))('%s, signed so that the SDK accepts it', async (id) => {
    await PLAY[id]?.();
    const secret = ['whsec', 'x'.repeat(32)].join('_');
    const now = Math.floor(Date.now() / 1000);
    for (const event of emulator.engine.store.scan('events')) {
      const body = eventBody(event);
      const read = Stripe.webhooks.constructEvent(
        body,
        signPayload(body, secret, now, { dummy: true }),
        secret,
      );
      expect(read.id).toBe(event.id);
      expect(body).toBe(JSON.stringify(read, null, 2));
    }
  });
});
