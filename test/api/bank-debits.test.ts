import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TEST_BANK_ACCOUNTS, type TestBankAccount } from '../../src/domain/bank-accounts.ts';
import { createTestEmulator, PUBLISHABLE_KEY, type TestEmulator } from '../support/emulator.ts';
import { errorOf } from '../support/error-of.ts';
import { BILLING, CONSENT, confirmedWith } from '../support/intents.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

const CURRENCIES: Readonly<Record<string, string>> = {
  acss_debit: 'cad',
  au_becs_debit: 'aud',
  bacs_debit: 'gbp',
  nz_bank_account: 'nzd',
  sepa_debit: 'eur',
  us_bank_account: 'usd',
};

function debit(row: Pick<TestBankAccount, 'type'>, params: Partial<Stripe.PaymentIntentCreateParams>) {
  return stripe.paymentIntents.create(
    confirmedWith(row.type, { currency: CURRENCIES[row.type] as string, mandate_data: CONSENT, ...params }),
  );
}

/** Every SEPA country behaves alike: Germany and Finland stand for the others. */
const byId = TEST_BANK_ACCOUNTS.filter(
  (row) => row.pm !== undefined && (row.type !== 'sepa_debit' || /_(de|fi)$/.test(row.pm)),
);
const settling = byId.filter(({ outcome }) =>
  ['succeeds', 'succeeds_then_dispute', 'fails'].includes(outcome),
);

describe('a test account by its id', () => {
  test.each(settling.map((row) => [row.pm, row] as const))('%s', async (pm, row) => {
    const intent = await debit(row, { payment_method: pm as string, expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0, next_action: null });
    const pending = intent.latest_charge as Stripe.Charge;
    expect(pending).toMatchObject({
      status: 'pending',
      paid: false,
      captured: true,
      amount_captured: 2000,
      balance_transaction: null,
      receipt_url: null,
    });
    expect(pending.id).toMatch(/^py_0/);

    // Not a second too early.
    if (row.delaySeconds > 0) {
      await emulator.advance(row.delaySeconds - 1);
      expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'processing' });
    }
    await emulator.advance(10);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    const charge = await stripe.charges.retrieve(pending.id);
    const start = ['payment_intent.created', 'payment_intent.processing', 'charge.pending'];
    if (row.outcome === 'fails') {
      expect(after).toMatchObject({
        status: 'requires_payment_method',
        payment_method: null,
        amount_received: 0,
      });
      expect(after.last_payment_error).toMatchObject({ charge: charge.id, payment_method_type: row.type });
      expect(charge).toMatchObject({ status: 'failed', paid: false });
      if (row.failureCode !== undefined) expect(charge.failure_code).toBe(row.failureCode);
      expect(charge.failure_code).not.toBeNull();
      expect(emulator.eventTypes(intent.id)).toEqual([
        ...start,
        'charge.failed',
        'payment_intent.payment_failed',
      ]);
    } else {
      expect(after).toMatchObject({ status: 'succeeded', amount_received: 2000, last_payment_error: null });
      expect(charge).toMatchObject({
        status: 'succeeded',
        paid: true,
        disputed: row.outcome === 'succeeds_then_dispute',
      });
      expect(charge.balance_transaction).toMatch(/^txn_/);
      expect(emulator.eventTypes(intent.id).filter((type) => !type.includes('dispute'))).toEqual([
        ...start,
        'charge.succeeded',
        'payment_intent.succeeded',
      ]);
    }
    const mandateId = (charge.payment_method_details as unknown as Record<string, { mandate?: string }>)[
      row.type
    ]?.mandate;
    if (row.type === 'nz_bank_account') return;
    const mandate = await stripe.mandates.retrieve(mandateId as string);
    // Used up as the debit was sent.
    expect(mandate).toMatchObject({
      status: 'inactive',
      type: 'single_use',
      single_use: { amount: 2000 },
    });
    const tellsMore = row.endsMandate && row.type === 'bacs_debit';
    expect(emulator.eventTypes().includes('mandate.updated')).toBe(tellsMore);
  });

  test.each(
    byId.filter(({ outcome }) => outcome === 'stays_processing').map((row) => [row.pm, row] as const),
  )('%s never settles', async (pm, row) => {
    const intent = await debit(row, { payment_method: pm as string });
    await emulator.advance(90 * 24 * 60 * 60);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'processing' });
  });

  test('an ACH payment can be canceled while it is processing', async () => {
    const intent = await debit(
      { type: 'us_bank_account' },
      { payment_method: 'pm_usBankAccount_processing' },
    );
    expect(await stripe.paymentIntents.cancel(intent.id)).toMatchObject({ status: 'canceled' });
    expect(await stripe.charges.retrieve(intent.latest_charge as string)).toMatchObject({ status: 'failed' });
  });

  test('a payment that Radar blocks fails in the call, with a charge', async () => {
    const error = await errorOf(
      debit({ type: 'us_bank_account' }, { payment_method: 'pm_usBankAccount_riskLevelHighest' }),
    );
    expect(error).toMatchObject({ statusCode: 402, payment_intent: { status: 'requires_payment_method' } });
    const charge = await stripe.charges.retrieve(error.charge as string);
    expect(charge.outcome).toMatchObject({ type: 'blocked', risk_level: 'highest' });
  });

  test('a mandate that the bank refuses ends with the payment', async () => {
    const intent = await debit({ type: 'bacs_debit' }, { payment_method: 'pm_bacsDebit_mandateRefused' });
    await emulator.advance(10);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
    });
    const charge = await stripe.charges.retrieve(intent.latest_charge as string);
    const mandate = await stripe.mandates.retrieve(
      charge.payment_method_details?.bacs_debit?.mandate as string,
    );
    expect(mandate.status).toBe('inactive');
    expect(mandate.payment_method_details.bacs_debit).toMatchObject({ network_status: 'refused' });
    expect(emulator.eventTypes().at(-1)).toBe('mandate.updated');
  });

  test('microdeposits that cannot be sent fail soon', async () => {
    const intent = await debit(
      { type: 'us_bank_account' },
      { payment_method: 'pm_usBankAccount_failMicrodeposits' },
    );
    expect(intent.status).toBe('requires_action');
    await emulator.advance(10);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after.last_payment_error?.code).toBe('payment_method_microdeposit_failed');
  });
});

