import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf, pay } from '../support/payments.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const destination = `acct_${'1DestinationAcct'}`;
const transfer_data = { destination, amount: 4000 };

describe('a payment with a destination', () => {
  test('names its transfer, and the group it shares with it, once it is paid', async () => {
    const waiting = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', transfer_data });
    expect(waiting.transfer_group).toBeNull();
    const charge = await pay(stripe, 'pm_card_visa', { transfer_data });
    expect(charge).toMatchObject({
      application_fee: null,
      destination,
      transfer: expect.stringMatching(/^tr_/),
      transfer_data: { amount: 4000, destination },
      transfer_group: `group_${charge.payment_intent}`,
    });
    const intent = await stripe.paymentIntents.retrieve(charge.payment_intent as string);
    expect(intent.transfer_group).toBe(charge.transfer_group);
  });

  test('says on the charge that all of it goes on, where no amount was given', async () => {
    const charge = await pay(stripe, 'pm_card_visa', { transfer_data: { destination } });
    expect(charge.transfer_data).toEqual({ amount: null, destination });
  });

  test('transfers what is held only when it is captured, and keeps a group that was given', async () => {
    const held = await pay(stripe, 'pm_card_visa', {
      capture_method: 'manual',
      transfer_data,
      transfer_group: 'ORDER_1',
      application_fee_amount: 100,
    });
    expect(held).not.toHaveProperty('transfer');
    expect(held.application_fee).toBeNull();
    await stripe.paymentIntents.capture(held.payment_intent as string);
    const taken = await stripe.charges.retrieve(held.id);
    expect(taken).toMatchObject({
      application_fee: expect.stringMatching(/^fee_/),
      transfer: expect.stringMatching(/^tr_/),
      transfer_group: 'ORDER_1',
    });
    const names = Object.keys(taken)
      .slice(2, -1)
      .filter((name) => name !== 'lastResponse');
    expect(names).toEqual([...names].sort());
  });

  test('is refused for what is no account', async () => {
    const error = await errorOf(
      stripe.paymentIntents.create({ amount: 5000, currency: 'usd', transfer_data: { destination: '5' } }),
    );
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'transfer_data[destination]',
      message: "No such destination: '5'",
    });
  });

  test('can be refunded with its transfer, which a plain payment has not', async () => {
    const charge = await pay(stripe, 'pm_card_visa', { transfer_data });
    const refund = await stripe.refunds.create({
      charge: charge.id,
      reverse_transfer: true,
      refund_application_fee: true,
    });
    expect(refund).toMatchObject({ amount: 5000, transfer_reversal: expect.stringMatching(/^trr_/) });
    const plain = await pay(stripe);
    const error = await errorOf(stripe.refunds.create({ charge: plain.id, reverse_transfer: true }));
    expect(error).toMatchObject({ statusCode: 400, param: 'reverse_transfer' });
  });
});
