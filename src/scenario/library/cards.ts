import type { Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

/** Card payments that are taken at once. */
export const cardScenarios: readonly Scenario[] = [
  {
    id: 'card-success',
    title: 'Card payment, created and confirmed in one call',
    teaches: 'With confirm=true one call creates the intent and takes the money.',
    steps: [
      {
        title: 'Create the payment and confirm it',
        why: 'The card needs no authentication, so the answer is already the end of the story.',
        call: 'payment_intents.create',
        as: 'intent',
        params: { ...CARD_PAYMENT, confirm: true, payment_method: 'pm_card_visa' },
        expect: {
          status: 'succeeded',
          events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
        },
      },
      {
        title: 'Wait for the balance transaction',
        why: 'With capture_method automatic_async, the default, fees are known a moment after the payment.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['charge.updated'] },
      },
    ],
  },
  {
    id: 'create-only',
    title: 'Create an intent and nothing else',
    teaches:
      'Creating is not charging: without a payment method the intent waits in requires_payment_method.',
    steps: [
      {
        title: 'Create the payment',
        why: 'The server says how much and in which currency; the customer has not paid yet.',
        call: 'payment_intents.create',
        as: 'intent',
        params: CARD_PAYMENT,
        expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
      },
    ],
  },
  {
    id: 'card-two-steps',
    title: 'Card payment, created first and confirmed later',
    teaches: 'The usual way of a shop: the server creates, the customer confirms.',
    steps: [
      {
        title: 'Create the payment',
        why: 'The server says how much and in which currency; the customer has not paid yet.',
        call: 'payment_intents.create',
        as: 'intent',
        params: CARD_PAYMENT,
        expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
      },
      {
        title: 'Choose the card',
        why: 'With a payment method the intent waits for nothing but the confirmation.',
        call: 'payment_intents.update',
        on: '${intent.id}',
        params: { payment_method: 'pm_card_visa' },
        expect: { status: 'requires_confirmation', events: [] },
      },
      {
        title: 'Confirm',
        why: 'This is the moment at which the card is charged.',
        call: 'payment_intents.confirm',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
      {
        title: 'Wait for the balance transaction',
        why: 'Fees are known a moment after the payment: charge.updated brings the balance transaction.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['charge.updated'] },
      },
    ],
  },
  {
    id: 'card-synchronous',
    title: 'Card payment whose fees are known at once',
    teaches:
      'With capture_method automatic the charge has its balance transaction right away, so no charge.updated follows.',
    steps: [
      {
        title: 'Create the payment and confirm it',
        why: 'capture_method automatic makes Stripe wait for the fees before it answers, which takes a little longer.',
        call: 'payment_intents.create',
        as: 'intent',
        params: {
          ...CARD_PAYMENT,
          capture_method: 'automatic',
          confirm: true,
          payment_method: 'pm_card_visa',
        },
        expect: {
          status: 'succeeded',
          events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
        },
      },
      {
        title: 'Wait',
        why: 'Nothing more comes: the first answer had everything.',
        advance: '3s',
        expect: { status: 'succeeded', events: [] },
      },
    ],
  },
  {
    id: 'charge-edited',
    title: 'The description of a charge is changed',
    teaches: 'Changing a charge sends charge.updated, which says nothing about money.',
    steps: [
      {
        title: 'Take a payment',
        why: 'A charge is made by every payment; latest_charge names it.',
        call: 'payment_intents.create',
        as: 'intent',
        params: {
          ...CARD_PAYMENT,
          capture_method: 'automatic',
          confirm: true,
          payment_method: 'pm_card_visa',
        },
        expect: {
          status: 'succeeded',
          events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
        },
      },
      {
        title: 'Write something on the charge',
        why: 'A description helps whoever reads the Dashboard. The intent is as it was.',
        call: 'charges.update',
        on: '${intent.latest_charge}',
        params: { description: 'Order 6735' },
        expect: { status: 'succeeded', events: ['charge.updated'] },
      },
    ],
  },
  {
    id: 'cancel-before-payment',
    title: 'Cancel before anything was paid',
    teaches: 'A canceled intent can never be paid; a new order needs a new intent.',
    steps: [
      {
        title: 'Create the payment',
        why: 'The order exists, and nobody has paid for it.',
        call: 'payment_intents.create',
        as: 'intent',
        params: CARD_PAYMENT,
        expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
      },
      {
        title: 'Cancel it',
        why: 'The customer has left. A canceled intent cannot be paid by accident; the reason is kept for later.',
        call: 'payment_intents.cancel',
        on: '${intent.id}',
        params: { cancellation_reason: 'requested_by_customer' },
        expect: { status: 'canceled', events: ['payment_intent.canceled'] },
      },
    ],
  },
  {
    id: 'save-card-during-payment',
    title: 'Pay and save the card',
    teaches: 'setup_future_usage on a payment of a customer attaches the card, ready for later payments.',
    steps: [
      {
        title: 'Create the customer',
        why: 'Cards are saved with a customer: without one there is nothing to attach this card to.',
        call: 'customers.create',
        as: 'customer',
        params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
        expect: { events: ['customer.created'] },
      },
      {
        title: 'Take a payment and keep the card',
        why: 'setup_future_usage off_session has the bank agree to later payments, and attaches the card.',
        call: 'payment_intents.create',
        as: 'intent',
        params: {
          ...CARD_PAYMENT,
          confirm: true,
          customer: '${customer.id}',
          payment_method: 'pm_card_visa',
          setup_future_usage: 'off_session',
        },
        expect: {
          status: 'succeeded',
          events: [
            'payment_intent.created',
            'payment_method.attached',
            'charge.succeeded',
            'payment_intent.succeeded',
          ],
        },
      },
      {
        title: 'Wait for the balance transaction',
        why: 'Fees are known a moment after the payment: charge.updated brings the balance transaction.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['charge.updated'] },
      },
    ],
  },
];
