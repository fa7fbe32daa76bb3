import type { CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

const authorize: CallStep = {
  title: 'Reserve the money',
  why: 'With capture_method manual the bank sets the amount aside, and nothing is paid yet.',
  call: 'payment_intents.create',
  as: 'intent',
  params: { ...CARD_PAYMENT, capture_method: 'manual', confirm: true, payment_method: 'pm_card_visa' },
  expect: {
    status: 'requires_capture',
    events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated'],
  },
};

/** Money that is reserved first and taken later. */
export const authorizationScenarios: readonly Scenario[] = [
  {
    id: 'manual-capture',
    title: 'Authorize, then capture',
    teaches: 'A hold is charge.succeeded without the money: fulfil on payment_intent.succeeded only.',
    steps: [
      authorize,
      {
        title: 'Capture all of it',
        why: 'The goods leave, and only now the money is taken.',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'partial-capture',
    title: 'Authorize, then capture a part',
    teaches: 'What is not captured goes back to the customer; amount_received says what was taken.',
    steps: [
      authorize,
      {
        title: 'Capture half of it',
        why: 'Only a part can be delivered. What is not captured is released at once.',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        params: { amount_to_capture: '${intent.amount_capturable / 2}' },
        expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'authorization-raised',
    title: 'Raise a reserved amount',
    teaches:
      'A hold can grow while it lasts, where the card allows it; the intent says how much can be captured now.',
    steps: [
      {
        ...authorize,
        title: 'Reserve the money, with the wish to raise it',
        params: {
          ...CARD_PAYMENT,
          capture_method: 'manual',
          confirm: true,
          payment_method: 'pm_card_visa',
          payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
        },
      },
      {
        title: 'Raise the amount',
        why: 'The guest stays a night longer: the hold grows, without a second payment.',
        call: 'payment_intents.increment_authorization',
        on: '${intent.id}',
        params: { amount: '${intent.amount + 500}' },
        expect: {
          status: 'requires_capture',
          events: ['charge.updated', 'payment_intent.amount_capturable_updated'],
        },
      },
    ],
  },
  {
    id: 'cancel-authorization',
    title: 'Authorize, then cancel',
    teaches: 'Canceling a hold gives the reserved money back without a refund of yours.',
    steps: [
      authorize,
      {
        title: 'Cancel',
        why: 'The goods are sold out. The bank releases the money; it was never yours, so there is nothing to refund.',
        call: 'payment_intents.cancel',
        on: '${intent.id}',
        expect: { status: 'canceled', events: ['charge.refunded', 'payment_intent.canceled'] },
      },
    ],
  },
  {
    id: 'authorization-expires',
    title: 'Authorize, and never capture',
    teaches: 'A hold on a card lasts seven days; then Stripe cancels the intent and the money is free again.',
    steps: [
      authorize,
      {
        title: 'Let seven days pass',
        why: 'Nobody captured. Holds on cards end by themselves; the emulator moves its clock.',
        advance: '7d',
        expect: { status: 'canceled', events: ['charge.expired', 'payment_intent.canceled'] },
      },
    ],
  },
];
