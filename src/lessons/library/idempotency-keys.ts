import type { CallStep } from '../../scenario/format.ts';
import type { Lesson } from '../lesson.ts';
import { INTENTS, isPost, objectsOf } from '../looks.ts';
import type { Seen } from '../seen.ts';

const createCustomer: CallStep = {
  title: 'Create the customer',
  call: 'customers.create',
  as: 'customer',
  params: { name: 'Jenny Rosen' },
  expect: { events: ['customer.created'] },
};

/** A payment of $20.00. The key is made of what it is for. */
function pay(title: string, key: string): CallStep {
  return {
    title,
    call: 'payment_intents.create',
    as: 'intent',
    idempotencyKey: key,
    params: {
      amount: 2000,
      currency: 'usd',
      payment_method_types: ['card'],
      customer: '${customer.id}',
      confirm: true,
      payment_method: 'pm_card_visa',
    },
    expect: {
      status: 'succeeded',
      events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
    },
  };
}

const ORDER = 'order-of-${customer.id}';

/** Requests that made a payment or wanted to. */
const creations = ({ requests }: Seen) =>
  requests.filter((request) => isPost(request) && request.path === INTENTS);

/** The SDK for Node makes up a key for each call, which no second call can know. */
const isOwnKey = (key: string | null) => key !== null && !key.startsWith('stripe-node-retry-');

/** Payments of the turn that went through, grouped by what a shop would take for the same order. */
function sameOrders({ events }: Seen): readonly number[] {
  const counts = new Map<string, number>();
  for (const intent of objectsOf(events, 'payment_intent.succeeded')) {
    const order = `${intent['customer']} ${intent['amount']} ${intent['currency']}`;
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** What happens to a request that is sent twice because its answer was lost. */
export const idempotencyKeys: Lesson = {
  id: 'idempotency-keys',
  minutes: 6,
  terms: ['idempotency_key'],
  rounds: [
    {
      id: 'retry',
      kind: 'try',
      given: [createCustomer],
      predict: { choices: ['second', 'error', 'replayed'], right: 'replayed' },
      task: {
        steps: [
          pay('Pay under a key', ORDER),
          { ...pay('Send the very same once more', ORDER), expect: { status: 'succeeded', events: [] } },
        ],
        checks: [
          {
            id: 'keyed',
            met: (seen) =>
              sameOrders(seen).length > 0 &&
              creations(seen).some(
                ({ idempotency_key, status }) => isOwnKey(idempotency_key) && status === 200,
              ),
          },
          {
            id: 'replayed',
            met: (seen) =>
              creations(seen).some(
                ({ original_request, status }) => original_request !== null && status === 200,
              ),
          },
        ],
      },
    },
    {
      id: 'new-key',
      kind: 'try',
      given: [createCustomer],
      predict: { choices: ['noticed', 'twice', 'error'], right: 'twice' },
      task: {
        steps: [pay('Pay under one key', `${ORDER}-1`), pay('And again under another', `${ORDER}-2`)],
        checks: [{ id: 'twice', met: (seen) => sameOrders(seen).some((times) => times > 1) }],
      },
    },
    {
      id: 'other-params',
      kind: 'break',
      given: [createCustomer],
      predict: { choices: ['charged', 'first', 'refused'], right: 'refused' },
      task: {
        steps: [
          pay('Pay $20.00 under a key', '${customer.id}'),
          {
            ...pay('Ask for $30.00 under the same key', '${customer.id}'),
            params: { ...pay('', '').params, amount: 3000 },
            expect: { status: 'succeeded', error: { status: 400 }, events: [] },
          },
        ],
        checks: [
          {
            id: 'refused',
            met: ({ requests }) => requests.some(({ error }) => error?.type === 'idempotency_error'),
          },
        ],
      },
    },
  ],
};
