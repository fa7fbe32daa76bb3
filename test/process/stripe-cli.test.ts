import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveEmulator, startLiveEmulator } from '../support/live-emulator.ts';
import { findStripeCli, runStripeCli } from '../support/stripe-cli.ts';

const cli = findStripeCli();
let emulator: LiveEmulator;

beforeAll(async () => {
  emulator = await startLiveEmulator();
});
afterAll(async () => {
  await emulator.stop();
  expect(emulator.bugs).toEqual([]);
});

const stripe = (...args: string[]) => runStripeCli(cli as string, emulator.server.url, args);

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const run = await stripe(...args);
  expect(run, args.join(' ')).toMatchObject({ code: 0 });
  return JSON.parse(run.stdout);
}

describe.skipIf(cli === undefined)("Stripe's own CLI (skipped: PAYINTENT_STRIPE_CLI names none)", () => {
  test('creates, confirms, captures, cancels and lists payment intents', async () => {
    const held = await json(
      'payment_intents',
      'create',
      '--amount',
      '5000',
      '--currency',
      'usd',
      '--capture-method',
      'manual',
      '-d',
      'payment_method_types[]=card',
    );
    const id = held['id'] as string;
    expect(held).toMatchObject({ object: 'payment_intent', status: 'requires_payment_method' });
    expect(await json('payment_intents', 'confirm', id, '--payment-method', 'pm_card_visa')).toMatchObject({
      status: 'requires_capture',
    });
    expect(await json('payment_intents', 'capture', id)).toMatchObject({ status: 'succeeded' });
    const other = await json('payment_intents', 'create', '--amount', '700', '--currency', 'eur');
    expect(await json('payment_intents', 'cancel', other['id'] as string)).toMatchObject({
      status: 'canceled',
    });
    const list = (await json('payment_intents', 'list', '--limit', '2')) as { data: { id: string }[] };
    expect(list.data.map((intent) => intent.id)).toEqual([other['id'], id]);
  });

  /** Each trigger must leave the event it is named after, and nothing that the emulator had to refuse. */
  test.each([
    'payment_intent.created',
    'payment_intent.succeeded',
    'payment_intent.canceled',
    'payment_intent.payment_failed',
    'payment_intent.amount_capturable_updated',
    'payment_intent.requires_action',
    'payment_intent.partially_funded',
    'payment_intent.processing',
    'charge.captured',
    'charge.succeeded',
    'charge.failed',
    'charge.refunded',
    'charge.refund.updated',
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.closed',
    'setup_intent.created',
    'setup_intent.succeeded',
    'setup_intent.canceled',
    'setup_intent.setup_failed',
    'setup_intent.requires_action',
    'payment_method.attached',
    'payment_method.detached',
    'payment_method.updated',
    'customer.created',
    'customer.updated',
    'customer.deleted',
    'customer_cash_balance_transaction.created',
  ])('trigger %s succeeds and leaves its event', async (type) => {
    const before = emulator.engine.store.count('events', { type });
    const run = await stripe('trigger', type);
    expect(run.stdout + run.stderr).toContain('Trigger succeeded');
    expect(run.code).toBe(0);
    // What real time would bring within a minute: settlements, dispute decisions, references of refunds.
    await emulator.engine.advance(60);
    expect(emulator.engine.store.count('events', { type })).toBeGreaterThan(before);
  });
});
