import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { pay, refusal } from '../support/payments.ts';

const DAY = 24 * 60 * 60;

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

/** Pays with a disputing card and returns the dispute. */
async function disputed(method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const charge = await pay(stripe, method, more);
  const { data } = await stripe.disputes.list({ charge: charge.id });
  return data[0] as Stripe.Dispute;
}

const disputeEvents = (dispute: Stripe.Dispute) =>
  emulator
    .eventTypes(dispute.payment_intent as string)
    .filter((type) => type.startsWith('charge.dispute.') || type === 'charge.updated');

async function lastEvent(type: Stripe.Event['type']): Promise<Stripe.Event> {
  const { data } = await stripe.events.list({ type, limit: 1 });
  return data[0] as Stripe.Event;
}

describe('a disputing card', () => {
  test('has its charge disputed as fraudulent, and the money goes with a fee', async () => {
    const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' });
    const dispute = await disputed('pm_card_createDispute', {
      customer: customer.id,
      description: 'One book',
    });
    expect(dispute).toMatchObject({
      object: 'dispute',
      amount: 5000,
      currency: 'usd',
      enhanced_eligibility_types: [],
      evidence: {
        customer_email_address: 'ada@example.com',
        customer_name: 'Ada',
        product_description: 'One book',
        enhanced_evidence: {},
        uncategorized_text: null,
      },
      // Until the end of the eighth day, UTC.
      evidence_details: {
        due_by: Date.UTC(2026, 0, 24) / 1000 - 1,
        has_evidence: false,
        past_due: false,
        submission_count: 0,
      },
      is_charge_refundable: false,
      metadata: {},
      payment_method_details: {
        card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
        type: 'card',
      },
      reason: 'fraudulent',
      status: 'needs_response',
    });
    expect(dispute.id).toMatch(/^du_0[A-Za-z0-9]{23}$/);
    expect(dispute.balance_transactions).toMatchObject([
      {
        amount: -5000,
        fee: 1500,
        net: -6500,
        fee_details: [{ amount: 1500, description: 'Dispute fee', type: 'stripe_fee' }],
        description: `Chargeback withdrawal for ${dispute.charge}`,
        reporting_category: 'dispute',
        source: dispute.id,
        status: 'available',
        type: 'adjustment',
      },
    ]);
    const charge = await stripe.charges.retrieve(dispute.charge as string);
    expect(charge).toMatchObject({ disputed: true, dispute: dispute.id, refunded: false, paid: true });
  });

  test('tells of the dispute between the charge and the intent', async () => {
    const dispute = await disputed('pm_card_createDispute');
    expect(emulator.eventTypes(dispute.payment_intent as string)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'payment_intent.succeeded',
    ]);
    const withdrawn = await lastEvent('charge.dispute.funds_withdrawn');
    expect(withdrawn.data.previous_attributes).toEqual({
      balance_transaction: null,
      balance_transactions: [],
    });
  });

  test('may dispute another thing', async () => {
    expect(await disputed('pm_card_createDisputeProductNotReceived')).toMatchObject({
      reason: 'product_not_received',
      payment_method_details: { card: { network_reason_code: '13.1' } },
    });
  });

  test('may dispute more than once, never more than was paid', async () => {
    const charge = await pay(stripe, 'pm_card_createMultipleDisputes');
    const { data } = await stripe.disputes.list({ charge: charge.id });
    expect(data.map((dispute) => dispute.amount)).toEqual([2500, 2500]);
    expect((await emulator.raw('GET', `/v1/charges/${charge.id}/dispute`)).json['id']).toBe(data[0]?.id);
  });

  test('is eligible for the special procedures of its network', async () => {
    expect(await disputed('pm_card_createCe3EligibleDispute')).toMatchObject({
      enhanced_eligibility_types: ['visa_compelling_evidence_3'],
      evidence_details: {
        enhanced_eligibility: { visa_compelling_evidence_3: { status: 'requires_action' } },
      },
    });
    const compliance = await disputed('pm_card_createComplianceDispute');
    expect(compliance).toMatchObject({
      reason: 'noncompliant',
      payment_method_details: { card: { case_type: 'compliance' } },
    });
    const accepted = await stripe.disputes.update(compliance.id, {
      evidence: { enhanced_evidence: { visa_compliance: { fee_acknowledged: true } } },
    });
    expect(accepted.evidence_details.enhanced_eligibility).toEqual({
      visa_compliance: { status: 'fee_acknowledged' },
    });
  });

  test('that is set up for prevention is disputed all the same: the account is not enrolled', async () => {
    expect(await disputed('pm_card_createRapidDisputeResolutionDispute')).toMatchObject({
      status: 'needs_response',
    });
  });

  test('that only warns of fraud opens no dispute', async () => {
    const charge = await pay(stripe, 'pm_card_createIssuerFraudRecord');
    await emulator.advance(2);
    const types = emulator.eventTypes(charge.payment_intent as string);
    expect(types.indexOf('radar.early_fraud_warning.created')).toBeGreaterThan(
      types.indexOf('payment_intent.succeeded'),
    );
    expect((await stripe.disputes.list()).data).toEqual([]);
  });
});

