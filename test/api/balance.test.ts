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

const entry = (amount: number, currency = 'usd') => ({ amount, currency, source_types: { card: amount } });

/** What the transactions themselves add up to. */
async function sumOfTransactions(currency: string): Promise<number> {
  const all = await stripe.balanceTransactions
    .list({ currency, limit: 100 })
    .autoPagingToArray({ limit: 1000 });
  return all.reduce((sum, transaction) => sum + transaction.net, 0);
}

describe('the balance', () => {
  test('is nothing at first, in dollars', async () => {
    expect(await stripe.balance.retrieve()).toMatchObject({
      object: 'balance',
      available: [entry(0)],
      livemode: false,
      pending: [entry(0)],
      refund_and_dispute_prefunding: {
        available: [{ amount: 0, currency: 'usd' }],
        pending: [{ amount: 0, currency: 'usd' }],
      },
    });
  });

  test('has payments after fees pending, by currency, until the second midnight', async () => {
    await pay(stripe);
    await pay(stripe, 'pm_card_visa', { amount: 1000, currency: 'eur' });
    expect((await stripe.balance.retrieve()).pending).toEqual([entry(0)]);
    await emulator.advance(5);
    expect(await stripe.balance.retrieve()).toMatchObject({
      available: [entry(0, 'eur'), entry(0)],
      pending: [entry(941, 'eur'), entry(4825)],
    });
    await emulator.advance(2 * DAY);
    expect(await stripe.balance.retrieve()).toMatchObject({
      available: [entry(941, 'eur'), entry(4825)],
      pending: [entry(0, 'eur'), entry(0)],
    });
  });

  test('goes down with refunds and at once with disputes, and up when either fails', async () => {
    const charge = await pay(stripe, 'pm_card_refundFail');
    await stripe.refunds.create({ charge: charge.id, amount: 2000 });
    const disputed = await pay(stripe, 'pm_card_createDispute');
    expect((await stripe.balance.retrieve()).available).toEqual([entry(-6500)]);
    const { data } = await stripe.disputes.list({ charge: disputed.id });
    await stripe.disputes.update(data[0]?.id as string, {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    await emulator.advance(3 * DAY);
    const { available, pending } = await stripe.balance.retrieve();
    // Two payments of 4825, the refund and its return, 5000 back from the dispute: its fee of 1500 is lost.
    expect(available).toEqual([entry(2 * 4825 - 1500)]);
    expect(pending).toEqual([entry(0)]);
    expect(available[0]?.amount).toBe(await sumOfTransactions('usd'));
  });

  test('has the money of some test cards at once', async () => {
    const charge = await pay(stripe, 'pm_card_bypassPending');
    await emulator.advance(5);
    expect((await stripe.balance.retrieve()).available).toEqual([entry(4825)]);
    const settled = await stripe.charges.retrieve(charge.id, { expand: ['balance_transaction'] });
    expect(settled.balance_transaction).toMatchObject({ status: 'available' });
  });

  test('agrees with the sum of its transactions after many payments on many days', async () => {
    for (let day = 0; day < 5; day++) {
      const charge = await pay(stripe, 'pm_card_visa', { amount: 1000 + day * 37 });
      if (day % 2 === 0) await stripe.refunds.create({ charge: charge.id, amount: 100 + day });
      await emulator.advance(DAY);
      const { available, pending } = await stripe.balance.retrieve();
      const total = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
      expect(total).toBe(await sumOfTransactions('usd'));
    }
  });
});

describe('balance transactions', () => {
  test('become available at midnight, without anybody touching them', async () => {
    const charge = await pay(stripe);
    await emulator.advance(5);
    const { balance_transaction: id } = await stripe.charges.retrieve(charge.id);
    const pending = await stripe.balanceTransactions.retrieve(id as string);
    expect(pending).toMatchObject({
      object: 'balance_transaction',
      amount: 5000,
      available_on: Date.UTC(2026, 0, 17) / 1000,
      balance_type: 'payments',
      currency: 'usd',
      exchange_rate: null,
      fee: 175,
      fee_details: [{ amount: 175, description: 'Stripe processing fees', type: 'stripe_fee' }],
      net: 4825,
      reporting_category: 'charge',
      source: charge.id,
      status: 'pending',
      type: 'charge',
    });
    await emulator.advance(pending.available_on - pending.created);
    expect((await stripe.balanceTransactions.retrieve(id as string)).status).toBe('available');
    const { data } = await stripe.balanceTransactions.list();
    expect(data.map(({ status }) => status)).toEqual(['available']);
    const expanded = await stripe.charges.retrieve(charge.id, { expand: ['balance_transaction'] });
    expect(expanded.balance_transaction).toMatchObject({ status: 'available' });
  });

  test('are listed by source, type and currency; the source may be expanded', async () => {
    const charge = await pay(stripe);
    await emulator.advance(5);
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 100 });
    const sources = async (params: Stripe.BalanceTransactionListParams) =>
      (await stripe.balanceTransactions.list(params)).data.map(({ source }) => source);
    expect(await sources({})).toEqual([refund.id, charge.id]);
    expect(await sources({ source: charge.id })).toEqual([charge.id]);
    expect(await sources({ type: 'refund' })).toEqual([refund.id]);
    expect(await sources({ currency: 'eur' })).toEqual([]);
    const { data } = await stripe.balanceTransactions.list({ expand: ['data.source'], limit: 1 });
    expect(data[0]?.source).toMatchObject({ id: refund.id, object: 'refund' });
  });

  test('of a dispute are not found by it, as at Stripe', async () => {
    const charge = await pay(stripe, 'pm_card_createDispute');
    const { data } = await stripe.disputes.list({ charge: charge.id });
    const source = data[0]?.id as string;
    expect((await stripe.balanceTransactions.list({ source })).data).toEqual([]);
    expect((await stripe.balanceTransactions.list({ type: 'adjustment' })).data).toMatchObject([{ source }]);
  });

  test('have an older address', async () => {
    await pay(stripe, 'pm_card_visa', { capture_method: 'automatic' });
    const { json } = await emulator.raw('GET', '/v1/balance/history');
    const [transaction] = json['data'] as { id: string }[];
    const one = await emulator.raw('GET', `/v1/balance/history/${transaction?.id}`);
    expect(one.json['id']).toBe(transaction?.id);
  });

  test('that do not exist are not found; there are no payouts', async () => {
    expect(await refusal(stripe.balanceTransactions.retrieve('txn_nope'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
      param: 'id',
      message: "No such balance transaction: 'txn_nope'",
    });
    expect(await refusal(stripe.balanceTransactions.list({ payout: 'po_nope' }))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'payout',
      message: "No such payout: 'po_nope'",
    });
  });
});
