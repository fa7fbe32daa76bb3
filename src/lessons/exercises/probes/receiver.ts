import { setTimeout as wait } from 'node:timers/promises';
import type { ApiRecord } from '../../../gateway/gateway.ts';
import type { Probe, ProbeBench } from '../exercise.ts';
import { eventAbout, isAccepted, objectOf, orderAt } from './deliveries.ts';

const SUCCEEDED = 'payment_intent.succeeded';

/** Work that was put off may show this late; longer than a mail takes while a program is tried. Milliseconds. */
const QUIET_MS = 1500;
const POLL_MS = 50;
const AT_ONCE = 8;

/**
 * Delivers as Stripe does on a bad day. `twice` and `late` are orders as the program tells of them: one whose event came
 * twice, and one whose older events came last; `untrusted` are parcels for events that Stripe did not sign; `slowest` is
 * the longest that a delivery took, in milliseconds; `accepted` whether every genuine event was.
 */
export const tryDeliveries: Probe = async (bench) => {
  const twice = await paidOrder(bench, 'order_twice');
  const late = await paidOrder(bench, 'order_late', true);
  const strange = [];
  for (const signature of ['none', 'forged', 'good'] as const)
    strange.push({ signature, ...(await paidOrder(bench, `order_${signature}`)) });
  const events = await bench.takeEvents();
  const about = (type: string, { intent }: { intent: string }) => eventAbout(events, type, intent);

  // Orders do not know of one another, so all of it may happen at once.
  const strangers = strange.map((one) => {
    const event = about(SUCCEEDED, one);
    const changed = one.signature === 'good' ? { data: { object: withNote(objectOf(event)) } } : {};
    return bench.deliver(event, { signature: one.signature, changed });
  });
  const genuine = [
    inOrder(bench, [about(SUCCEEDED, twice), about(SUCCEEDED, twice)]),
    inOrder(bench, [
      about(SUCCEEDED, late),
      about('payment_intent.payment_failed', late),
      about('payment_intent.created', late),
    ]),
  ];
  const [answers] = await Promise.all([Promise.all(genuine).then((all) => all.flat()), ...strangers]);

  await untilSent(bench, [twice.order, late.order]);
  const untrusted = [];
  for (const { order } of strange) untrusted.push(Number((await orderAt(bench, order))['parcels'] ?? 0));
  return {
    twice: await orderAt(bench, twice.order),
    late: await orderAt(bench, late.order),
    untrusted: untrusted.reduce((sum, parcels) => sum + parcels, 0),
    slowest: Math.round(Math.max(...answers.map(({ ms }) => ms))),
    accepted: answers.every(({ status }) => isAccepted(status)),
  };
};

/** Delivers one event many times at the same moment, and once more later. `together` is the order afterwards. */
export const tryAtOnce: Probe = async (bench) => {
  const { order, intent } = await paidOrder(bench, 'order_together');
  const event = eventAbout(await bench.takeEvents(), SUCCEEDED, intent);
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => bench.deliver(event)));
  const later = await bench.deliver(event);
  await untilSent(bench, [order]);
  return {
    together: await orderAt(bench, order),
    accepted: isAccepted(later.status) && answers.some(({ status }) => isAccepted(status)),
  };
};

/** An order that was paid for, after a declined card or at once. */
async function paidOrder(
  bench: ProbeBench,
  order: string,
  declined = false,
): Promise<{ readonly order: string; readonly intent: string }> {
  const { id } = await bench.call('POST', '/v1/payment_intents', {
    amount: 5000,
    currency: 'usd',
    payment_method_types: ['card'],
    metadata: { order },
  });
  const cards = [...(declined ? ['pm_card_chargeDeclined'] : []), 'pm_card_visa'];
  for (const payment_method of cards)
    await bench.call('POST', `/v1/payment_intents/${id}/confirm`, { payment_method });
  return { order, intent: String(id) };
}

async function inOrder(bench: ProbeBench, events: readonly ApiRecord[]) {
  const answers = [];
  for (const event of events) answers.push(await bench.deliver(event));
  return answers;
}

/** The same intent, with something in it that Stripe did not write. */
const withNote = (intent: ApiRecord): ApiRecord => ({ ...intent, description: 'changed on the way' });

/** Waits until every order was sent, or for as long as work may be put off; then as long again, for one parcel too many. */
async function untilSent(bench: ProbeBench, orders: readonly string[]): Promise<void> {
  for (const until = performance.now() + QUIET_MS; performance.now() < until; await wait(POLL_MS)) {
    const sent = [];
    for (const order of orders) sent.push(Number((await orderAt(bench, order))['parcels'] ?? 0) > 0);
    if (sent.every(Boolean)) break;
  }
  await wait(QUIET_MS);
}