test('a hold is disputed once it is captured', async () => {
  const held = await pay(stripe, 'pm_card_createDispute', { capture_method: 'manual' });
  expect(held.disputed).toBe(false);
  await stripe.paymentIntents.capture(held.payment_intent as string, { amount_to_capture: 3000 });
  const { data } = await stripe.disputes.list({ charge: held.id });
  expect(data).toMatchObject([{ amount: 3000, status: 'needs_response' }]);
});

test('a disputed bank debit is lost as it is opened', async () => {
  const { json } = await emulator.raw(
    'POST',
    '/v1/payment_intents',
    'amount=5000&currency=eur&confirm=true&payment_method_types[]=sepa_debit&payment_method=pm_sepaDebit_disputed_de&mandate_data[customer_acceptance][type]=offline',
  );
  await emulator.advance(10);
  const { data } = await stripe.disputes.list({ payment_intent: json['id'] as string });
  expect(data).toMatchObject([
    {
      status: 'lost',
      evidence_details: { due_by: null },
      balance_transactions: [{ amount: -5000, currency: 'eur' }],
    },
  ]);
  expect(data[0]).not.toHaveProperty('payment_method_details');
  expect(disputeEvents(data[0] as Stripe.Dispute)).toEqual([
    'charge.dispute.created',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.closed',
  ]);
});