describe('typed details', () => {
  const typed = TEST_BANK_ACCOUNTS.filter(
    ({ type, details, outcome, pm }) =>
      details['account_number' as never] !== undefined ||
      (type === 'sepa_debit' && outcome !== undefined && /_(at|it|de|gb)$/.test(pm ?? '')),
  ).filter(({ outcome }) => outcome !== 'setup_rejected');

  test.each(typed.map((row) => [`${row.type} ${Object.values(row.details).join(' ')}`, row] as const))(
    '%s',
    async (_name, row) => {
      const method = await stripe.paymentMethods.create({
        type: row.type,
        billing_details: BILLING,
        [row.type]: row.details,
      } as Stripe.PaymentMethodCreateParams);
      const shown = method[row.type] as unknown as Record<string, unknown>;
      expect(shown['last4']).toBe(row.last4);
      if (row.country !== undefined) expect(shown['country']).toBe(row.country);
    },
  );

  const german = { type: 'sepa_debit', billing_details: BILLING } as const;

  test('an IBAN is taken apart', async () => {
    const french = await stripe.paymentMethods.create({
      ...german,
      sepa_debit: { iban: 'FR14 2004 1010 0505 0001 3M02 606' },
    });
    expect(french.sepa_debit).toMatchObject({
      bank_code: '20041',
      branch_code: '01005',
      country: 'FR',
      last4: '2606',
    });
    const finnish = await stripe.paymentMethods.create({
      ...german,
      sepa_debit: { iban: 'FI2112345600000785' },
    });
    expect(finnish.sepa_debit).toMatchObject({ bank_code: '123456', branch_code: '' });
    const again = await stripe.paymentMethods.create({
      ...german,
      sepa_debit: { iban: 'FI2112345600000785' },
    });
    expect(again.sepa_debit?.fingerprint).toBe(finnish.sepa_debit?.fingerprint);
  });

  test('an IBAN that is in no table is one all the same, and pays', async () => {
    const intent = await debit(
      { type: 'sepa_debit' },
      { payment_method_data: { ...german, sepa_debit: { iban: 'DK5000400440116243' } } },
    );
    await emulator.advance(10);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
  });

  test.each([
    [{ ...german, sepa_debit: { iban: 'DE89370400440532013001' } }, 'sepa_debit[iban]'],
    [{ ...german, sepa_debit: { iban: 'US00' } }, 'sepa_debit[iban]'],
    [{ type: 'sepa_debit', sepa_debit: { iban: 'DE89370400440532013000' } }, 'billing_details[name]'],
    [
      {
        type: 'us_bank_account',
        billing_details: BILLING,
        us_bank_account: { account_number: '000123456789', routing_number: '110000001' },
      },
      'us_bank_account[routing_number]',
    ],
    [
      {
        type: 'us_bank_account',
        billing_details: BILLING,
        us_bank_account: { account_number: '123', routing_number: '110000000' },
      },
      'us_bank_account[account_number]',
    ],
    [
      {
        type: 'bacs_debit',
        billing_details: BILLING,
        bacs_debit: { account_number: '00044444', sort_code: '108800' },
      },
      'bacs_debit[account_number]',
    ],
    [{ type: 'au_becs_debit', billing_details: BILLING }, 'au_becs_debit'],
  ] as [Stripe.PaymentMethodCreateParams, string][])('%o is refused', async (params, param) => {
    expect(await errorOf(stripe.paymentMethods.create(params))).toMatchObject({ statusCode: 400, param });
  });
});

