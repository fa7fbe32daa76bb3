import { RETURN_URL } from '../../scenario/library/common-params.ts';
import { isUntouched, wasRefused, wasTold } from '../intent-looks.ts';
import type { Lesson } from '../lesson.ts';
import { hasStatus } from '../looks.ts';

/** An intent by itself moves no money. */
export const creatingIsNotCharging: Lesson = {
  id: 'creating-is-not-charging',
  minutes: 6,
  terms: ['payment_intent', 'payment_method', 'confirm', 'charge'],
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
            params: { amount: 5000, currency: 'usd' },
            expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
          },
        ],
        finds: {
          intent: ({ intents }) =>
            intents.find(isUntouched) ?? intents.find(({ status }) => status !== 'canceled'),
        },
        checks: [
          { id: 'created', met: ({ objects }) => objects.has('intent') },
          { id: 'no-charge', met: ({ objects }) => objects.get('intent')?.['latest_charge'] === null },
        ],
      },
    },
    {
      id: 'card',
      kind: 'try',
      predict: { choices: ['noted', 'asked', 'held'], right: 'noted' },
      task: {
        steps: [
          {
            title: 'Put a card on it',
            call: 'payment_intents.update',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa' },
            expect: { status: 'requires_confirmation', events: [] },
          },
        ],
        // Whoever went too far makes another one.
        finds: {
          intent: ({ intents, objects }) =>
            intents.find(({ status }) => status === 'requires_confirmation') ?? objects.get('intent'),
        },
        checks: [
          { id: 'waits', met: hasStatus('intent', 'requires_confirmation') },
          { id: 'no-charge', met: ({ objects }) => objects.get('intent')?.['latest_charge'] === null },
        ],
      },
    },
    {
      id: 'pay',
      kind: 'try',
      predict: { choices: ['second', 'method', 'charge'], right: 'charge' },
      task: {
        steps: [
          {
            title: 'Confirm it',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { return_url: RETURN_URL },
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        checks: [
          { id: 'succeeded', met: hasStatus('intent', 'succeeded') },
          { id: 'charged', met: (seen) => wasTold(seen, 'charge.succeeded') },
        ],
      },
    },
    {
      id: 'again',
      kind: 'break',
      predict: { choices: ['twice', 'refused', 'same'], right: 'refused' },
      task: {
        steps: [
          {
            title: 'Confirm it once more',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa', return_url: RETURN_URL },
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
            met: (seen) => wasRefused(seen, 'payment_intent_unexpected_state', 'confirm'),
          },
        ],
      },
    },
  ],
};
