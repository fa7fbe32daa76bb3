import fc from 'fast-check';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { pay } from '../support/payments.ts';

/** Whatever happens, every cent is somewhere: these are checked after each step. */
async function checkBooks({ stripe }: TestEmulator): Promise<void> {
  const all = { limit: 100 };
  const transactions = await stripe.balanceTransactions.list(all);
  const refunds = await stripe.refunds.list(all);
  const disputes = await stripe.disputes.list(all);
  const charges = await stripe.charges.list(all);

  for (const { amount, fee, net, fee_details: details } of transactions.data) {
    expect(net).toBe(amount - fee);
    expect(details.reduce((sum, detail) => sum + detail.amount, 0)).toBe(fee);
  }
  const { available, pending } = await stripe.balance.retrieve();
  const sumOf = (entries: readonly { amount: number }[]) =>
    entries.reduce((sum, { amount }) => sum + amount, 0);
  const netOf = (status: string) =>
    transactions.data.filter((one) => one.status === status).reduce((sum, { net }) => sum + net, 0);
  expect(sumOf(available)).toBe(netOf('available'));
  expect(sumOf(pending)).toBe(netOf('pending'));

  for (const charge of charges.data) {
    const back = refunds.data.filter((refund) => refund.charge === charge.id && refund.status !== 'failed');
    expect(charge.amount_refunded).toBe(sumOf(back));
    expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount_captured);
    expect(charge.refunded).toBe(charge.amount_refunded === charge.amount_captured);
    expect(charge.disputed).toBe(disputes.data.some((dispute) => dispute.charge === charge.id));
  }
  for (const refund of refunds.data) {
    const moved = transactions.data.filter(({ source }) => source === refund.id);
    expect(moved.map(({ amount }) => amount)).toEqual(
      refund.status === 'failed' ? [refund.amount, -refund.amount] : [-refund.amount],
    );
  }
  for (const dispute of disputes.data) {
    const moved = dispute.balance_transactions.map(({ amount }) => amount);
    const expected = dispute.status.startsWith('warning_')
      ? []
      : dispute.status === 'won'
        ? [-dispute.amount, dispute.amount]
        : [-dispute.amount];
    expect(moved).toEqual(expected);
  }
}

type Step = (stripe: Stripe, emulator: TestEmulator) => Promise<unknown>;

/** A refusal is an answer too, as long as the books agree afterwards. */
const attempt = (promise: Promise<unknown>) => promise.catch(() => undefined);

const CARDS = [
  'pm_card_visa',
  'pm_card_bypassPending',
  'pm_card_pendingRefund',
  'pm_card_refundFail',
  'pm_card_createDispute',
  'pm_card_createDisputeInquiry',
];
const TEXTS = ['winning_evidence', 'losing_evidence', 'escalate_inquiry_evidence', 'a receipt'];

const payStep = fc.tuple(fc.constantFrom(...CARDS), fc.integer({ min: 50, max: 9999 })).map(
  ([card, amount]): Step =>
    (stripe) =>
      pay(stripe, card, { amount }),
);

const refundStep = fc.tuple(fc.nat(), fc.option(fc.integer({ min: 1, max: 6000 }))).map(
  ([pick, amount]): Step =>
    async (stripe) => {
      const { data } = await stripe.charges.list({ limit: 100 });
      const charge = data[pick % Math.max(data.length, 1)];
      if (charge === undefined) return;
      await attempt(stripe.refunds.create({ charge: charge.id, ...(amount === null ? {} : { amount }) }));
    },
);

const respondStep = fc.tuple(fc.nat(), fc.option(fc.constantFrom(...TEXTS))).map(
  ([pick, text]): Step =>
    async (stripe) => {
      const { data } = await stripe.disputes.list({ limit: 100 });
      const dispute = data[pick % Math.max(data.length, 1)];
      if (dispute === undefined) return;
      if (text === null) await attempt(stripe.disputes.close(dispute.id));
      else await attempt(stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: text } }));
    },
);

const waitStep = fc.constantFrom(1, 3, 10, 86_400, 10 * 86_400).map(
  (seconds): Step =>
    (_stripe, emulator) =>
      emulator.advance(seconds),
);

test('the books balance, whatever is paid, refunded and disputed in whatever order', async () => {
  const steps = fc.array(fc.oneof(payStep, refundStep, respondStep, waitStep), {
    minLength: 4,
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const emulator = createTestEmulator();
      try {
        for (const step of sequence) {
          await step(emulator.stripe, emulator);
          await checkBooks(emulator);
        }
      } finally {
        emulator.close();
      }
    }),
    { numRuns: 40 },
  );
}, 30_000);
