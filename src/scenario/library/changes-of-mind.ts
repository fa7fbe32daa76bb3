import type { ApiRecord } from '../../gateway/gateway.ts';
import type { AdvanceStep, CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT, CONSENT } from './common-params.ts';

const CHALLENGED = 'pm_card_threeDSecure2Required';
const DECLINED = 'pm_card_visa_chargeDeclined';
const BOUNCES = 'pm_usBankAccount_insufficientFunds';

function create(status: string, why: string, params: ApiRecord = {}): CallStep {
  return {
    title: 'Create the payment',
    why,
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, ...params },
    expect: { status, events: ['payment_intent.created'] },
  };
}

function choose(title: string, why: string, method: string): CallStep {
  return {
    title,
    why,
    call: 'payment_intents.update',
    on: '${intent.id}',
    params: { payment_method: method },
    expect: { status: 'requires_confirmation', events: [] },
  };
}

function confirm(
  title: string,
  why: string,
  expect: CallStep['expect'] & object,
  params: ApiRecord = {},
): CallStep {
  return {
    title,
    why,
    call: 'payment_intents.confirm',
    on: '${intent.id}',
    params,
    expect,
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
  why: 'There was not enough on the account. The order is still open.',
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
      create('requires_payment_method', 'The customer may pay by card or from a bank account.', BOTH),
      confirm(
        'Try a card that is declined',
        'The bank says no, and the intent is as open as before.',
        REFUSED,
        { payment_method: DECLINED },
      ),
      confirm(
        'Try a card that needs 3D Secure',
        'The next card begins a challenge; nothing is charged until it is passed.',
        ASKED,
        { payment_method: CHALLENGED },
      ),
      confirm('Try it once more', 'The first challenge is forgotten; a new one begins.', ASKED, {
        payment_method: CHALLENGED,
      }),
      confirm(
        'Try the declined card instead',
        'An open challenge is no obstacle: another card may be confirmed at any time.',
        REFUSED,
        { payment_method: DECLINED },
      ),
      confirm(
        'Try the bank account',
        'A debit is only sent off here. Whether there is money shows later.',
        SENT,
        { payment_method: BOUNCES, mandate_data: CONSENT },
      ),
      bounce,
      confirm(
        'Go back to 3D Secure',
        'After a debit that bounced every method is open again, cards too.',
        ASKED,
        { payment_method: CHALLENGED },
      ),
      confirm(
        'Try the bank account after all',
        'From an open challenge a debit can be begun as well.',
        SENT,
        { payment_method: BOUNCES, mandate_data: CONSENT },
      ),
      bounce,
      confirm('Go back to 3D Secure once more', 'One attempt more on the same intent.', ASKED, {
        payment_method: CHALLENGED,
      }),
      confirm(
        'Pay with a card that needs nothing',
        'The challenge is dropped, and this card is charged: once, however many attempts came before.',
        PAID,
        { payment_method: 'pm_card_visa' },
      ),
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
        'With a payment method from the start, only the confirmation is missing.',
        { ...BOTH, payment_method: 'pm_card_visa' },
      ),
      choose('Take another card', 'Nothing was confirmed, so a change costs nothing.', 'pm_card_mastercard'),
      choose(
        'Choose a card that is declined',
        'Choosing asks no bank: whether it works shows later.',
        DECLINED,
      ),
      confirm('Confirm', 'Now the bank is asked, and says no. The method is taken off the intent.', REFUSED),
      choose('Choose a bank account', 'The intent accepts both types, so the customer may switch.', BOUNCES),
      confirm('Confirm', 'A debit needs the consent of the customer (mandate_data).', SENT, {
        mandate_data: CONSENT,
      }),
      bounce,
      choose('Choose a card that needs 3D Secure', 'Again only chosen: no challenge yet.', CHALLENGED),
      confirm('Confirm', 'The challenge begins with the confirmation.', ASKED),
      choose(
        'Choose another card while the challenge is open',
        'The challenge is dropped: there is nothing left to answer.',
        'pm_card_visa',
      ),
      choose(
        'Choose the card with 3D Secure again',
        'What was passed or dropped before does not count for later.',
        CHALLENGED,
      ),
      confirm('Confirm', 'A second challenge, with a next_action of its own.', ASKED),
      choose('Choose yet another card', 'And that one is dropped as well.', 'pm_card_mastercard'),
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
        'The page collected the card; the order is checked once more on the server.',
        { capture_method: 'automatic', confirmation_method: 'manual', payment_method: 'pm_card_visa' },
      ),
      confirm('Confirm', 'Only the server may: a publishable key would be refused here.', PAID),
    ],
  },
  {
    id: '3ds-abandoned',
    title: '3D Secure abandoned',
    teaches: 'An open challenge waits: clean up with a job of your own, which cancels what nobody finishes.',
    steps: [
      create('requires_payment_method', 'The server says how much; nobody has paid yet.'),
      confirm(
        'Confirm with a card that needs 3D Secure',
        'The bank asks who is paying, and the page shows its question.',
        ASKED,
        { payment_method: CHALLENGED },
      ),
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
      create(
        'requires_payment_method',
        'capture_method manual says so from the start: reserve, take later.',
        {
          capture_method: 'manual',
        },
      ),
      confirm(
        'Confirm: the money is reserved',
        'The same confirmation as always; that it only reserves was decided before.',
        HELD,
        { payment_method: 'pm_card_visa' },
      ),
      {
        title: 'Capture',
        why: 'The goods leave, and the money is taken.',
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
      create('requires_confirmation', 'The card is known, and nothing was asked of its bank yet.', {
        capture_method: 'manual',
        payment_method: 'pm_card_visa',
      }),
      confirm('Confirm: the money is reserved', 'The bank sets the amount aside for seven days.', HELD),
      cancel('The goods are sold out.', ['charge.refunded', 'payment_intent.canceled']),
    ],
  },
  {
    id: 'authorize-another-card',
    title: 'Another card in place of a challenge',
    teaches: 'A customer who cannot pass a challenge can still pay: confirm again with another card.',
    steps: [
      create('requires_payment_method', 'The money is to be reserved first.', { capture_method: 'manual' }),
      confirm('Confirm with a card that needs 3D Secure', 'The phone that gets the code is at home.', ASKED, {
        payment_method: CHALLENGED,
      }),
      confirm(
        'Confirm with another card',
        'No need to pass or fail the challenge first: the confirmation replaces it.',
        HELD,
        { payment_method: 'pm_card_visa' },
      ),
      {
        title: 'Capture',
        why: 'The goods leave, and the money is taken.',
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
        why: 'request_multicapture asks whether the card allows it; most do.',
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
        why: 'final_capture false says that more follows, so the rest stays reserved.',
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
        why: 'Without an amount everything that is left is taken, and the intent has succeeded.',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
      },
    ],
  },
];
