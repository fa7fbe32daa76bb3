import { CONSENT, RETURN_URL } from '../../scenario/library/common-params.ts';
import { follow } from '../../scenario/references.ts';
import { intentsWith, wasTold } from '../intent-looks.ts';
import type { Lesson } from '../lesson.ts';
import { hasStatus } from '../looks.ts';

const IDEAL = { type: 'ideal' };

/** What the return from a bank's page proves, and what does. */
export const redirectIsNotPaid: Lesson = {
  id: 'redirect-is-not-paid',
  minutes: 7,
  terms: ['redirect', 'next_action', 'fulfillment', 'processing', 'delayed_payment_method'],
  rounds: [
    {
      id: 'leave',
      kind: 'try',
      predict: { choices: ['action', 'succeeded', 'processing'], right: 'action' },
      task: {
        steps: [
          {
            title: 'Pay with iDEAL',
            call: 'payment_intents.create',
            as: 'intent',
            params: {
              amount: 2000,
              currency: 'eur',
              confirm: true,
              payment_method_data: IDEAL,
              return_url: RETURN_URL,
            },
            expect: {
              status: 'requires_action',
              events: ['payment_intent.created', 'payment_intent.requires_action'],
            },
          },
        ],
        finds: {
          intent: ({ intents }) =>
            intents.find((intent) => /redirect/.test(String(follow(intent, ['next_action', 'type'])))),
        },
        checks: [{ id: 'away', met: hasStatus('intent', 'requires_action') }],
      },
    },
    {
      id: 'unpaid',
      kind: 'try',
      predict: { choices: ['paid', 'bank', 'opened'], right: 'opened' },
      task: {
        steps: [
          {
            title: 'The customer refuses at the bank',
            authenticate: '${intent.id}',
            outcome: 'fail',
            expect: { status: 'requires_payment_method', events: ['payment_intent.payment_failed'] },
          },
        ],
        finds: {
          intent: (seen) =>
            intentsWith(seen, 'payment_intent.payment_failed')[0] ?? seen.objects.get('intent'),
        },
        checks: [
          { id: 'back', met: hasStatus('intent', 'requires_payment_method') },
          { id: 'told', met: (seen) => wasTold(seen, 'payment_intent.payment_failed') },
        ],
      },
    },
    {
      id: 'closed',
      kind: 'try',
      predict: { choices: ['nothing', 'event', 'address'], right: 'event' },
      task: {
        steps: [
          {
            title: 'Choose iDEAL again',
            call: 'payment_intents.confirm',
            on: '${intent.id}',
            params: { payment_method_data: IDEAL, return_url: RETURN_URL },
            expect: { status: 'requires_action', events: ['payment_intent.requires_action'] },
          },
          {
            title: 'The customer approves, and closes the tab',
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
          { id: 'paid', met: (seen) => wasTold(seen, 'payment_intent.succeeded') },
        ],
      },
    },
    {
      id: 'bounced',
      kind: 'break',
      predict: { choices: ['ship', 'cancel', 'wait'], right: 'wait' },
      task: {
        steps: [
          {
            title: 'Pay with a bank debit that will bounce',
            call: 'payment_intents.create',
            as: 'intent',
            params: {
              amount: 2000,
              currency: 'eur',
              confirm: true,
              mandate_data: CONSENT,
              payment_method: 'pm_sepaDebit_failed_de',
              return_url: RETURN_URL,
            },
            expect: {
              status: 'processing',
              events: ['payment_intent.created', 'payment_intent.processing', 'charge.pending'],
              besides: ['charge.updated'],
            },
          },
          {
            title: 'Wait for the bank',
            advance: '10s',
            expect: {
              status: 'requires_payment_method',
              events: ['charge.failed', 'payment_intent.payment_failed'],
              besides: ['charge.updated'],
            },
          },
        ],
        finds: { intent: (seen) => intentsWith(seen, 'payment_intent.processing')[0] },
        checks: [
          { id: 'processing', met: ({ objects }) => objects.has('intent') },
          { id: 'bounced', met: (seen) => wasTold(seen, 'payment_intent.payment_failed') },
        ],
      },
    },
  ],
};