describe('an inquiry', () => {
  test('takes no money, and the charge can still be refunded', async () => {
    const inquiry = await disputed('pm_card_createDisputeInquiry');
    expect(inquiry).toMatchObject({
      status: 'warning_needs_response',
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: 'inquiry', network_reason_code: '10' } },
    });
    expect(disputeEvents(inquiry)).toEqual(['charge.dispute.created']);
    expect((await stripe.refunds.create({ charge: inquiry.charge as string })).status).toBe('succeeded');
  });

  test('becomes a dispute when the bank escalates it', async () => {
    const inquiry = await disputed('pm_card_createDisputeInquiry');
    const sent = await stripe.disputes.update(inquiry.id, {
      evidence: { uncategorized_text: 'escalate_inquiry_evidence' },
    });
    expect(sent.status).toBe('warning_under_review');
    expect(await stripe.disputes.retrieve(inquiry.id)).toMatchObject({
      status: 'needs_response',
      is_charge_refundable: false,
      balance_transactions: [{ amount: -5000, fee: 1500 }],
      payment_method_details: { card: { case_type: 'chargeback' } },
    });
    expect(disputeEvents(inquiry).slice(-2)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.funds_withdrawn',
    ]);
  });

  test('takes nothing any more once the payment was refunded', async () => {
    const inquiry = await disputed('pm_card_createDisputeInquiry');
    await stripe.refunds.create({ charge: inquiry.charge as string });
    await stripe.disputes.update(inquiry.id, {
      evidence: { uncategorized_text: 'escalate_inquiry_evidence' },
    });
    await emulator.advance(10);
    expect(await stripe.disputes.retrieve(inquiry.id)).toMatchObject({
      status: 'warning_closed',
      balance_transactions: [],
    });
  });

  test('ends without a loss when it is answered, closed or forgotten', async () => {
    const answered = await disputed('pm_card_createDisputeInquiry');
    await stripe.disputes.update(answered.id, { evidence: { uncategorized_text: 'losing_evidence' } });
    const closed = await disputed('pm_card_createDisputeInquiry');
    expect((await stripe.disputes.close(closed.id)).status).toBe('warning_closed');
    const forgotten = await disputed('pm_card_createDisputeInquiry');
    await emulator.advance(10);
    expect((await stripe.disputes.retrieve(answered.id)).status).toBe('warning_closed');
    expect((await stripe.disputes.retrieve(forgotten.id)).status).toBe('warning_needs_response');
    await emulator.advance(121 * DAY);
    expect(await stripe.disputes.retrieve(forgotten.id)).toMatchObject({
      status: 'warning_closed',
      balance_transactions: [],
    });
  });
});

describe('evidence', () => {
  test('is staged, added to, and then sent', async () => {
    const { id } = await disputed('pm_card_createDispute');
    const staged = await stripe.disputes.update(id, {
      evidence: { customer_name: 'Ada Lovelace' },
      metadata: { ticket: '7' },
      submit: false,
    });
    expect(staged).toMatchObject({
      status: 'needs_response',
      metadata: { ticket: '7' },
      evidence: { customer_name: 'Ada Lovelace' },
      evidence_details: { has_evidence: true, submission_count: 0, submission_method: 'not_submitted' },
    });
    const sent = await stripe.disputes.update(id, { evidence: { product_description: 'A book' } });
    expect(sent).toMatchObject({
      status: 'under_review',
      evidence: { customer_name: 'Ada Lovelace', product_description: 'A book' },
      evidence_details: { submission_count: 1, submission_method: 'manual' },
    });
    expect(disputeEvents(sent).slice(-3)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.updated',
      'charge.updated',
    ]);
    await emulator.advance(30 * DAY);
    expect((await stripe.disputes.retrieve(id)).status).toBe('under_review');
  });

  test('notes alone send nothing', async () => {
    const { id } = await disputed('pm_card_createDispute');
    const noted = await stripe.disputes.update(id, { metadata: { ticket: '7' } });
    expect(noted).toMatchObject({ status: 'needs_response', evidence_details: { submission_count: 0 } });
  });

  test('can win: the amount comes back without the fee, and the charge can be refunded again', async () => {
    const dispute = await disputed('pm_card_createDispute');
    const sent = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(sent.status).toBe('under_review');
    const won = await stripe.disputes.retrieve(dispute.id);
    expect(won).toMatchObject({ status: 'won', is_charge_refundable: true });
    expect(
      won.balance_transactions.map(({ amount, fee, reporting_category }) => [
        amount,
        fee,
        reporting_category,
      ]),
    ).toEqual([
      [-5000, 1500, 'dispute'],
      [5000, 0, 'dispute_reversal'],
    ]);
    expect(won.balance_transactions[1]?.description).toBe(`Chargeback reversal for ${dispute.charge}`);
    expect(disputeEvents(dispute).slice(-2)).toEqual([
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
    expect((await lastEvent('charge.dispute.closed')).data.previous_attributes).toEqual({
      is_charge_refundable: false,
      status: 'under_review',
    });
    expect(await stripe.charges.retrieve(dispute.charge as string)).toMatchObject({ disputed: true });
    expect((await stripe.refunds.create({ charge: dispute.charge as string })).amount).toBe(5000);
  });

  test('can lose', async () => {
    const dispute = await disputed('pm_card_createDispute');
    await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'losing_evidence' } });
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'lost',
      is_charge_refundable: false,
      balance_transactions: [{ amount: -5000 }],
    });
    expect(disputeEvents(dispute).at(-1)).toBe('charge.dispute.closed');
  });

  test('that never comes loses when it is due', async () => {
    const dispute = await disputed('pm_card_createDispute');
    await emulator.advance(9 * DAY);
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'lost',
      evidence_details: { past_due: true },
    });
  });
});

