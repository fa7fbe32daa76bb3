import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf, pay, refusal } from '../support/payments.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const refundEvents = (charge: Stripe.Charge) =>
  emulator.eventTypes(charge.payment_intent as string).filter((type) => type.includes('refund'));

async function lastEvent(type: Stripe.Event['type']): Promise<Stripe.Event> {
  const { data } = await stripe.events.list({ type, limit: 1 });
  return data[0] as Stripe.Event;
}

describe('a refund of a card', () => {
  test('for fraud reports the charge', async () => {
    const charge = await pay(stripe);
    expect(charge.fraud_details).toEqual({});
    await stripe.refunds.create({ charge: charge.id, reason: 'fraudulent' });
    expect((await stripe.charges.retrieve(charge.id)).fraud_details).toEqual({ user_report: 'fraudulent' });
  });

  test('gives back everything that is left, names its payment and moves the money without a fee', async () => {
    const charge = await pay(stripe, 'pm_card_visa', { description: 'One book' });
    const refund = await stripe.refunds.create({ charge: charge.id, expand: ['balance_transaction'] });
    expect(refund).toMatchObject({
      object: 'refund',
      amount: 5000,
      charge: charge.id,
      currency: 'usd',
      customer: null,
      metadata: {},
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason: null,
      status: 'succeeded',
      destination_details: {
        card: {
          reference_status: 'pending',
          reference_type: 'acquirer_reference_number',
          type: 'refund',
        },
        type: 'card',
      },
    });
    expect(refund.balance_transaction).toMatchObject({
      amount: -5000,
      fee: 0,
      fee_details: [],
      net: -5000,
      description: 'REFUND FOR CHARGE (One book)',
      reporting_category: 'refund',
      source: refund.id,
      type: 'refund',
    });
    // All ids of one payment share the same 17 characters.
    expect(refund.id.slice(3, 20)).toBe(charge.id.slice(3, 20));
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 5000, refunded: true });
    const intent = await stripe.paymentIntents.retrieve(charge.payment_intent as string);
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 5000 });
  });

  test('in parts adds up on the charge, which is refunded when the last part is back', async () => {
    const charge = await pay(stripe);
    await stripe.refunds.create({
      charge: charge.id,
      amount: 1500,
      reason: 'duplicate',
      metadata: { part: '1' },
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({
      amount_refunded: 1500,
      refunded: false,
    });
    const rest = await stripe.refunds.create({ payment_intent: charge.payment_intent as string });
    expect(rest.amount).toBe(3500);
    const whole = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
    expect(whole).toMatchObject({
      refunded: true,
      refunds: { object: 'list', has_more: false, total_count: 2, url: `/v1/charges/${charge.id}/refunds` },
    });
    expect(whole.refunds?.data.map((one) => one.amount)).toEqual([3500, 1500]);
  });

  test('tells of itself at once, and again when the bank has named a reference', async () => {
    const charge = await pay(stripe);
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 2000 });
    expect(refundEvents(charge)).toEqual(['refund.created', 'charge.refunded']);
    const refunded = await lastEvent('charge.refunded');
    expect(refunded.data.previous_attributes).toEqual({ amount_refunded: 0 });
    await emulator.advance(2);
    expect(refundEvents(charge).slice(2)).toEqual(['refund.updated', 'charge.refund.updated']);
    const updated = await lastEvent('refund.updated');
    expect(updated.request).toEqual({ id: null, idempotency_key: null });
    const { destination_details: details } = await stripe.refunds.retrieve(refund.id);
    expect(details?.card).toMatchObject({ reference_status: 'available' });
    expect(details?.card?.reference).toMatch(/^\d{16}$/);
  });

  test('of the last part tells that the charge was not refunded before', async () => {
    const charge = await pay(stripe);
    await stripe.refunds.create({ charge: charge.id });
    const { data } = await lastEvent('charge.refunded');
    expect(data.previous_attributes).toEqual({ amount_refunded: 0, refunded: false });
  });

  test('takes back what was captured, not what was authorized', async () => {
    const charge = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' });
    const intent = charge.payment_intent as string;
    await stripe.paymentIntents.capture(intent, { amount_to_capture: 3000 });
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect(refund.amount).toBe(3000);
    expect(await stripe.charges.retrieve(refund.charge as string)).toMatchObject({ refunded: true });
  });
});

