import type { CallStep, Scenario } from '../format.ts';

const createCustomer: CallStep = {
  title: 'Create the customer',
  why: 'A card is saved with a customer.',
  call: 'customers.create',
  as: 'customer',
  params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
  expect: { events: ['customer.created'] },
};

function setUp(card: string, expect: CallStep['expect']): CallStep {
  return {
    title: 'Set the card up for later',
    why: 'usage off_session asks the bank now for what will be charged while nobody is there. No money moves.',
    call: 'setup_intents.create',
    as: 'setup',
    params: {
      confirm: true,
      customer: '${customer.id}',
      payment_method: card,
      payment_method_types: ['card'],
      usage: 'off_session',
    },
    ...(expect === undefined ? {} : { expect }),
  };
}

/** Cards that are saved without a payment. */
export const setupScenarios: readonly Scenario[] = [
  {
    id: 'setup-success',
    title: 'Save a card without paying',
    teaches:
      'A SetupIntent asks the bank for permission now, so that later payments need nobody at the keyboard.',
    subject: 'setup',
    steps: [
      createCustomer,
      setUp('pm_card_visa', {
        status: 'succeeded',
        events: ['setup_intent.created', 'payment_method.attached', 'setup_intent.succeeded'],
      }),
    ],
  },
  {
    id: 'saved-card-charged-later',
    title: 'Save a card, and charge it while the customer is away',
    teaches: 'A card that was set up for it can be charged off session, without anybody at the keyboard.',
    steps: [
      createCustomer,
      setUp('pm_card_visa', {
        events: ['setup_intent.created', 'payment_method.attached', 'setup_intent.succeeded'],
      }),
      {
        title: 'Charge it a month later',
        why: 'off_session says that nobody is there; payment_method is the one that was saved.',
        call: 'payment_intents.create',
        as: 'intent',
        params: {
          amount: 2000,
          capture_method: 'automatic',
          confirm: true,
          currency: 'usd',
          customer: '${customer.id}',
          off_session: true,
          payment_method: '${setup.payment_method}',
          payment_method_types: ['card'],
        },
        expect: {
          status: 'succeeded',
          events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
        },
      },
    ],
  },
  {
    id: 'setup-3ds',
    title: 'Save a card that needs 3D Secure',
    teaches: 'The challenge comes while the customer is there, which is the point of setting a card up.',
    subject: 'setup',
    steps: [
      createCustomer,
      setUp('pm_card_threeDSecure2Required', {
        status: 'requires_action',
        events: ['setup_intent.created', 'setup_intent.requires_action'],
      }),
      {
        title: 'The customer passes 3D Secure',
        why: 'The bank asks once, while the customer is there to answer.',
        authenticate: '${setup.id}',
        outcome: 'succeed',
        expect: { status: 'succeeded', events: ['payment_method.attached', 'setup_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'setup-declined',
    title: 'Save a card that is declined',
    teaches: 'A card can be refused before any payment: ask for another one right away.',
    subject: 'setup',
    steps: [
      createCustomer,
      setUp('pm_card_visa_chargeDeclined', {
        status: 'requires_payment_method',
        error: { status: 402, code: 'card_declined', decline_code: 'generic_decline' },
        events: ['setup_intent.created', 'setup_intent.setup_failed'],
      }),
    ],
  },
  {
    id: 'setup-canceled',
    title: 'Cancel a SetupIntent',
    teaches: 'What is not finished can be called off; a canceled SetupIntent saves nothing.',
    subject: 'setup',
    steps: [
      {
        title: 'Create the SetupIntent',
        why: 'A SetupIntent has statuses like a PaymentIntent, without an amount.',
        call: 'setup_intents.create',
        as: 'setup',
        params: { payment_method_types: ['card'] },
        expect: { status: 'requires_payment_method', events: ['setup_intent.created'] },
      },
      {
        title: 'Cancel it',
        why: 'The customer would rather not have a card saved.',
        call: 'setup_intents.cancel',
        on: '${setup.id}',
        expect: { status: 'canceled', events: ['setup_intent.canceled'] },
      },
    ],
  },
];
