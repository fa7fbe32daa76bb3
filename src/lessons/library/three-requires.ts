import { RETURN_URL } from '../../scenario/library/common-params.ts';
import { intentsWith, wasRefused, wasTold } from '../intent-looks.ts';
import type { Lesson } from '../lesson.ts';
import { hasStatus } from '../looks.ts';

/** What the statuses that begin with requires_ wait for, and who has to act. */
export const threeRequires: Lesson = {
  id: 'three-requires',
  minutes: 7,
  terms: ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'],
  rounds: [
    {
      id: 'choose',
      kind: 'try',
      given: [
        {
          title: 'Create the payment',
          call: 'payment_intents.create',
          as: 'intent',
          params: { amount: 2000, currency: 'usd' },
          expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
        },
      ],
      predict: { choices: ['customer', 'server', 'stripe'], right: 'customer' },
      task: {
        steps: [
          {
            title: 'Choose a card, and do not confirm',
            call: 'payment_intents.update',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa' },
            expect: { status: 'requires_confirmation', events: [] },
          },
        ],
        finds: {
          intent: ({ intents, objects }) =>
            intents.find(({ status }) => status === 'requires_confirmation') ?? objects.get('intent'),
        },
        checks: [{ id: 'chosen', met: hasStatus('intent', 'requires_confirmation') }],
      },
    },
    {
      id: 'challenge',
      kind: 'try',
      predict: { choices: ['error', 'action', 'processing'], right: 'action' },
      task: {
        steps: [
          {
            title: 'Confirm with a card that asks for 3D Secure',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_threeDSecure2Required', return_url: RETURN_URL },
            expect: { status: 'requires_action', events: ['payment_intent.requires_action'] },
          },
          {
            title: 'The customer passes',
            authenticate: '${intent.id}',
            outcome: 'succeed',
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        finds: {
          intent: (seen) =>
            intentsWith(seen, 'payment_intent.requires_action')[0] ?? seen.objects.get('intent'),
        },
        checks: [
          { id: 'asked', met: (seen) => wasTold(seen, 'payment_intent.requires_action') },
          { id: 'passed', met: hasStatus('intent', 'succeeded') },
        ],
      },
    },
    {
      id: 'hold',
      kind: 'try',
      predict: { choices: ['customer', 'nobody', 'you'], right: 'you' },
      task: {
        steps: [
          {
            title: 'Reserve the money',
            call: 'payment_intents.create',
            as: 'intent',
            params: {
              amount: 2000,
              currency: 'usd',
              capture_method: 'manual',
              confirm: true,
              payment_method: 'pm_card_visa',
              return_url: RETURN_URL,
            },
            expect: {
              status: 'requires_capture',
              events: [
                'payment_intent.created',
                'charge.succeeded',
                'payment_intent.amount_capturable_updated',
              ],
              besides: ['charge.updated'],
            },
          },
        ],
        finds: { intent: ({ intents }) => intents.find(({ status }) => status === 'requires_capture') },
        checks: [
          { id: 'held', met: hasStatus('intent', 'requires_capture') },
          { id: 'untaken', met: ({ objects }) => objects.get('intent')?.['amount_received'] === 0 },
        ],
      },
    },
    {
      id: 'wrong-move',
      kind: 'break',
      predict: { choices: ['takes', 'refused', 'twice'], right: 'refused' },
      task: {
        steps: [
          {
            title: 'Confirm what is reserved',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { return_url: RETURN_URL },
            expect: {
              status: 'requires_capture',
              error: { status: 400, code: 'payment_intent_unexpected_state' },
              events: [],
            },
          },
          {
            title: 'Capture it instead',
            call: 'payment_intents.capture',
            on: '${intent.id}',
            expect: {
              status: 'succeeded',
              events: ['charge.captured', 'payment_intent.succeeded'],
              besides: ['charge.updated'],
            },
          },
        ],
        checks: [
          {
            id: 'refused',
            met: (seen) => wasRefused(seen, 'payment_intent_unexpected_state', 'confirm'),
          },
          {
            id: 'ended',
            met: ({ objects }) =>
              ['succeeded', 'canceled'].includes(String(objects.get('intent')?.['status'])),
          },
        ],
      },
    },
  ],
};
