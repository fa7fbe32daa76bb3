import type { CallStep, Scenario } from '../format.ts';
import { BILLING, CONSENT } from './common-params.ts';

function debit(type: string, currency: string, method: string): CallStep {
  return {
    title: 'Create the payment and confirm it',
    why: 'The customer agrees to be debited (mandate_data); the bank answers days later, so the intent is processing.',
    call: 'payment_intents.create',
    as: 'intent',
    params: {
      amount: 2000,
      confirm: true,
      currency,
      mandate_data: CONSENT,
      payment_method: method,
      payment_method_types: [type],
    },
    expect: {
      status: 'processing',
      events: ['payment_intent.created', 'payment_intent.processing', 'charge.pending'],
    },
  };
}

/** A typed-in account number: nobody has shown yet that it is the customer's. */
const typedAccount: CallStep = {
  title: 'Create the payment and confirm it',
  why: 'Anybody can type an account number in, so the bank sends two small amounts that only its owner sees.',
  call: 'payment_intents.create',
  as: 'intent',
  params: {
    amount: 2000,
    confirm: true,
    currency: 'usd',
    mandate_data: CONSENT,
    payment_method_data: {
      billing_details: BILLING,
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual',
        account_number: '000123456789',
        routing_number: '110000000',
      },
    },
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
    payment_method_types: ['us_bank_account'],
  },
  expect: {
    status: 'requires_action',
    events: ['payment_intent.created', 'payment_intent.requires_action'],
  },
};

/** The same debit under a mandate for later ones too: one for a single payment is used up as the debit is sent. */
function keepingMandate(step: CallStep): CallStep {
  return {
    ...step,
    params: { ...step.params, customer: '${customer.id}', setup_future_usage: 'off_session' },
    expect: {
      status: 'processing',
      events: [
        'payment_intent.created',
        'payment_method.attached',
        'payment_intent.processing',
        'charge.pending',
      ],
    },
  };
}

/** Payments that a bank settles later. */
export const bankDebitScenarios: readonly Scenario[] = [
  {
    id: 'bank-debit-paid',
    title: 'Bank debit that is paid',
    teaches: 'processing is not paid: ship on payment_intent.succeeded, which comes days later.',
    steps: [
      debit('us_bank_account', 'usd', 'pm_usBankAccount_success'),
      {
        title: 'Wait for the bank',
        why: 'Test accounts settle within seconds; real ones take up to four business days.',
        advance: '10s',
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'bank-debit-failed',
    title: 'Bank debit that bounces',
    teaches: 'A debit can fail days after it looked fine: listen to payment_intent.payment_failed.',
    steps: [
      debit('us_bank_account', 'usd', 'pm_usBankAccount_insufficientFunds'),
      {
        title: 'Wait for the bank',
        why: 'There was not enough on the account. The bank says so only now.',
        advance: '10s',
        expect: {
          status: 'requires_payment_method',
          events: ['charge.failed', 'payment_intent.payment_failed'],
        },
      },
    ],
  },
  {
    id: 'bank-debit-canceled',
    title: 'ACH debit canceled while processing',
    teaches: 'Of all payments under way only an ACH debit can still be called off.',
    steps: [
      debit('us_bank_account', 'usd', 'pm_usBankAccount_processing'),
      {
        title: 'Cancel it',
        why: 'The debit has not been sent to the bank yet, so that it can still be called off.',
        call: 'payment_intents.cancel',
        on: '${intent.id}',
        expect: { status: 'canceled', events: ['charge.failed', 'payment_intent.canceled'] },
      },
    ],
  },
  {
    id: 'sepa-debit-paid',
    title: 'SEPA debit that is paid',
    teaches: 'A SEPA debit goes the same way as every other debit; its mandate serves this one payment.',
    steps: [
      debit('sepa_debit', 'eur', 'pm_sepaDebit_success_de'),
      {
        title: 'Wait for the bank',
        why: 'SEPA debits take days as well; test accounts answer within seconds.',
        advance: '10s',
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'mandate-refused',
    title: 'The bank refuses the mandate',
    teaches: 'mandate.updated says that this account must not be debited again: ask for another method.',
    steps: [
      {
        title: 'Create the customer',
        why: 'The mandate is to last for later debits, so it belongs to a customer.',
        call: 'customers.create',
        as: 'customer',
        params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
        expect: { events: ['customer.created'] },
      },
      keepingMandate(debit('bacs_debit', 'gbp', 'pm_bacsDebit_mandateRefused')),
      {
        title: 'Wait for the bank',
        why: 'The account holder has taken the consent back, so that the debit fails and the mandate ends.',
        advance: '10s',
        expect: {
          status: 'requires_payment_method',
          events: ['charge.failed', 'payment_intent.payment_failed', 'mandate.updated'],
        },
      },
    ],
  },
  {
    id: 'microdeposits-verified',
    title: 'A bank account verified by microdeposits',
    teaches: 'A typed-in account number is proven by two small amounts before it is debited.',
    steps: [
      typedAccount,
      {
        title: 'Tell the amounts that arrived',
        why: 'The customer reads 32 and 45 cents on the statement: in test mode these are always right.',
        call: 'payment_intents.verify_microdeposits',
        on: '${intent.id}',
        params: { amounts: [32, 45] },
        expect: { status: 'processing', events: ['payment_intent.processing', 'charge.pending'] },
      },
      {
        title: 'Wait for the bank',
        why: 'With the account verified it goes on like any other debit.',
        advance: '10s',
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'microdeposits-wrong',
    title: 'Microdeposits that nobody can name',
    teaches: 'A wrong guess costs an attempt; when none is left, the customer needs another account.',
    steps: [
      typedAccount,
      {
        title: 'Guess',
        why: 'The customer mistyped. The intent still waits, with one attempt less.',
        call: 'payment_intents.verify_microdeposits',
        on: '${intent.id}',
        params: { amounts: [12, 34] },
        expect: { status: 'requires_action', error: { status: 400 }, events: [] },
      },
      {
        title: 'Guess until no attempt is left',
        why: 'In test mode 10 and 11 stand for one guess too many.',
        call: 'payment_intents.verify_microdeposits',
        on: '${intent.id}',
        params: { amounts: [10, 11] },
        expect: {
          status: 'requires_payment_method',
          error: { status: 400 },
          events: ['payment_intent.payment_failed'],
        },
      },
    ],
  },
];