describe('refused refunds', () => {
  const invalid = { status: 400, type: 'StripeInvalidRequestError' };

  test('of what has gone back already', async () => {
    const charge = await pay(stripe);
    await stripe.refunds.create({ charge: charge.id });
    expect(await refusal(stripe.refunds.create({ charge: charge.id, amount: 1 }))).toEqual({
      ...invalid,
      code: 'charge_already_refunded',
      param: undefined,
      message: `Charge ${charge.id} has already been refunded.`,
    });
  });

  test('of more than was paid, and of more than is left', async () => {
    const charge = await pay(stripe);
    const tooMuch = (amount: number) => refusal(stripe.refunds.create({ charge: charge.id, amount }));
    expect(await tooMuch(5001)).toEqual({
      ...invalid,
      code: undefined,
      param: 'amount',
      message: 'Refund amount ($50.01) is greater than charge amount ($50.00)',
    });
    await stripe.refunds.create({ charge: charge.id, amount: 2000 });
    expect(await tooMuch(3001)).toMatchObject({
      message: 'Refund amount ($30.01) is greater than unrefunded amount on charge ($30.00)',
    });
  });

  test('of nothing', async () => {
    const charge = await pay(stripe);
    for (const amount of [0, -5]) {
      expect(await refusal(stripe.refunds.create({ charge: charge.id, amount }))).toEqual({
        ...invalid,
        code: 'parameter_invalid_integer',
        param: 'amount',
        message: 'This value must be greater than or equal to 1.',
      });
    }
  });

  test('of nobody knows what', async () => {
    expect(await refusal(stripe.refunds.create({ amount: 100 }))).toEqual({
      ...invalid,
      code: undefined,
      param: undefined,
      message: 'One of the following params should be provided for this request: payment_intent or charge.',
    });
    expect(await refusal(stripe.refunds.create({ charge: 'ch_nope' }))).toEqual({
      ...invalid,
      status: 404,
      code: 'resource_missing',
      param: 'id',
      message: "No such charge: 'ch_nope'",
    });
    expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_nope' }))).toMatchObject({
      code: 'resource_missing',
      param: 'payment_intent',
      message: "No such payment_intent: 'pi_nope'",
    });
  });

  test('for a reason that only Stripe gives', async () => {
    const charge = await pay(stripe);
    const body = `charge=${charge.id}&reason=expired_uncaptured_charge`;
    const { status, json } = await emulator.raw('POST', '/v1/refunds', body);
    expect(status).toBe(400);
    expect(json['error']).toMatchObject({
      param: 'reason',
      message: 'Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer',
    });
  });

  test('of an intent that was never paid, or whose payment failed', async () => {
    const unpaid = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd' });
    expect((await errorOf(stripe.refunds.create({ payment_intent: unpaid.id }))).message).toBe(
      `This PaymentIntent (${unpaid.id}) does not have a successful charge to refund.`,
    );
    const { payment_intent: failed } = await errorOf(pay(stripe, 'pm_card_visa_chargeDeclined'));
    const charge = failed?.latest_charge as string;
    expect((await errorOf(stripe.refunds.create({ charge }))).message).toBe(
      `This PaymentIntent (${failed?.id}) does not have a successful charge to refund.`,
    );
  });

  test('of a hold, which is canceled instead', async () => {
    const charge = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' });
    expect(await refusal(stripe.refunds.create({ charge: charge.id }))).toEqual({
      ...invalid,
      code: undefined,
      param: undefined,
      message: `This uncaptured Charge was created by a PaymentIntent (${charge.payment_intent}). You must cancel the PaymentIntent to reverse the authorization instead of refunding the Charge directly. For more information, see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method`,
    });
  });

  test('with what belongs to Connect or to a cash balance, which a refund here does not have', async () => {
    const charge = await pay(stripe);
    const fee = await errorOf(stripe.refunds.create({ charge: charge.id, refund_application_fee: true }));
    expect(fee.param).toBe('refund_application_fee');
    const transfer = await errorOf(stripe.refunds.create({ charge: charge.id, reverse_transfer: true }));
    expect(transfer.param).toBe('reverse_transfer');
    const cash = await errorOf(stripe.refunds.create({ charge: charge.id, origin: 'customer_balance' }));
    expect(cash.code).toBe('emulator_unsupported');
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0 });
  });
});

