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

const error = (answer: { json: Record<string, unknown> }) => answer.json['error'];

describe('retrieve', () => {
  test('shows the charge of a payment, with what hangs on it when asked for', async () => {
    const { id, payment_intent } = await pay(stripe);
    await emulator.advance(5);
    const charge = await stripe.charges.retrieve(id, {
      expand: ['balance_transaction', 'payment_intent', 'refunds'],
    });
    expect(charge).toMatchObject({
      id,
      status: 'succeeded',
      balance_transaction: { amount: 5000, fee: 175, net: 4825, source: id, type: 'charge' },
      payment_intent: { id: payment_intent },
      refunds: { data: [], total_count: 0 },
    });
  });

  test('knows no other charges', async () => {
    expect(await refusal(stripe.charges.retrieve('ch_nope'))).toEqual({
      status: 404,
      type: 'StripeInvalidRequestError',
      code: 'resource_missing',
      param: 'id',
      message: "No such charge: 'ch_nope'",
    });
  });
});

describe('update', () => {
  test('changes the notes on a charge, and tells what they were', async () => {
    const { id } = await pay(stripe, 'pm_card_visa', { description: 'before', metadata: { a: '1' } });
    const charge = await stripe.charges.update(id, {
      description: 'after',
      metadata: { b: '2' },
      receipt_email: 'ada@example.com',
      shipping: { name: 'Ada', address: { line1: '1 Main Street', country: 'US' } },
      fraud_details: { user_report: 'safe' },
    });
    expect(charge).toMatchObject({
      description: 'after',
      metadata: { a: '1', b: '2' },
      receipt_email: 'ada@example.com',
      shipping: { name: 'Ada', address: { line1: '1 Main Street', city: null }, phone: null },
      fraud_details: { user_report: 'safe' },
    });
    const { data } = await stripe.events.list({ type: 'charge.updated' });
    expect(data[0]?.data.previous_attributes).toMatchObject({ description: 'before', metadata: { b: null } });
  });

  test('does not move a charge to another transfer group or customer', async () => {
    const [ada, bob] = await Promise.all(['ada', 'bob'].map((name) => stripe.customers.create({ name })));
    const charge = await pay(stripe, 'pm_card_visa', { customer: ada?.id as string });
    expect(await refusal(stripe.charges.update(charge.id, { transfer_group: 'order_42' }))).toEqual({
      status: 400,
      type: 'StripeInvalidRequestError',
      code: undefined,
      param: undefined,
      message: `This Charge was created by a PaymentIntent (${charge.payment_intent}). You must update the \`transfer_group\` on the PaymentIntent instead of updating the Charge directly. See https://stripe.com/docs/api#update_payment_intent`,
    });
    const moved = await errorOf(stripe.charges.update(charge.id, { customer: bob?.id as string }));
    expect(moved.param).toBe('customer');
    expect((await stripe.charges.retrieve(charge.id)).customer).toBe(ada?.id);
  });

  test('gives a charge without a customer one', async () => {
    const customer = await stripe.customers.create({});
    const charge = await pay(stripe);
    const updated = await stripe.charges.update(charge.id, { customer: customer.id });
    expect(updated.customer).toBe(customer.id);
  });
});

describe('capture', () => {
  test('is refused: what is captured stays so, and a hold is captured through its intent', async () => {
    const paid = await pay(stripe);
    expect(await refusal(stripe.charges.capture(paid.id))).toMatchObject({
      status: 400,
      code: 'charge_already_captured',
      message: `Charge ${paid.id} has already been captured.`,
    });
    const held = await pay(stripe, 'pm_card_visa', { capture_method: 'manual' });
    expect(await refusal(stripe.charges.capture(held.id))).toMatchObject({
      status: 400,
      code: undefined,
      message: `This uncaptured Charge was created by a PaymentIntent (${held.payment_intent}). You must capture the PaymentIntent instead. For more information, see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method`,
    });
  });
});

