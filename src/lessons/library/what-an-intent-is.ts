import { RETURN_URL } from '../../scenario/library/common-params.ts';
import { isUntouched, wasLookedUp, wasRefused, wasTold } from '../intent-looks.ts';
import type { Lesson } from '../lesson.ts';
import { hasStatus } from '../looks.ts';

/** The parts of a payment: the server creates, the browser holds the secret, the customer confirms, Stripe decides. */
export const whatAnIntentIs: Lesson = {
  id: 'what-an-intent-is',
  minutes: 7,
  terms: ['payment_intent', 'client_secret', 'confirm', 'event', 'succeeded'],
  rounds: [
    {
      id: 'create',
      kind: 'try',
      predict: { choices: ['page', 'server', 'stripe'], right: 'server' },
      task: {
        steps: [
          {
            title: 'Create the payment on the server',
            call: 'payment_intents.create',
            as: 'intent',
            params: { amount: 2400, currency: 'eur' },
            expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
          },
        ],
        finds: { intent: ({ intents }) => intents.find(isUntouched) },
        checks: [
          { id: 'created', met: ({ objects }) => objects.has('intent') },
          { id: 'told', met: (seen) => wasTold(seen, 'payment_intent.created') },
        ],
      },
    },
    {
      id: 'secret',
      kind: 'try',
      predict: { choices: ['secret', 'key', 'id'], right: 'secret' },
      task: {
        steps: [
          {
            title: 'Look it up',
            call: 'payment_intents.retrieve',
            on: '${intent.id}',
            expect: { status: 'requires_payment_method', events: [] },
          },
        ],
        reveals: true,
        checks: [{ id: 'looked', met: (seen) => wasLookedUp(seen) }],
      },
    },
    {
      id: 'confirm',
      kind: 'try',
      predict: { choices: ['page', 'server', 'stripe'], right: 'stripe' },
      task: {
        steps: [
          {
            title: 'Confirm it as the customer',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa', return_url: RETURN_URL },
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        checks: [
          { id: 'succeeded', met: hasStatus('intent', 'succeeded') },
          { id: 'told', met: (seen) => wasTold(seen, 'payment_intent.succeeded') },
        ],
      },
    },
    {
      id: 'change',
      kind: 'break',
      predict: { choices: ['pays', 'refused', 'number'], right: 'refused' },
      task: {
        steps: [
          {
            title: 'Change the amount of the paid intent',
            call: 'payment_intents.update',
            on: '${intent.id}',
            params: { amount: 2900 },
            expect: {
              status: 'succeeded',
              error: { status: 400, code: 'payment_intent_unexpected_state' },
              events: [],
            },
          },
        ],
        checks: [
          { id: 'refused', met: (seen) => wasRefused(seen, 'payment_intent_unexpected_state') },
          {
            id: 'same',
            met: ({ objects }) => {
              const intent = objects.get('intent');
              return intent?.['amount'] === intent?.['amount_received'];
            },
          },
        ],
      },
    },
  ],
};
