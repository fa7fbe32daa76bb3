import type { ApiRecord } from '../../../gateway/gateway.ts';
import type { Probe, ProbeBench } from '../exercise.ts';
import { eventAbout, isAccepted, objectOf, orderAt } from './deliveries.ts';

/**
 * Buys posters and tells the program of it in every way there is. `closed`: how often the poster was sent to somebody who
 * closed the page; `pageFirst`, `eventFirst`: to those who came back, whose event came twice; `unpaid`: for an order that
 * nobody paid, though events came that claimed it, which Stripe did not sign; `accepted`: whether every genuine event was.
 */
export const tryFulfilment: Probe = async (bench) => {
  const closed = await paidOrder(bench);
  const pageFirst = await paidOrder(bench);
  const eventFirst = await paidOrder(bench);
  const unpaid = await begunOrder(bench);
  const events = await bench.takeEvents();
  const about = (type: string, { intent }: Order) => eventAbout(events, type, intent);
  const paid = (order: Order) => bench.deliver(about('payment_intent.succeeded', order));
  const comesBack = ({ intent }: Order) => bench.visit('GET', `/return?payment_intent=${intent}`);

  const answers = [
    // Of types that a handler has nothing to do for, there are always some.
    await bench.deliver(about('payment_intent.created', closed)),
    await paid(closed),
  ];
  await comesBack(pageFirst);
  answers.push(await paid(pageFirst), await paid(pageFirst));
  await comesBack(pageFirst);
  answers.push(await paid(eventFirst));
  await comesBack(eventFirst);
  answers.push(await paid(eventFirst));

  const created = about('payment_intent.created', unpaid);
  answers.push(await bench.deliver(created));
  const lie = {
    type: 'payment_intent.succeeded',
    data: { object: { ...objectOf(created), status: 'succeeded', amount_received: 2000 } },
  };
  for (const signature of ['none', 'forged', 'good'] as const)
    await bench.deliver(created, { signature, changed: lie });

  return {
    closed: await sentOf(bench, closed),
    pageFirst: await sentOf(bench, pageFirst),
    eventFirst: await sentOf(bench, eventFirst),
    unpaid: await sentOf(bench, unpaid),
    accepted: answers.every(({ status }) => isAccepted(status)),
  };
};

interface Order {
  readonly order: string;
  readonly intent: string;
}

async function begunOrder(bench: ProbeBench): Promise<Order> {
  const { answer } = await bench.visit('POST', '/checkout');
  const { order, payment_intent } = (answer ?? {}) as ApiRecord;
  return { order: String(order), intent: String(payment_intent) };
}

async function paidOrder(bench: ProbeBench): Promise<Order> {
  const begun = await begunOrder(bench);
  await bench.call('POST', `/v1/payment_intents/${begun.intent}/confirm`, {
    payment_method_data: {
      type: 'ideal',
      ideal: {},
      billing_details: { name: 'Jenny Rosen', email: 'jenny@example.com' },
    },
    return_url: 'https://example.com/return',
  });
  await bench.call('POST', `/_payintent/payment_intents/${begun.intent}/authenticate`, {
    outcome: 'succeed',
  });
  return begun;
}

/** How often it was sent; undefined where the program does not tell. */
async function sentOf(bench: ProbeBench, { order }: Order): Promise<unknown> {
  return (await orderAt(bench, order))['sent'];
}
