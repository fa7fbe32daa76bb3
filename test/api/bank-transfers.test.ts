import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readIban } from '../../src/emulator/payment-methods/iban.ts';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';
import { confirmedWith } from '../support/intents.ts';

let emulator: TestEmulator;
let stripe: Stripe;
let customer: string;

beforeEach(async () => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
  customer = (await stripe.customers.create()).id;
});
afterEach(() => emulator.close());

type Transfer = Stripe.PaymentIntentCreateParams.PaymentMethodOptions.CustomerBalance.BankTransfer;

function ask(
  bankTransfer: Transfer | undefined = { type: 'us_bank_transfer' },
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
) {
  return stripe.paymentIntents.create(
    confirmedWith('customer_balance', {
      amount: 5000,
      currency: 'usd',
      customer,
      payment_method_data: { type: 'customer_balance' },
      payment_method_options: {
        customer_balance: { funding_type: 'bank_transfer', bank_transfer: bankTransfer },
      },
      ...params,
    }),
  );
}

const fund = (amount: number, more: { currency?: string; reference?: string } = {}) =>
  stripe.testHelpers.customers.fundCashBalance(customer, { amount, currency: 'usd', ...more });

const instructionsOf = (intent: Stripe.PaymentIntent) =>
  intent.next_action?.display_bank_transfer_instructions;
const availableUsd = async () =>
  (await stripe.customers.retrieveCashBalance(customer)).available?.['usd'] ?? null;

describe('instructions', () => {
  test.each([
    ['usd', { type: 'us_bank_transfer' }, ['aba', 'swift']],
    ['eur', { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } }, ['iban']],
    ['gbp', { type: 'gb_bank_transfer' }, ['sort_code']],
    ['jpy', { type: 'jp_bank_transfer' }, ['zengin']],
    ['mxn', { type: 'mx_bank_transfer' }, ['spei']],
  ] as [string, Transfer, string[]][])('in %s', async (currency, transfer, kinds) => {
    const intent = await ask(transfer, { currency });
    expect(intent.status).toBe('requires_action');
    expect(instructionsOf(intent)).toMatchObject({ amount_remaining: 5000, currency, type: transfer.type });
    expect(instructionsOf(intent)?.reference).toMatch(/^[A-Z0-9]{12}$/);
    const addresses = instructionsOf(intent)?.financial_addresses ?? [];
    expect(addresses.map(({ type }) => type)).toEqual(kinds);
    // The same customer has the same accounts every time.
    expect(instructionsOf(await ask(transfer, { currency }))?.financial_addresses).toEqual(addresses);
  });

  test.each(['BE', 'DE', 'ES', 'FR', 'IE', 'NL'])(
    'an account in %s has an IBAN that passes the check',
    async (country) => {
      const intent = await ask(
        { type: 'eu_bank_transfer', eu_bank_transfer: { country } },
        { currency: 'eur' },
      );
      const { iban } = instructionsOf(intent)?.financial_addresses?.[0]?.iban ?? {};
      expect(readIban(iban ?? '')?.country).toBe(country);
    },
  );

  test.each([
    [{ customer: undefined }, 'customer'],
    [
      { payment_method_options: { customer_balance: { funding_type: 'bank_transfer' } } },
      'payment_method_options[customer_balance][bank_transfer][type]',
    ],
    [
      {
        payment_method_options: {
          customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'gb_bank_transfer' } },
        },
      },
      'payment_method_options[customer_balance][bank_transfer][type]',
    ],
    [
      {
        currency: 'eur',
        payment_method_options: {
          customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'eu_bank_transfer' } },
        },
      },
      'payment_method_options[customer_balance][bank_transfer][eu_bank_transfer][country]',
    ],
  ])('%o is refused', async (params, param) => {
    const error = await errorOf(ask(undefined, params as Partial<Stripe.PaymentIntentCreateParams>));
    expect(error).toMatchObject({ statusCode: 400, param });
  });

  test('before there is a payment', async () => {
    const instructions = await stripe.customers.createFundingInstructions(customer, {
      currency: 'eur',
      funding_type: 'bank_transfer',
      bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'FR' } },
    });
    expect(instructions).toMatchObject({
      object: 'funding_instructions',
      currency: 'eur',
      bank_transfer: { country: 'FR', type: 'eu_bank_transfer', financial_addresses: [{ type: 'iban' }] },
    });
  });
});