describe('microdeposits', () => {
  const account = (type: 'us_bank_account' | 'acss_debit', number = '000123456789') =>
    ({
      type,
      billing_details: BILLING,
      ...(type === 'us_bank_account'
        ? {
            us_bank_account: {
              account_number: number,
              routing_number: '110000000',
              account_holder_type: 'company',
            },
          }
        : { acss_debit: { account_number: number, institution_number: '000', transit_number: '11000' } }),
    }) as Stripe.PaymentIntentCreateParams.PaymentMethodData;
  const waiting = (type: 'us_bank_account' | 'acss_debit', number?: string) =>
    debit({ type }, { payment_method_data: account(type, number) });

  test('say when they arrive and where to verify them', async () => {
    const intent = await waiting('us_bank_account');
    expect(intent.status).toBe('requires_action');
    expect(intent.next_action).toMatchObject({
      type: 'verify_with_microdeposits',
      // Friday 2026-01-16 at midnight in California; the test clock stands at Thursday noon.
      verify_with_microdeposits: {
        arrival_date: Date.UTC(2026, 0, 16, 8) / 1000,
        microdeposit_type: 'descriptor_code',
      },
    });
    expect(intent.latest_charge).toBeNull();
    const canadian = await waiting('acss_debit');
    expect(canadian.next_action?.verify_with_microdeposits?.microdeposit_type).toBe('amounts');
  });

  test.each([
    ['us_bank_account', { amounts: [32, 45] }],
    ['us_bank_account', { amounts: [45, 32] }],
    ['us_bank_account', { descriptor_code: 'SM11AA' }],
    ['acss_debit', { amounts: [32, 45] }],
  ] as const)('%s %o verify the account, and the debit is sent', async (type, guess) => {
    const intent = await waiting(type);
    const verified = await stripe.paymentIntents.verifyMicrodeposits(
      intent.id,
      guess as Stripe.PaymentIntentVerifyMicrodepositsParams,
    );
    expect(verified).toMatchObject({ status: 'processing', next_action: null });
    await emulator.advance(10);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
    expect(emulator.eventTypes(intent.id)).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'payment_intent.processing',
      'charge.pending',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test.each([
    ['us_bank_account', 10],
    ['acss_debit', 3],
  ] as const)('%s: %i wrong guesses are too many', async (type, limit) => {
    const intent = await waiting(type);
    const guess = () => errorOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }));
    for (let left = limit - 1; left > 0; left -= 1) {
      expect(await guess()).toMatchObject({
        statusCode: 400,
        code: 'payment_method_microdeposit_verification_amounts_mismatch',
        message: `The amounts provided do not match the amounts that were sent to the bank account. You have ${left} verification attempts remaining.`,
        payment_intent: { status: 'requires_action' },
      });
    }
    expect(await guess()).toMatchObject({
      statusCode: 400,
      code: 'payment_method_microdeposit_verification_attempts_exceeded',
      payment_intent: { status: 'requires_payment_method' },
    });
    expect(emulator.eventTypes(intent.id).at(-1)).toBe('payment_intent.payment_failed');
  });

  test.each([
    [{ amounts: [10, 11] }, 'payment_method_microdeposit_verification_attempts_exceeded'],
    [{ descriptor_code: 'SM33CC' }, 'payment_method_microdeposit_verification_attempts_exceeded'],
    [{ amounts: [40, 41] }, 'payment_method_microdeposit_verification_timeout'],
    [{ descriptor_code: 'SM44DD' }, 'payment_method_microdeposit_verification_timeout'],
  ])('%o end the attempt', async (guess, code) => {
    const intent = await waiting('us_bank_account');
    expect(await errorOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, guess))).toMatchObject({
      code,
    });
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } });
  });

  test('time out after ten days', async () => {
    const intent = await waiting('us_bank_account');
    await emulator.advance(10 * 24 * 60 * 60);
    const after = await stripe.paymentIntents.retrieve(intent.id);
    expect(after.last_payment_error?.code).toBe('payment_method_microdeposit_verification_timeout');
  });

  test('guesses that say nothing do not count', async () => {
    const intent = await waiting('acss_debit');
    expect(
      await errorOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32] })),
    ).toMatchObject({
      code: 'payment_method_microdeposit_verification_amounts_invalid',
    });
    expect(await errorOf(stripe.paymentIntents.verifyMicrodeposits(intent.id))).toMatchObject({
      statusCode: 400,
    });
    const wrong = await errorOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }));
    expect(wrong.message).toContain('You have 2 verification attempts remaining');
  });

  test.each(['page', 'endpoint'])(
    'an account verified on the %s of a set-up is debited at once later',
    async (how) => {
      const customer = await stripe.customers.create();
      const setup = await stripe.setupIntents.create({
        ...({ payment_method_types: ['us_bank_account'] } as object),
        customer: customer.id,
        confirm: true,
        mandate_data: CONSENT,
        payment_method_data: account('us_bank_account') as Stripe.SetupIntentCreateParams.PaymentMethodData,
      });
      expect(setup.next_action?.type).toBe('verify_with_microdeposits');
      if (how === 'page') {
        await emulator.raw('POST', `/_payintent/setup_intents/${setup.id}/authenticate`, 'outcome=succeed');
      } else await stripe.setupIntents.verifyMicrodeposits(setup.id, { descriptor_code: 'SM11AA' });
      const later = await debit(
        { type: 'us_bank_account' },
        {
          customer: customer.id,
          payment_method: setup.payment_method as string,
          off_session: true,
          mandate_data: undefined as never,
        },
      );
      expect(later.status).toBe('processing');
    },
  );

  test('the hosted page verifies an account, or uses its attempts up', async () => {
    for (const [outcome, status] of [
      ['succeed', 'processing'],
      ['fail', 'requires_payment_method'],
    ] as const) {
      const { id } = await waiting('us_bank_account');
      const { json } = await emulator.raw(
        'POST',
        `/_payintent/payment_intents/${id}/authenticate`,
        `outcome=${outcome}`,
      );
      expect(json['status']).toBe(status);
    }
  });

  test('nothing to verify', async () => {
    const intent = await debit({ type: 'us_bank_account' }, { payment_method: 'pm_usBankAccount_success' });
    expect(
      await errorOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] })),
    ).toMatchObject({
      code: 'intent_invalid_state',
    });
  });

  test('instant verification is not emulated', async () => {
    const error = await errorOf(
      debit(
        { type: 'us_bank_account' },
        {
          payment_method_data: account('us_bank_account'),
          payment_method_options: { us_bank_account: { verification_method: 'instant' } },
        },
      ),
    );
    expect(error.code).toBe('emulator_unsupported');
  });
});

