import type { CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

const createCustomer: CallStep = {
  title: 'Create the customer',
  why: 'The order is theirs; its key is made of what identifies the order, so that a retry finds the same one.',
  call: 'customers.create',
  as: 'customer',
  params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
  expect: { events: ['customer.created'] },
};

const pay: CallStep = {
  title: 'Take the payment, under a key',
  why: 'Suppose that the network breaks now: the card was charged, and the answer never arrives.',
  call: 'payment_intents.create',
  as: 'intent',
  idempotencyKey: 'order-of-${customer.id}',
  params: {
    ...CARD_PAYMENT,
    capture_method: 'automatic',
    confirm: true,
    customer: '${customer.id}',
    payment_method: 'pm_card_visa',
  },
  expect: {
    status: 'succeeded',
    events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
  },
};

/** Requests that are sent twice. */
export const retryScenarios: readonly Scenario[] = [
  {
    id: 'idempotent-retry',
    title: 'The same request again after a lost answer',
    teaches: 'With an idempotency key a retry gets the first answer again, and nobody is charged twice.',
    steps: [
      createCustomer,
      pay,
      {
        ...pay,
        title: 'Send the very same request again',
        why: 'You cannot know whether the first one arrived. With the same key you need not: no event, no second charge.',
        expect: { status: 'succeeded', events: [] },
      },
    ],
  },
  {
    id: 'idempotency-key-reused',
    title: 'One key for two different requests',
    teaches: 'A key belongs to one request: other parameters under the same key are refused.',
    steps: [
      createCustomer,
      pay,
      {
        ...pay,
        title: 'Ask for another amount under the same key',
        why: 'Stripe compares the parameters, because an old answer to a new question would be wrong.',
        params: { ...pay.params, amount: 3000 },
        expect: { error: { status: 400 }, events: [] },
      },
    ],
  },
];