describe('money that arrives', () => {
  test('pays in two parts', async () => {
    const intent = await ask();
    const funded = await fund(2000);
    expect(funded).toMatchObject({
      object: 'customer_cash_balance_transaction',
      type: 'funded',
      net_amount: 2000,
      ending_balance: 2000,
      currency: 'usd',
      customer,
      funded: { bank_transfer: { type: 'us_bank_transfer', us_bank_transfer: { network: 'ach' } } },
    });
    const partly = await stripe.paymentIntents.retrieve(intent.id);
    expect(partly.status).toBe('requires_action');
    expect(instructionsOf(partly)?.amount_remaining).toBe(3000);

    await fund(3000);
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 5000, next_action: null });
    expect(paid.latest_charge).toMatchObject({
      amount: 5000,
      payment_method_details: { type: 'customer_balance' },
    });
    expect(await availableUsd()).toBe(0);
    expect(emulator.eventTypes().filter((type) => type !== 'customer.created')).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'customer_cash_balance_transaction.created',
      'customer_cash_balance_transaction.created',
      'payment_intent.partially_funded',
      'customer_cash_balance_transaction.created',
      'customer_cash_balance_transaction.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test('stays in the cash balance when it is too much', async () => {
    const intent = await ask();
    await fund(7000);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 5000,
    });
    expect(await stripe.customers.retrieveCashBalance(customer)).toMatchObject({
      object: 'cash_balance',
      available: { usd: 2000 },
      settings: { reconciliation_mode: 'automatic', using_merchant_default: true },
    });
    expect(emulator.eventTypes().at(-1)).toBe('cash_balance.funds_available');
    const { data } = await stripe.customers.listCashBalanceTransactions(customer);
    expect(data.map(({ type, net_amount, ending_balance }) => [type, net_amount, ending_balance])).toEqual([
      ['applied_to_payment', -5000, 2000],
      ['funded', 7000, 7000],
    ]);
    const applied = data[0] as Stripe.CustomerCashBalanceTransaction;
    expect(await stripe.customers.retrieveCashBalanceTransaction(customer, applied.id)).toEqual(applied);
    expect(applied.applied_to_payment?.payment_intent).toBe(intent.id);
  });

  test('pays at once what the balance covers, with no transfer to wait for', async () => {
    await fund(6000);
    expect(await ask()).toMatchObject({ status: 'succeeded', amount_received: 5000 });
    expect(await availableUsd()).toBe(1000);
  });

  test('goes first to the payment it names, then to the one it fits, then to the oldest', async () => {
    const [oldest, fitting, named] = [
      await ask(undefined, { amount: 1000 }),
      await ask(undefined, { amount: 2000 }),
      await ask(undefined, { amount: 3000 }),
    ];
    await fund(3000, { reference: instructionsOf(named)?.reference as string });
    await fund(2000);
    const statuses = async () =>
      Promise.all(
        [oldest, fitting, named].map(async ({ id }) => (await stripe.paymentIntents.retrieve(id)).status),
      );
    expect(await statuses()).toEqual(['requires_action', 'succeeded', 'succeeded']);
    await fund(1500);
    expect(await statuses()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(await availableUsd()).toBe(500);
  });

  test('does not pay in another currency or for another customer', async () => {
    const intent = await ask();
    await fund(5000, { currency: 'gbp' });
    const other = await stripe.customers.create();
    await stripe.testHelpers.customers.fundCashBalance(other.id, { amount: 5000, currency: 'usd' });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_action' });
  });

  test('comes back from a payment that is canceled', async () => {
    const intent = await ask();
    await fund(2000);
    await stripe.paymentIntents.cancel(intent.id);
    expect(await availableUsd()).toBe(2000);
    const { data } = await stripe.customers.listCashBalanceTransactions(customer, { limit: 1 });
    expect(data[0]).toMatchObject({ type: 'unapplied_from_payment', net_amount: 2000 });
  });

  test.each([
    [{ amount: 0, currency: 'usd' }, 'amount'],
    [{ amount: 100, currency: 'cad' }, 'currency'],
  ])('%o is refused', async (params, param) => {
    expect(await errorOf(stripe.testHelpers.customers.fundCashBalance(customer, params))).toMatchObject({
      param,
    });
  });

  test('is sent by the hosted page, and cannot fail there', async () => {
    const intent = await ask();
    const authenticate = (outcome: string) =>
      emulator.raw('POST', `/_payintent/payment_intents/${intent.id}/authenticate`, `outcome=${outcome}`);
    expect((await authenticate('fail')).status).toBe(400);
    expect((await authenticate('succeed')).json).toMatchObject({ status: 'succeeded' });
  });
});

