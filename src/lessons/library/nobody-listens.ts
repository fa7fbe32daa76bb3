import { tryFulfilment } from '../exercises/probes/fulfilment.ts';
import type { Answered } from '../exercises/visit.ts';
import type { Lesson } from '../lesson.ts';
import type { Seen } from '../seen.ts';

const SUCCEEDED = 'payment_intent.succeeded';

/** How often the shop says that it sent an order; undefined where it does not say. */
function sent({ facts }: Seen, order: unknown): unknown {
  const orders = facts['orders'];
  if (typeof orders !== 'object' || orders === null) return undefined;
  const found: unknown = Reflect.get(orders, String(order));
  return typeof found === 'object' && found !== null ? Reflect.get(found, 'sent') : undefined;
}

const orderOf = (intent: Seen['intents'][number]): unknown =>
  (intent['metadata'] as { order?: string }).order;

const paidIntents = ({ intents }: Seen): Seen['intents'] =>
  intents.filter((intent) => intent['status'] === 'succeeded' && orderOf(intent) !== undefined);

/** Events that said an order was paid, as they came during the turn. */
function claims({ facts }: Seen): readonly Answered[] {
  const visits = Array.isArray(facts['visits']) ? (facts['visits'] as readonly Answered[]) : [];
  return visits.filter(({ event, path }) => event === SUCCEEDED && path === '/webhook');
}

/** The second classic mistake: the money comes, and the shop does not hear of it. */
export const nobodyListens: Lesson = {
  id: 'nobody-listens',
  minutes: 9,
  terms: ['fulfillment', 'webhook', 'webhook_endpoint', 'redirect', 'signature'],
  rounds: [
    {
      id: 'closed',
      kind: 'mistake',
      predict: { choices: ['sent', 'nothing', 'refunded'], right: 'nothing' },
      task: {
        exercise: {
          program: 'fulfilment',
          runs: 'start',
          visits: [{ title: 'Order the poster', method: 'POST', path: '/checkout', as: 'order' }],
        },
        steps: [
          {
            title: 'Choose iDEAL',
            call: 'payment_intents.confirm',
            on: '${order.payment_intent}',
            params: {
              payment_method_data: { type: 'ideal' },
              return_url: '${order.return_url}',
            },
            expect: { events: ['payment_intent.requires_action'] },
          },
          {
            title: 'Approve at the bank, and close the tab',
            authenticate: '${order.payment_intent}',
            outcome: 'succeed',
            expect: { events: ['charge.succeeded', SUCCEEDED] },
          },
        ],
        finds: { paid: (seen) => paidIntents(seen)[0] },
        checks: [
          { id: 'paid', met: ({ objects }) => objects.has('paid') },
          {
            id: 'forgotten',
            met: (seen) => paidIntents(seen).some((intent) => sent(seen, orderOf(intent)) === 0),
          },
        ],
      },
    },
    {
      id: 'mend',
      kind: 'mend',
      predict: { choices: ['longer', 'event', 'created'], right: 'event' },
      task: {
        exercise: { program: 'fulfilment', runs: 'copy', probe: tryFulfilment },
        steps: [],
        checks: [
          { id: 'runs', met: ({ facts }) => facts['runs'] === true },
          { id: 'heard', met: ({ facts }) => facts['accepted'] === true && facts['closed'] === 1 },
          { id: 'once', met: ({ facts }) => facts['pageFirst'] === 1 && facts['eventFirst'] === 1 },
          { id: 'unpaid', met: ({ facts }) => facts['unpaid'] === 0 },
        ],
      },
    },
    {
      id: 'forge',
      kind: 'break',
      predict: { choices: ['sends', 'refuses', 'asks'], right: 'refuses' },
      task: {
        exercise: {
          program: 'fulfilment',
          runs: 'copy',
          visits: [
            { title: 'Order the poster', method: 'POST', path: '/checkout', as: 'order' },
            {
              title: 'Pretend to be Stripe',
              method: 'POST',
              path: '/webhook',
              json: {
                type: SUCCEEDED,
                data: {
                  object: {
                    object: 'payment_intent',
                    id: '${order.payment_intent}',
                    status: 'succeeded',
                    metadata: { order: '${order.order}' },
                  },
                },
              },
            },
            { title: 'Look at the orders', method: 'GET', path: '/orders' },
          ],
          probe: tryFulfilment,
        },
        steps: [],
        checks: [
          { id: 'tried', met: (seen) => claims(seen).length > 0 },
          {
            id: 'unmoved',
            met: (seen) =>
              seen.facts['unpaid'] === 0 &&
              seen.intents
                .filter((intent) => intent['status'] !== 'succeeded')
                .every((intent) => sent(seen, orderOf(intent)) !== 1),
          },
          { id: 'listening', met: ({ facts }) => facts['accepted'] === true && facts['closed'] === 1 },
        ],
      },
    },
  ],
};
