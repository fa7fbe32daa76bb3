import { tryAtOnce, tryDeliveries } from '../exercises/probes/receiver.ts';
import type { Answered } from '../exercises/visit.ts';
import type { Lesson } from '../lesson.ts';
import type { Seen } from '../seen.ts';

/** How long a handler may take to answer here, in milliseconds; its mail takes longer. */
const FAST_MS = 800;

type Events = readonly string[];

/** Types of the events that came to the handler during the turn and were accepted, oldest first. */
function delivered({ facts }: Seen): Events {
  const visits = Array.isArray(facts['visits']) ? (facts['visits'] as readonly Answered[]) : [];
  return visits.flatMap(({ event, status }) => (event === undefined || status >= 300 ? [] : [event]));
}

/** An order, as the handler tells of it. */
function order({ facts }: Seen, fact: string, name?: string): Readonly<Record<string, unknown>> {
  const value = facts[fact];
  const found: unknown =
    name !== undefined && typeof value === 'object' && value !== null ? Reflect.get(value, name) : value;
  return typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
}

const SUCCEEDED = 'payment_intent.succeeded';
const FAILED = 'payment_intent.payment_failed';

/** Deliveries are repeated and overtake one another. */
export const webhooksTwiceAndOutOfOrder: Lesson = {
  id: 'webhooks-twice-and-out-of-order',
  minutes: 12,
  terms: ['webhook', 'event', 'signature', 'signing_secret', 'webhook_endpoint'],
  rounds: [
    {
      id: 'twice',
      kind: 'mistake',
      given: [
        {
          title: 'A customer pays',
          call: 'payment_intents.create',
          as: 'intent',
          params: {
            amount: 5000,
            confirm: true,
            currency: 'usd',
            metadata: { order: 'order_1' },
            payment_method: 'pm_card_visa',
            payment_method_types: ['card'],
          },
          expect: {
            status: 'succeeded',
            events: ['payment_intent.created', 'charge.succeeded', SUCCEEDED],
          },
        },
      ],
      predict: { choices: ['one', 'two', 'refused'], right: 'two' },
      task: {
        exercise: {
          program: 'receiver',
          runs: 'start',
          visits: [
            {
              title: 'Stripe delivers the event',
              deliver: SUCCEEDED,
              about: '${intent.id}',
              path: '/webhook',
            },
            { title: 'and once more', deliver: SUCCEEDED, about: '${intent.id}', path: '/webhook' },
            { title: 'Look at the orders', method: 'GET', path: '/orders' },
          ],
        },
        steps: [],
        checks: [
          {
            id: 'delivered',
            met: (seen) => delivered(seen).filter((type) => type === SUCCEEDED).length >= 2,
          },
          { id: 'parcels', met: (seen) => Number(order(seen, 'orders', 'order_1')['parcels']) >= 2 },
        ],
      },
    },
    {
      id: 'late',
      kind: 'mistake',
      given: [
        {
          title: 'Another customer begins to pay',
          call: 'payment_intents.create',
          as: 'second',
          params: {
            amount: 5000,
            currency: 'usd',
            metadata: { order: 'order_2' },
            payment_method_types: ['card'],
          },
        },
        {
          title: 'The first card is declined',
          call: 'payment_intents.confirm',
          on: '${second.id}',
          params: { payment_method: 'pm_card_chargeDeclined' },
          expect: { error: { code: 'card_declined' } },
        },
        {
          title: 'The next one pays',
          call: 'payment_intents.confirm',
          on: '${second.id}',
          params: { payment_method: 'pm_card_visa' },
        },
      ],
      predict: { choices: ['paid', 'unpaid', 'cannot'], right: 'unpaid' },
      task: {
        exercise: {
          program: 'receiver',
          runs: 'start',
          visits: [
            {
              title: 'The newer event arrives first',
              deliver: SUCCEEDED,
              about: '${second.id}',
              path: '/webhook',
            },
            { title: 'and the older one after it', deliver: FAILED, about: '${second.id}', path: '/webhook' },
            { title: 'Look at the orders', method: 'GET', path: '/orders' },
          ],
        },
        steps: [],
        checks: [
          {
            id: 'delivered',
            met: (seen) => {
              const types = delivered(seen);
              const paid = types.indexOf(SUCCEEDED);
              return paid >= 0 && types.indexOf(FAILED, paid) > paid;
            },
          },
          {
            id: 'wrong',
            met: (seen) =>
              seen.objects.get('second')?.['status'] === 'succeeded' &&
              order(seen, 'orders', 'order_2')['status'] === 'unpaid',
          },
        ],
      },
    },
    {
      id: 'mend',
      kind: 'mend',
      predict: { choices: ['ids', 'wait', 'ask'], right: 'ask' },
      task: {
        exercise: { program: 'receiver', runs: 'copy', probe: tryDeliveries },
        steps: [],
        checks: [
          { id: 'runs', met: ({ facts }) => facts['runs'] === true && facts['accepted'] === true },
          { id: 'once', met: (seen) => order(seen, 'twice')['parcels'] === 1 },
          {
            id: 'order',
            met: (seen) => order(seen, 'late')['status'] === 'paid' && order(seen, 'late')['parcels'] === 1,
          },
          { id: 'signed', met: ({ facts }) => facts['untrusted'] === 0 },
          { id: 'fast', met: ({ facts }) => Number(facts['slowest'] ?? Number.NaN) < FAST_MS },
        ],
      },
    },
    {
      id: 'at-once',
      kind: 'break',
      predict: { choices: ['one', 'more', 'queue'], right: 'more' },
      task: {
        exercise: { program: 'receiver', runs: 'copy', probe: tryAtOnce },
        steps: [],
        checks: [
          { id: 'runs', met: ({ facts }) => facts['runs'] === true && facts['accepted'] === true },
          { id: 'once', met: (seen) => order(seen, 'together')['parcels'] === 1 },
        ],
      },
    },
  ],
};