describe('by hand', () => {
  beforeEach(async () => {
    const balance = await stripe.customers.updateCashBalance(customer, {
      settings: { reconciliation_mode: 'manual' },
    });
    expect(balance.settings).toEqual({ reconciliation_mode: 'manual', using_merchant_default: false });
  });

  test('money waits until it is applied', async () => {
    const intent = await ask();
    await fund(6000);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_action' });
    expect(emulator.eventTypes().at(-1)).toBe('cash_balance.funds_available');
    const partly = await stripe.paymentIntents.applyCustomerBalance(intent.id, {
      amount: 1000,
      currency: 'usd',
    });
    expect(instructionsOf(partly)?.amount_remaining).toBe(4000);
    expect(await stripe.paymentIntents.applyCustomerBalance(intent.id)).toMatchObject({
      status: 'succeeded',
    });
    expect(await availableUsd()).toBe(1000);
  });

  test.each([
    [{ amount: 5001 }, { code: 'amount_too_large' }],
    [{ amount: 3000 }, { code: 'balance_insufficient' }],
    [{ amount: 0 }, { code: 'parameter_invalid_integer' }],
    [{ currency: 'eur' }, { param: 'currency' }],
  ])('%o is refused', async (params, fields) => {
    const intent = await ask();
    await fund(2000);
    expect(await errorOf(stripe.paymentIntents.applyCustomerBalance(intent.id, params))).toMatchObject({
      statusCode: 400,
      ...fields,
      payment_intent: { id: intent.id },
    });
  });

  test('only a payment that waits for a transfer takes it', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', customer });
    expect(await errorOf(stripe.paymentIntents.applyCustomerBalance(id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });
});

test('a balance that does not suffice fails a payment that may not ask for more', async () => {
  const error = await errorOf(
    stripe.paymentIntents.create(
      confirmedWith('customer_balance', {
        currency: 'usd',
        customer,
        payment_method_data: { type: 'customer_balance' },
      }),
    ),
  );
  expect(error).toMatchObject({ statusCode: 402, code: 'insufficient_funds' });
});

test('a customer is made, or changed, with the mode of the cash balance', async () => {
  const settings = (reconciliation_mode: 'automatic' | 'manual' | 'merchant_default') => ({
    cash_balance: { settings: { reconciliation_mode } },
    expand: ['cash_balance'],
  });
  const made = await stripe.customers.create(settings('manual'));
  const seen = (mode: string, merchant: boolean) => ({
    settings: { reconciliation_mode: mode, using_merchant_default: merchant },
  });
  expect(made.cash_balance).toMatchObject(seen('manual', false));
  expect(await stripe.customers.retrieveCashBalance(made.id)).toMatchObject(seen('manual', false));
  const before = emulator.eventTypes().length;
  expect((await stripe.customers.update(made.id, settings('automatic'))).cash_balance).toMatchObject(
    seen('automatic', false),
  );
  expect((await stripe.customers.update(made.id, settings('merchant_default'))).cash_balance).toMatchObject(
    seen('automatic', true),
  );
  expect(emulator.eventTypes().slice(before)).toEqual([]);

  // What was chosen decides what becomes of the money that comes in.
  await stripe.customers.update(made.id, settings('manual'));
  const transfer: Transfer = { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'FR' } };
  const intent = await ask(transfer, { customer: made.id, amount: 2000, currency: 'eur' });
  await stripe.testHelpers.customers.fundCashBalance(made.id, { amount: 2000, currency: 'eur' });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');

  const wrong = await errorOf(
    stripe.customers.create({ cash_balance: { settings: { reconciliation_mode: 'sometimes' as 'manual' } } }),
  );
  expect([wrong.statusCode, wrong.param]).toEqual([400, 'cash_balance[settings][reconciliation_mode]']);
});

test('a cash balance nobody used is empty, and expands on its customer', async () => {
  const found = await stripe.customers.retrieve(customer, { expand: ['cash_balance'] });
  expect(found).toMatchObject({ cash_balance: { object: 'cash_balance', available: null, customer } });
  expect(await errorOf(stripe.customers.retrieveCashBalance('cus_none'))).toMatchObject({ statusCode: 404 });
});