describe('create', () => {
  const money = 'amount=1400&currency=usd';

  test('is refused, with advice that fits what was tried', async () => {
    const customer = await stripe.customers.create({});
    const withMethod = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const post = (more: string) => emulator.raw('POST', '/v1/charges', `${money}${more}`);
    const plain = await post('');
    expect(plain.status).toBe(400);
    expect(error(plain)).toMatchObject({
      code: 'parameter_missing',
      message: 'Must provide source or customer.',
    });
    const token = await post('&source=tok_visa');
    expect(token.status).toBe(400);
    expect(error(token)).toMatchObject({
      message: expect.stringMatching(/^Card Token usage .* has reached end of life\./),
    });
    const nothing = await post(`&customer=${customer.id}`);
    expect(nothing.status).toBe(402);
    expect(error(nothing)).toMatchObject({
      code: 'missing',
      param: 'card',
      type: 'card_error',
      message: expect.stringContaining("doesn't have any saved payment details"),
    });
    const legacy = await post(`&customer=${withMethod.id}&payment_method=pm_card_visa`);
    expect(error(legacy)).toMatchObject({
      code: 'missing',
      message: expect.stringContaining('does have a Payment Method attached'),
    });
  });
});

describe('list', () => {
  test('filters by customer, intent, transfer group and time', async () => {
    const customer = await stripe.customers.create({});
    const first = await pay(stripe, 'pm_card_visa', { customer: customer.id });
    await emulator.advance(100);
    const second = await pay(stripe, 'pm_card_visa', { transfer_group: 'order_1' });
    const ids = async (params: Stripe.ChargeListParams) =>
      (await stripe.charges.list(params)).data.map((charge) => charge.id);
    expect(await ids({})).toEqual([second.id, first.id]);
    expect(await ids({ customer: customer.id })).toEqual([first.id]);
    expect(await ids({ payment_intent: second.payment_intent as string })).toEqual([second.id]);
    expect(await ids({ transfer_group: 'order_1' })).toEqual([second.id]);
    expect(await ids({ created: { gt: first.created } })).toEqual([second.id]);
    expect(await refusal(stripe.charges.list({ customer: 'cus_nope' }))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'customer',
    });
  });
});

describe('the older endpoints for refunds', () => {
  test('answer with the charge in the singular and with the refund in the plural', async () => {
    const { id } = await pay(stripe);
    const charge = await emulator.raw('POST', `/v1/charges/${id}/refund`, 'amount=800');
    expect(charge.json).toMatchObject({ id, object: 'charge', amount_refunded: 800 });
    const refund = await emulator.raw('POST', `/v1/charges/${id}/refunds`, 'amount=300');
    expect(refund.json).toMatchObject({ object: 'refund', amount: 300, charge: id });
    const list = await emulator.raw('GET', `/v1/charges/${id}/refunds`);
    expect(list.json).toMatchObject({ object: 'list', has_more: false, url: `/v1/charges/${id}/refunds` });
    expect(list.json['data']).toMatchObject([{ amount: 300 }, { amount: 800 }]);
    const path = `/v1/charges/${id}/refunds/${refund.json['id']}`;
    expect((await emulator.raw('GET', path)).json['id']).toBe(refund.json['id']);
    const noted = await emulator.raw('POST', path, 'metadata[a]=1');
    expect(noted.json).toMatchObject({ metadata: { a: '1' } });
  });

  test("do not find another charge's refund", async () => {
    const [one, other] = [await pay(stripe), await pay(stripe)];
    const refund = await stripe.refunds.create({ charge: one.id });
    const answer = await emulator.raw('GET', `/v1/charges/${other.id}/refunds/${refund.id}`);
    expect(answer.status).toBe(404);
    expect(error(answer)).toMatchObject({
      code: 'resource_missing',
      param: 'refund',
      message: `No such refund: '${refund.id}'`,
    });
  });
});
