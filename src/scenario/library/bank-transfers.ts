import type { CallStep, Scenario } from '../format.ts';

const createCustomer: CallStep = {
  title: 'Create the customer',
  why: 'A bank transfer goes to an account number of this customer alone.',
  call: 'customers.create',
  as: 'customer',
  params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
  expect: { events: ['customer.created'] },
};

const instruct: CallStep = {
  title: 'Create the payment and confirm it',
  why: 'next_action holds the account number and what is still to be sent.',
  call: 'payment_intents.create',
  as: 'intent',
  params: {
    amount: 2000,
    confirm: true,
    currency: 'usd',
    customer: '${customer.id}',
    payment_method_data: { type: 'customer_balance' },
    payment_method_options: {
      customer_balance: { bank_transfer: { type: 'us_bank_transfer' }, funding_type: 'bank_transfer' },
    },
    payment_method_types: ['customer_balance'],
  },
  expect: {
    status: 'requires_action',
    events: ['payment_intent.created', 'payment_intent.requires_action'],
  },
};

/** The money comes in and goes on to the payment: two movements of the cash balance. */
const MOVED = ['customer_cash_balance_transaction.created', 'customer_cash_balance_transaction.created'];

/** Payments by a transfer that the customer sends. */
export const bankTransferScenarios: readonly Scenario[] = [
  {
    id: 'bank-transfer',
    title: 'Bank transfer that arrives in two parts',
    teaches: 'Customers send what they like: the intent adds it up and succeeds when all of it is there.',
    steps: [
      createCustomer,
      instruct,
      {
        title: 'Half of the money arrives',
        why: 'The customer sent half. The intent keeps waiting, and says how much is missing.',
        call: 'test_helpers.customers.fund_cash_balance',
        on: '${customer.id}',
        params: { amount: '${intent.amount / 2}', currency: '${intent.currency}' },
        expect: {
          status: 'requires_action',
          events: [...MOVED, 'payment_intent.partially_funded'],
        },
      },
      {
        title: 'The rest arrives',
        why: 'amount_remaining of the instructions says what was still to come.',
        call: 'test_helpers.customers.fund_cash_balance',
        on: '${customer.id}',
        params: {
          amount: '${intent.next_action.display_bank_transfer_instructions.amount_remaining}',
          currency: '${intent.currency}',
        },
        expect: {
          status: 'succeeded',
          events: [...MOVED, 'charge.succeeded', 'payment_intent.succeeded'],
        },
      },
    ],
  },
  {
    id: 'bank-transfer-by-hand',
    title: 'Bank transfer applied by hand',
    teaches:
      'With manual reconciliation money waits in the cash balance until you say which payment it is for.',
    steps: [
      createCustomer,
      {
        title: 'Reconcile by hand from now on',
        why: 'Money that comes in shall wait until you say what it is for.',
        call: 'customers.update_cash_balance',
        on: '${customer.id}',
        params: { settings: { reconciliation_mode: 'manual' } },
        expect: { events: [] },
      },
      instruct,
      {
        title: 'The money arrives',
        why: 'It lies in the cash balance of the customer: the intent does not take it by itself.',
        call: 'test_helpers.customers.fund_cash_balance',
        on: '${customer.id}',
        params: { amount: '${intent.amount}', currency: '${intent.currency}' },
        expect: {
          status: 'requires_action',
          events: ['customer_cash_balance_transaction.created', 'cash_balance.funds_available'],
        },
      },
      {
        title: 'Apply half of it',
        why: 'You decide how much of the balance goes to this payment.',
        call: 'payment_intents.apply_customer_balance',
        on: '${intent.id}',
        params: { amount: '${intent.amount / 2}' },
        expect: {
          status: 'requires_action',
          events: ['customer_cash_balance_transaction.created', 'payment_intent.partially_funded'],
        },
      },
      {
        title: 'Apply the rest',
        why: 'Without an amount the intent takes what it still needs.',
        call: 'payment_intents.apply_customer_balance',
        on: '${intent.id}',
        expect: {
          status: 'succeeded',
          events: [
            'customer_cash_balance_transaction.created',
            'charge.succeeded',
            'payment_intent.succeeded',
          ],
        },
      },
    ],
  },
  {
    id: 'bank-transfer-too-much',
    title: 'Bank transfer of too much',
    teaches:
      "What is left over stays in the customer's cash balance, for the next payment or to be sent back.",
    steps: [
      createCustomer,
      instruct,
      {
        title: 'Twice the money arrives',
        why: 'The intent takes what it needs.',
        call: 'test_helpers.customers.fund_cash_balance',
        on: '${customer.id}',
        params: { amount: '${intent.amount * 2}', currency: '${intent.currency}' },
        expect: {
          status: 'succeeded',
          events: [...MOVED, 'charge.succeeded', 'payment_intent.succeeded', 'cash_balance.funds_available'],
        },
      },
    ],
  },
];
