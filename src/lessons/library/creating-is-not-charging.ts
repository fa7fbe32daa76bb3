import type { Lesson } from '../lesson.ts';

/** An intent by itself moves no money. */
export const creatingIsNotCharging: Lesson = {
  id: 'creating-is-not-charging',
  minutes: 4,
  terms: ['payment_intent', 'confirm', 'charge'],
  rounds: [
    {
      id: 'create',
      kind: 'try',
      predict: { choices: ['fifty', 'nothing', 'hold'], right: 'nothing' },
      task: {
        steps: [
          {
            title: 'Create the payment',
            call: 'payment_intents.create',
            as: 'intent',
            params: { amount: 5000, currency: 'usd', payment_method_types: ['card'] },
            expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
          },
        ],
        finds: { intent: ({ intents }) => intents.find(({ status }) => status !== 'canceled') },
        checks: [
          { id: 'created', met: ({ objects }) => objects.has('intent') },
          { id: 'no-charge', met: ({ objects }) => objects.get('intent')?.['latest_charge'] === null },
        ],
      },
    },
    {
      id: 'pay',
      kind: 'try',
      task: {
        steps: [
          {
            title: 'Confirm it with a card',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa' },
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        checks: [
          { id: 'succeeded', met: ({ objects }) => objects.get('intent')?.['status'] === 'succeeded' },
          { id: 'charged', met: ({ events }) => events.some(({ type }) => type === 'charge.succeeded') },
        ],
      },
    },
    {
      id: 'again',
      kind: 'break',
      predict: { choices: ['twice', 'refused'], right: 'refused' },
      task: {
        steps: [
          {
            title: 'Confirm it once more',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa' },
            expect: {
              status: 'succeeded',
              error: { status: 400, code: 'payment_intent_unexpected_state' },
              events: [],
            },
          },
        ],
        checks: [
          {
            id: 'refused',
            met: ({ requests }) =>
              requests.some(({ error }) => error?.code === 'payment_intent_unexpected_state'),
          },
        ],
      },
    },
  ],
};