describe('refusals', () => {
  test('a disputed charge cannot be refunded', async () => {
    const dispute = await disputed('pm_card_createDispute');
    expect(await refusal(stripe.refunds.create({ charge: dispute.charge as string, amount: 100 }))).toEqual({
      status: 400,
      type: 'StripeInvalidRequestError',
      code: 'charge_disputed',
      param: undefined,
      message: `Charge ${dispute.charge} has been charged back; cannot issue a refund.`,
    });
  });

  test('a dispute given up is lost at once and over for good', async () => {
    const dispute = await disputed('pm_card_createDispute');
    expect((await stripe.disputes.close(dispute.id)).status).toBe('lost');
    expect(disputeEvents(dispute).slice(-2)).toEqual(['charge.dispute.closed', 'charge.updated']);
    const over = {
      status: 400,
      code: undefined,
      param: undefined,
      message: 'This dispute is already closed',
    };
    expect(await refusal(stripe.disputes.close(dispute.id))).toMatchObject(over);
    const late = stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } });
    expect(await refusal(late)).toMatchObject(over);
  });

  test('an unknown dispute, or a charge without one, is not found', async () => {
    expect(await refusal(stripe.disputes.retrieve('du_nope'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
      param: 'dispute',
      message: "No such dispute: 'du_nope'",
    });
    const charge = await pay(stripe);
    const undisputed = await emulator.raw('GET', `/v1/charges/${charge.id}/dispute`);
    expect(undisputed.status).toBe(404);
    expect(undisputed.json['error']).toEqual({
      message: `No dispute for charge: ${charge.id}`,
      request_log_url: expect.any(String),
      type: 'invalid_request_error',
    });
    const unknown = await emulator.raw('GET', '/v1/charges/ch_nope/dispute');
    expect(unknown.json['error']).toMatchObject({ code: 'resource_missing', param: 'charge' });
  });
});

test('the older endpoints below a charge do the same', async () => {
  const { id, charge } = await disputed('pm_card_createDispute');
  const path = `/v1/charges/${charge}/dispute`;
  const updated = await emulator.raw('POST', path, 'evidence[customer_name]=Ada&submit=false');
  expect(updated.json).toMatchObject({ id, evidence: { customer_name: 'Ada' } });
  const closed = await emulator.raw('POST', `${path}/close`);
  expect(closed.json).toMatchObject({ id, status: 'lost' });
});

test('lists count the disputes of a charge and expand what they name', async () => {
  const dispute = await disputed('pm_card_createDispute');
  const list = await stripe.disputes.list({
    charge: dispute.charge as string,
    expand: ['data.charge', 'data.payment_intent'],
  });
  expect(list).toMatchObject({ count: 1, has_more: false, url: '/v1/disputes' });
  expect(list.data[0]).toMatchObject({
    charge: { id: dispute.charge },
    payment_intent: { id: dispute.payment_intent },
  });
  const charge = await emulator.raw(
    'GET',
    `/v1/charges/${dispute.charge}?expand[]=dispute.balance_transaction`,
  );
  expect(charge.json['dispute']).toMatchObject({
    id: dispute.id,
    balance_transaction: { source: dispute.id, amount: -5000 },
  });
});
