import type { ApiRecord } from '../../gateway/gateway.ts';
import type { CallStep } from '../../scenario/format.ts';
import type { Lesson } from '../lesson.ts';
import { belongsTo, hasStatus, INTENTS, isPost, objectsOf, REFUNDS } from '../looks.ts';
import type { Seen } from '../seen.ts';

const hold: CallStep = {
  title: 'Reserve $80.00',
  call: 'payment_intents.create',
  as: 'intent',
  params: {
    amount: 8000,
    currency: 'usd',
    payment_method_types: ['card'],
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_visa',
  },
  expect: {
    status: 'requires_capture',
    events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated'],
  },
};

const isPartlyCaptured = (intent: ApiRecord) =>
  intent['status'] === 'succeeded' &&
  intent['capture_method'] === 'manual' &&
  Number(intent['amount_received']) < Number(intent['amount']);

/** Requests for a refund of the intent that the lesson knows, by its id or by that of its charge. */
function refundsAskedFor({ requests, objects }: Seen) {
  const intent = objects.get('intent');
  return requests.filter(
    (request) =>
      isPost(request) &&
      request.path === REFUNDS &&
      (request.params['payment_intent'] === intent?.['id'] ||
        request.params['charge'] === intent?.['latest_charge']),
  );
}

/** Money that is reserved, taken, released and given back: four moves that are easily mixed up. */
export const authorizeCaptureCancelRefund: Lesson = {
  id: 'authorize-capture-cancel-refund',
  minutes: 8,
  terms: ['authorize', 'capture', 'cancel', 'refund', 'manual_capture'],
  rounds: [
    {
      id: 'capture',
      kind: 'try',
      predict: { choices: ['kept', 'released', 'refunded'], right: 'released' },
      task: {
        steps: [
          hold,
          {
            title: 'Capture $50.00 of it',
            call: 'payment_intents.capture',
            on: '${intent.id}',
            params: { amount_to_capture: 5000 },
            expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
          },
        ],
        finds: {
          intent: ({ intents }) => {
            const manual = intents.filter((intent) => intent['capture_method'] === 'manual');
            return manual.find(isPartlyCaptured) ?? manual[0];
          },
        },
        checks: [
          {
            id: 'held',
            met: ({ events, objects }) =>
              objectsOf(events, 'payment_intent.amount_capturable_updated').some(
                ({ id }) => id === objects.get('intent')?.['id'],
              ),
          },
          { id: 'captured', met: hasStatus('intent', 'succeeded') },
          { id: 'part', met: ({ objects }) => [...objects.values()].some(isPartlyCaptured) },
        ],
      },
    },
    {
      id: 'refund',
      kind: 'try',
      predict: { choices: ['from-you', 'the-rest', 'refused'], right: 'refused' },
      task: {
        steps: [
          {
            title: 'Give a part of it back',
            call: 'refunds.create',
            params: { payment_intent: '${intent.id}', amount: '${intent.amount_received / 5}' },
            expect: { status: 'succeeded', events: ['refund.created', 'charge.refunded'] },
          },
          {
            title: 'Try to give back as much as was captured',
            call: 'refunds.create',
            params: { payment_intent: '${intent.id}', amount: '${intent.amount_received}' },
            expect: { status: 'succeeded', error: { status: 400 }, events: [] },
          },
        ],
        checks: [
          {
            id: 'part-back',
            met: ({ events, objects }) =>
              objectsOf(events, 'refund.created').some((refund) =>
                belongsTo(refund, 'payment_intent', objects.get('intent')),
              ),
          },
          {
            id: 'too-much',
            met: (seen) =>
              refundsAskedFor(seen).some(
                ({ error }) =>
                  error?.code === 'charge_already_refunded' || /greater than/.test(error?.message ?? ''),
              ),
          },
        ],
      },
    },
    {
      id: 'cancel',
      kind: 'try',
      given: [hold],
      predict: { choices: ['refund', 'cancel', 'either'], right: 'cancel' },
      task: {
        steps: [
          {
            title: 'Try to refund the hold',
            call: 'refunds.create',
            params: { payment_intent: '${intent.id}' },
            expect: { status: 'requires_capture', error: { status: 400 }, events: [] },
          },
          {
            title: 'Cancel it',
            call: 'payment_intents.cancel',
            on: '${intent.id}',
            expect: { status: 'canceled' },
          },
        ],
        checks: [
          {
            id: 'no-refund',
            met: (seen) => refundsAskedFor(seen).some(({ status }) => status === 400),
          },
          { id: 'canceled', met: hasStatus('intent', 'canceled') },
        ],
      },
    },
    {
      id: 'forget',
      kind: 'break',
      predict: { choices: ['captured', 'waits', 'canceled'], right: 'canceled' },
      task: {
        steps: [
          hold,
          {
            title: 'Let seven days pass',
            advance: '7d',
            expect: { status: 'canceled', events: ['charge.expired', 'payment_intent.canceled'] },
          },
          {
            title: 'Try to capture it',
            call: 'payment_intents.capture',
            on: '${intent.id}',
            expect: {
              status: 'canceled',
              error: { status: 400, code: 'payment_intent_unexpected_state' },
              events: [],
            },
          },
        ],
        finds: {
          intent: ({ intents }) => {
            const manual = intents.filter((intent) => intent['capture_method'] === 'manual');
            return manual.find(hasExpired) ?? manual[0];
          },
        },
        checks: [
          {
            id: 'expired',
            met: ({ objects }) => [...objects.values()].some(hasExpired),
          },
          {
            id: 'too-late',
            met: ({ requests, intents }) =>
              intents
                .filter(hasExpired)
                .some(({ id }) =>
                  requests.some(
                    ({ path, error }) =>
                      path === `${INTENTS}/${id}/capture` &&
                      error?.code === 'payment_intent_unexpected_state',
                  ),
                ),
          },
        ],
      },
    },
  ],
};

/** Canceled by Stripe because nobody captured in time. */
function hasExpired(intent: ApiRecord): boolean {
  return intent['status'] === 'canceled' && intent['cancellation_reason'] === 'automatic';
}