describe('mandates', () => {
  test('a debit without one is refused, and nothing is charged', async () => {
    const customer = await stripe.customers.create();
    const intent = await stripe.paymentIntents.create({
      ...confirmedWith('sepa_debit', { currency: 'eur', payment_method: 'pm_sepaDebit_success_de' }),
      confirm: false,
      customer: customer.id,
    });
    const error = await errorOf(stripe.paymentIntents.confirm(intent.id));
    expect(error).toMatchObject({
      statusCode: 400,
      code: undefined,
      message:
        'This PaymentIntent requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.',
      payment_intent: { id: intent.id, status: 'requires_confirmation' },
    });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ latest_charge: null });
  });

  test('a browser gives consent for the customer in front of it', async () => {
    const { id, client_secret } = await stripe.paymentIntents.create({
      ...confirmedWith('sepa_debit', { currency: 'eur' }),
      confirm: false,
    });
    const { status, json } = await emulator.raw(
      'POST',
      `/v1/payment_intents/${id}/confirm`,
      `client_secret=${client_secret}&payment_method=pm_sepaDebit_success_de&mandate_data[customer_acceptance][type]=online&mandate_data[customer_acceptance][online][infer_from_client]=true`,
      { authorization: `Bearer ${PUBLISHABLE_KEY}` },
    );
    expect([status, json['status']]).toEqual([200, 'processing']);
  });

  test('one for later use is kept, and later payments need no other', async () => {
    const customer = await stripe.customers.create();
    const first = await debit(
      { type: 'sepa_debit' },
      {
        customer: customer.id,
        payment_method: 'pm_sepaDebit_success_de',
        setup_future_usage: 'off_session',
        mandate_data: {
          customer_acceptance: {
            type: 'online',
            accepted_at: 1_768_000_000,
            online: { ip_address: '127.0.0.1', user_agent: 'test' },
          },
        },
      },
    );
    const charge = await stripe.charges.retrieve(first.latest_charge as string);
    const mandate = await stripe.mandates.retrieve(
      charge.payment_method_details?.sepa_debit?.mandate as string,
    );
    expect(mandate).toMatchObject({
      type: 'multi_use',
      multi_use: {},
      status: 'active',
      payment_method: first.payment_method,
      customer_acceptance: {
        accepted_at: 1_768_000_000,
        online: { ip_address: '127.0.0.1', user_agent: 'test' },
        type: 'online',
      },
    });
    expect(mandate.payment_method_details.sepa_debit?.reference).toMatch(/^[A-Z0-9]{16}$/);
    await emulator.advance(10);
    const saved = await stripe.paymentMethods.retrieve(first.payment_method as string);
    expect(saved.customer).toBe(customer.id);

    for (const terms of [{ mandate: mandate.id }, { off_session: true }]) {
      const later = await stripe.paymentIntents.create(
        confirmedWith('sepa_debit', {
          currency: 'eur',
          customer: customer.id,
          payment_method: saved.id,
          ...terms,
        }),
      );
      expect(later.status).toBe('processing');
      const { payment_method_details: details } = await stripe.charges.retrieve(
        later.latest_charge as string,
      );
      expect(details?.sepa_debit?.mandate).toBe(mandate.id);
    }
  });

  test('one that is none, or of another method, is refused', async () => {
    const unknown = await errorOf(
      debit(
        { type: 'sepa_debit' },
        { payment_method: 'pm_sepaDebit_success_de', mandate: 'mandate_none', mandate_data: '' as never },
      ),
    );
    expect(unknown).toMatchObject({ code: 'resource_missing', param: 'mandate' });
    expect(await errorOf(stripe.mandates.retrieve('mandate_none'))).toMatchObject({
      statusCode: 404,
      message: "No such mandate: 'mandate_none'",
    });
  });

  test('manual capture cannot hold a debit', async () => {
    expect(
      await errorOf(
        debit(
          { type: 'sepa_debit' },
          { payment_method: 'pm_sepaDebit_success_de', capture_method: 'manual' },
        ),
      ),
    ).toMatchObject({ statusCode: 400, param: 'capture_method' });
  });
});
