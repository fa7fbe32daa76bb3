import type { ApiRecord } from '../../gateway/gateway.ts';
import type { AdvanceStep, CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT, CONSENT } from './common-params.ts';

const CHALLENGED = 'pm_card_threeDSecure2Required';
const DECLINED = 'pm_card_visa_chargeDeclined';
const BOUNCES = 'pm_usBankAccount_insufficientFunds';

function create(status: string, params: ApiRecord = {}, why?: string): CallStep {
  return {
    title: 'Create the payment',
    ...(why === undefined ? {} : { why }),
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, ...params },
    expect: { status, events: ['payment_intent.created'] },
  };
}

function choose(title: string, method: string, why?: string): CallStep {
  return {
    title,
    ...(why === undefined ? {} : { why }),
    call: 'payment_intents.update',
    on: '${intent.id}',
    params: { payment_method: method },
    expect: { status: 'requires_confirmation', events: [] },
  };
}

function confirm(title: string, expect: CallStep['expect'], params: ApiRecord = {}, why?: string): CallStep {
  return {
    title,
    ...(why === undefined ? {} : { why }),
    call: 'payment_intents.confirm',
    on: '${intent.id}',
    params,
    ...(expect === undefined ? {} : { expect }),
  };
}

const ASKED = { status: 'requires_action', events: ['payment_intent.requires_action'] };
const REFUSED = {
  status: 'requires_payment_method',
  error: { status: 402, code: 'card_declined' },
  events: ['charge.failed', 'payment_intent.payment_failed'],
};
const PAID = { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] };
const HELD = {
  status: 'requires_capture',
  events: ['charge.succeeded', 'payment_intent.amount_capturable_updated'],
};
const SENT = { status: 'processing', events: ['payment_intent.processing', 'charge.pending'] };

const bounce: AdvanceStep = {
  title: 'The bank refuses',
  advance: '10s',
  expect: { status: 'requires_payment_method', events: ['charge.failed', 'payment_intent.payment_failed'] },
};

const BOTH = { payment_method_types: ['card', 'us_bank_account'], capture_method: 'automatic' };

const cancel = (why: string, events = ['payment_intent.canceled']): CallStep => ({
  title: 'Cancel',
  why,
  call: 'payment_intents.cancel',
  on: '${intent.id}',
  expect: { status: 'canceled', events },
});