describe('refunds that take their time', () => {
  test('of the pending card succeed later', async () => {
    const charge = await pay(stripe, 'pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ charge: charge.id });
    expect(refund).toMatchObject({
      status: 'pending',
      pending_reason: 'processing',
      destination_details: { card: { type: 'pending' }, type: 'card' },
    });
    await emulator.advance(10);
    const settled = await stripe.refunds.retrieve(refund.id);
    expect(settled.status).toBe('succeeded');
    expect(settled).not.toHaveProperty('pending_reason');
    expect(settled.destination_details?.card?.reference_status).toBe('available');
    const { data } = await lastEvent('charge.refund.updated');
    expect((data.object as Stripe.Refund).status).toBe('succeeded');
    expect(refundEvents(charge).slice(0, 4)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  test('of the failing card come back, and the charge can be refunded again', async () => {
    const charge = await pay(stripe, 'pm_card_refundFail');
    const refund = await stripe.refunds.create({ charge: charge.id });
    expect(refund.status).toBe('succeeded');
    await emulator.advance(10);
    const failed = await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] });
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: { amount: 5000, fee: 0, type: 'refund_failure', source: refund.id },
    });
    expect(refundEvents(charge).slice(2)).toEqual(['refund.failed', 'charge.refund.updated']);
    expect((await lastEvent('refund.failed')).data.previous_attributes).toEqual({
      failure_balance_transaction: null,
      failure_reason: null,
      status: 'succeeded',
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect((await stripe.refunds.create({ charge: charge.id })).amount).toBe(5000);
  });
});

describe('refunds of other methods', () => {
  const post = (url: string, body = '') => emulator.raw('POST', url, body);

  /** Pays with a method of this type and waits for the money. Returns the id of the intent. */
  async function payBy(type: string, body: string): Promise<string> {
    const { json } = await post('/v1/payment_intents', `confirm=true&payment_method_types[]=${type}&${body}`);
    await emulator.advance(10 * 60);
    const intent = await stripe.paymentIntents.retrieve(json['id'] as string);
    expect(intent.status).toBe('succeeded');
    return intent.id;
  }

  const payByKonbini = () =>
    payBy(
      'konbini',
      'amount=5000&currency=jpy&payment_method_data[type]=konbini&payment_method_data[billing_details][email]=succeed_immediately@test.com&payment_method_data[billing_details][name]=Ada',
    );

  test('by bank debit are pending first, under an id of their own kind', async () => {
    const intent = await payBy(
      'sepa_debit',
      'amount=5000&currency=eur&payment_method=pm_sepaDebit_success_de&mandate_data[customer_acceptance][type]=offline',
    );
    const refund = await stripe.refunds.create({ payment_intent: intent, expand: ['balance_transaction'] });
    expect(refund).toMatchObject({ status: 'pending', balance_transaction: { type: 'payment_refund' } });
    expect(refund.id).toMatch(/^pyr_0[A-Za-z0-9]{23}$/);
    await emulator.advance(10);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  });

  test('in cash wait for the customer, and can be called off until then', async () => {
    const intent = await payByKonbini();
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect(refund).toMatchObject({
      status: 'requires_action',
      next_action: {
        type: 'display_details',
        display_details: { email_sent: { email_sent_to: 'succeed_immediately@test.com' } },
      },
    });
    const canceled = await stripe.refunds.cancel(refund.id);
    expect(canceled).toMatchObject({ status: 'canceled', failure_reason: 'merchant_request' });
    expect(canceled).not.toHaveProperty('next_action');
    const charge = await stripe.charges.retrieve(refund.charge as string);
    expect(charge).toMatchObject({ amount_refunded: 0, refunded: false });
    const { pending } = await stripe.balance.retrieve();
    expect(pending.find(({ currency }) => currency === 'jpy')?.amount).toBeGreaterThan(0);
  });

  test('in cash expire when the customer never answers', async () => {
    const byHand = await stripe.refunds.create({ payment_intent: await payByKonbini() });
    const expired = await stripe.testHelpers.refunds.expire(byHand.id);
    expect(expired).toMatchObject({ status: 'failed', failure_reason: 'unknown' });
    const byTime = await stripe.refunds.create({
      payment_intent: await payByKonbini(),
      instructions_email: 'ada@example.com',
    });
    await emulator.advance(45 * 24 * 60 * 60);
    expect(await stripe.refunds.retrieve(byTime.id)).toMatchObject({
      status: 'failed',
      instructions_email: 'ada@example.com',
    });
  });

  test('from a cash balance go back to it', async () => {
    const { id: customer } = await stripe.customers.create({});
    await stripe.testHelpers.customers.fundCashBalance(customer, { amount: 3000, currency: 'usd' });
    const intent = await payBy(
      'customer_balance',
      `amount=3000&currency=usd&customer=${customer}&payment_method_data[type]=customer_balance&payment_method_options[customer_balance][funding_type]=bank_transfer&payment_method_options[customer_balance][bank_transfer][type]=us_bank_transfer`,
    );
    const refund = await stripe.refunds.create({ payment_intent: intent });
    expect(refund).toMatchObject({
      status: 'succeeded',
      destination_details: { customer_cash_balance: {}, type: 'customer_cash_balance' },
    });
    expect((await stripe.customers.retrieveCashBalance(customer)).available).toEqual({ usd: 3000 });
    const { data } = await stripe.customers.listCashBalanceTransactions(customer);
    expect(data[0]).toMatchObject({
      type: 'refunded_from_payment',
      refunded_from_payment: { refund: refund.id },
    });
  });
});

describe('afterwards', () => {
  test('metadata may change, and every change is told', async () => {
    const charge = await pay(stripe);
    const refund = await stripe.refunds.create({ charge: charge.id, metadata: { a: '1', b: '2' } });
    const updated = await stripe.refunds.update(refund.id, { metadata: { a: '', c: '3' } });
    expect(updated.metadata).toEqual({ b: '2', c: '3' });
    const { data } = await lastEvent('refund.updated');
    expect(data.previous_attributes).toEqual({ metadata: { a: '1', c: null } });
  });

  test('a refund that has gone out cannot be canceled, nor expired', async () => {
    const charge = await pay(stripe);
    const refund = await stripe.refunds.create({ charge: charge.id });
    expect(await refusal(stripe.refunds.cancel(refund.id))).toEqual({
      status: 400,
      type: 'StripeInvalidRequestError',
      code: undefined,
      param: undefined,
      message: 'Canceling this refund is unsupported.',
    });
    expect((await errorOf(stripe.testHelpers.refunds.expire(refund.id))).statusCode).toBe(400);
  });

  test('an unknown refund is not found', async () => {
    expect(await refusal(stripe.refunds.retrieve('re_nope'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
      param: 'refund',
      message: "No such refund: 're_nope'",
    });
  });
});

describe('lists', () => {
  test('are newest first, by charge or intent, and count those of a charge', async () => {
    const first = await pay(stripe);
    const second = await pay(stripe);
    const early = await stripe.refunds.create({ charge: first.id, amount: 100 });
    const other = await stripe.refunds.create({ charge: second.id, amount: 200 });
    const late = await stripe.refunds.create({ charge: first.id, amount: 300 });
    const ids = (list: Stripe.ApiList<Stripe.Refund>) => list.data.map((refund) => refund.id);
    expect(ids(await stripe.refunds.list())).toEqual([late.id, other.id, early.id]);
    expect(ids(await stripe.refunds.list({ payment_intent: second.payment_intent as string }))).toEqual([
      other.id,
    ]);
    const ofFirst = await stripe.refunds.list({ charge: first.id, limit: 1 });
    expect(ids(ofFirst)).toEqual([late.id]);
    expect(ofFirst).toMatchObject({ has_more: true, url: '/v1/refunds', count: 2 });
    const next = await stripe.refunds.list({ charge: first.id, limit: 1, starting_after: late.id });
    expect(ids(next)).toEqual([early.id]);
    expect(next.has_more).toBe(false);
  });

  test('of an unknown charge are refused', async () => {
    expect(await refusal(stripe.refunds.list({ charge: 'ch_nope' }))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'charge',
    });
  });
});
