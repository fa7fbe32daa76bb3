import type { ApiRecord } from '../../gateway/gateway.ts';
import { RETURN_URL } from '../../scenario/library/common-params.ts';
import { follow } from '../../scenario/references.ts';
import { intentsWith, wasTold } from '../intent-looks.ts';
import type { Lesson } from '../lesson.ts';
import { hasStatus } from '../looks.ts';

/** Decline codes whose reason customers must not be told (Stripe docs: decline codes). */
const SILENT: readonly unknown[] = [
  'fraudulent',
  'lost_card',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'stolen_card',
];

const declineCode = (intent: ApiRecord): unknown => follow(intent, ['last_payment_error', 'decline_code']);

const isDeclined = (intent: ApiRecord): boolean =>
  intent['status'] === 'requires_payment_method' && declineCode(intent) !== undefined;

/** After a decline the same intent takes the next card. */
export const aDeclineIsNotTheEnd: Lesson = {
  id: 'a-decline-is-not-the-end',
  minutes: 7,
  terms: ['decline', 'decline_code', 'requires_payment_method', 'charge'],
  rounds: [
    {
      id: 'decline',
      kind: 'try',
      predict: { choices: ['failed', 'waits', 'canceled'], right: 'waits' },
      task: {
        steps: [
          {
            title: 'Pay with a card that is short of money',
            call: 'payment_intents.create',
            as: 'intent',
            params: {
              amount: 4500,
              currency: 'usd',
              confirm: true,
              payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
              return_url: RETURN_URL,
            },
            expect: {
              status: 'requires_payment_method',
              error: { status: 402, code: 'card_declined', decline_code: 'insufficient_funds' },
              events: ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'],
            },
          },
        ],
        finds: { intent: ({ intents }) => intents.find(isDeclined) },
        checks: [
          { id: 'declined', met: ({ objects }) => objects.has('intent') },
          { id: 'told', met: (seen) => wasTold(seen, 'payment_intent.payment_failed') },
        ],
      },
    },
    {
      id: 'retry',
      kind: 'try',
      predict: { choices: ['same', 'new', 'card'], right: 'same' },
      task: {
        steps: [
          {
            title: 'Confirm with another card',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_visa', return_url: RETURN_URL },
            expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        checks: [
          { id: 'succeeded', met: hasStatus('intent', 'succeeded') },
          {
            id: 'clean',
            met: ({ objects }) => objects.get('intent')?.['last_payment_error'] === null,
          },
        ],
      },
    },
    {
      id: 'tell',
      kind: 'try',
      predict: { choices: ['reason', 'code', 'plain'], right: 'plain' },
      task: {
        steps: [
          {
            title: 'Pay with a card that was reported lost',
            call: 'payment_intents.create',
            as: 'intent',
            params: {
              amount: 4500,
              currency: 'usd',
              confirm: true,
              payment_method: 'pm_card_visa_chargeDeclinedLostCard',
              return_url: RETURN_URL,
            },
            expect: {
              status: 'requires_payment_method',
              error: { status: 402, code: 'card_declined', decline_code: 'lost_card' },
              events: ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'],
              besides: ['charge.updated'],
            },
          },
        ],
        finds: {
          intent: (seen) =>
            intentsWith(seen, 'payment_intent.payment_failed').find((intent) =>
              SILENT.includes(declineCode(intent)),
            ),
        },
        checks: [{ id: 'silent', met: ({ objects }) => objects.has('intent') }],
      },
    },
    {
      id: 'twice',
      kind: 'break',
      given: [
        {
          title: 'Create the payment of the order',
          call: 'payment_intents.create',
          as: 'intent',
          params: { amount: 4500, currency: 'usd', metadata: { order: '6735' } },
          expect: {
            status: 'requires_payment_method',
            events: ['payment_intent.created'],
            besides: ['charge.updated'],
          },
        },
        {
          title: 'The first try is declined',
          call: 'payment_intents.confirm',
          on: '${intent.id}',
          params: { payment_method: 'pm_card_visa_chargeDeclined', return_url: RETURN_URL },
          expect: {
            status: 'requires_payment_method',
            error: { status: 402, code: 'card_declined' },
            events: ['charge.failed', 'payment_intent.payment_failed'],
            besides: ['charge.updated'],
          },
        },
      ],
      predict: { choices: ['once', 'twice', 'moved'], right: 'twice' },
      task: {
        steps: [
          {
            title: 'Make a second intent for the order, and pay it',
            call: 'payment_intents.create',
            as: 'second',
            params: {
              amount: 4500,
              currency: 'usd',
              metadata: { order: '6735' },
              confirm: true,
              payment_method: 'pm_card_visa',
              return_url: RETURN_URL,
            },
            expect: {
              events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
              besides: ['charge.updated'],
            },
          },
          {
            title: 'Pay the first one too',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method: 'pm_card_mastercard', return_url: RETURN_URL },
            expect: {
              status: 'succeeded',
              events: ['charge.succeeded', 'payment_intent.succeeded'],
              besides: ['charge.updated'],
            },
          },
        ],
        finds: {
          second: (seen) =>
            intentsWith(seen, 'payment_intent.succeeded').find(
              ({ id }) => id !== seen.objects.get('intent')?.['id'],
            ),
        },
        checks: [
          { id: 'second', met: ({ objects }) => objects.has('second') },
          { id: 'first', met: hasStatus('intent', 'succeeded') },
        ],
      },
    },
  ],
};