/** Customers who change their mind, and payments that take several attempts. */
export const changeOfMindScenarios: readonly Scenario[] = [
  {
    id: 'many-attempts',
    title: 'One order, many attempts',
    teaches:
      'However often it fails, one order is one intent: it takes every further attempt and never pays twice.',
    steps: [
      create('requires_payment_method', BOTH, 'The customer may pay by card or from a bank account.'),
      confirm('Try a card that is declined', REFUSED, { payment_method: DECLINED }),
      confirm('Try a card that needs 3D Secure', ASKED, { payment_method: CHALLENGED }),
      confirm(
        'Try it once more',
        ASKED,
        { payment_method: CHALLENGED },
        'The first challenge is forgotten; a new one begins.',
      ),
      confirm('Try the declined card instead', REFUSED, { payment_method: DECLINED }),
      confirm('Try the bank account', SENT, { payment_method: BOUNCES, mandate_data: CONSENT }),
      bounce,
      confirm('Go back to 3D Secure', ASKED, { payment_method: CHALLENGED }),
      confirm('Try the bank account after all', SENT, { payment_method: BOUNCES, mandate_data: CONSENT }),
      bounce,
      confirm('Go back to 3D Secure once more', ASKED, { payment_method: CHALLENGED }),
      confirm('Pay with a card that needs nothing', PAID, { payment_method: 'pm_card_visa' }),
    ],
  },
  {
    id: 'second-thoughts',
    title: 'The payment method is changed before and after confirming',
    teaches:
      'Until it is paid the method of an intent can be changed, even while a challenge is open; the status follows.',
    steps: [
      create(
        'requires_confirmation',
        { ...BOTH, payment_method: 'pm_card_visa' },
        'With a payment method from the start, only the confirmation is missing.',
      ),
      choose('Take another card', 'pm_card_mastercard'),
      choose('Choose a card that is declined', DECLINED),
      confirm('Confirm', REFUSED),
      choose('Choose a bank account', BOUNCES),
      confirm('Confirm', SENT, { mandate_data: CONSENT }),
      bounce,
      choose('Choose a card that needs 3D Secure', CHALLENGED),
      confirm('Confirm', ASKED),
      choose(
        'Choose another card while the challenge is open',
        'pm_card_visa',
        'The challenge is dropped: there is nothing left to answer.',
      ),
      choose('Choose the card with 3D Secure again', CHALLENGED),
      confirm('Confirm', ASKED),
      choose('Choose yet another card', 'pm_card_mastercard'),
      cancel('The customer leaves, and a canceled intent says so to everybody who looks.'),
    ],
  },
  {
    id: 'manual-confirmation',
    title: 'Confirmed on the server',
    teaches:
      'With confirmation_method manual only your server confirms, so that the order can be checked once more.',
    steps: [
      create(
        'requires_confirmation',
        { capture_method: 'automatic', confirmation_method: 'manual', payment_method: 'pm_card_visa' },
        'The page collected the card; the order is checked once more on the server.',
      ),
      confirm('Confirm', PAID, {}, 'A publishable key would be refused here.'),
    ],
  },
  {
    id: '3ds-abandoned',
    title: '3D Secure abandoned',
    teaches: 'An open challenge waits: clean up with a job of your own, which cancels what nobody finishes.',
    steps: [
      create('requires_payment_method'),
      confirm('Confirm with a card that needs 3D Secure', ASKED, { payment_method: CHALLENGED }),
      {
        title: 'The customer closes the page, and a day goes by',
        why: 'Nothing happens, and no event tells of it.',
        advance: '1d',
        expect: { status: 'requires_action', events: [] },
      },
      {
        ...cancel('A job finds the intent in requires_action, too old to be finished.'),
        params: { cancellation_reason: 'abandoned' },
      },
    ],
  },
  {
    id: 'authorize-in-two-steps',
    title: 'Created, then authorized',
    teaches: 'Whether money is taken or held is a property of the intent, not of the confirmation.',
    steps: [
      create('requires_payment_method', { capture_method: 'manual' }),
      confirm('Confirm: the money is reserved', HELD, { payment_method: 'pm_card_visa' }),
      {
        title: 'Capture',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'authorize-chosen-card',
    title: 'A card chosen first, and authorized later',
    teaches: 'A hold ends in one of three ways: you capture it, you cancel it, or time does.',
    steps: [
      create('requires_confirmation', { capture_method: 'manual', payment_method: 'pm_card_visa' }),
      confirm('Confirm: the money is reserved', HELD),
      cancel('The goods are sold out.', ['charge.refunded', 'payment_intent.canceled']),
    ],
  },
  {
    id: 'authorize-another-card',
    title: 'Another card in place of a challenge',
    teaches: 'A customer who cannot pass a challenge can still pay: confirm again with another card.',
    steps: [
      create('requires_payment_method', { capture_method: 'manual' }),
      confirm('Confirm with a card that needs 3D Secure', ASKED, { payment_method: CHALLENGED }),
      confirm('Confirm with another card', HELD, { payment_method: 'pm_card_visa' }),
      {
        title: 'Capture',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'several-captures',
    title: 'Authorize once, capture twice',
    teaches: 'A parcel at a time: with final_capture false the rest stays reserved.',
    steps: [
      {
        title: 'Reserve the money, with the wish to take it in parts',
        call: 'payment_intents.create',
        as: 'intent',
        params: {
          ...CARD_PAYMENT,
          capture_method: 'manual',
          confirm: true,
          payment_method: 'pm_card_visa',
          payment_method_options: { card: { request_multicapture: 'if_available' } },
        },
        expect: { status: 'requires_capture', events: ['payment_intent.created', ...HELD.events] },
      },
      {
        title: 'Capture half of it for the first parcel',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        params: { amount_to_capture: '${intent.amount_capturable / 2}', final_capture: false },
        expect: {
          status: 'requires_capture',
          events: ['charge.captured', 'payment_intent.amount_capturable_updated'],
        },
      },
      {
        title: 'Capture the rest with the second',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
      },
    ],
  },
];
