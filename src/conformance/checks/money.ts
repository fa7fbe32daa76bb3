import type { Bench } from '../bench.ts';
import { type Check, judgeCount, times, unseen } from '../check.ts';
import type { Control } from '../control.ts';
import { fail, inconclusive, type Judgement, pass } from '../judgement.ts';
import { ACCEPT_ALL, effectCheck, firstRefused, observe } from '../observed.ts';
import { eventOf, eventsOf, type Price } from '../stories.ts';

const COMPARE =
  'Compare amount_received and currency of the PaymentIntent with what the order costs, and fulfil nothing where they differ.';

/** The money of an event is the money of the order, and goes back when it goes back. */
export const moneyChecks: readonly Check[] = [
  effectCheck('wrong-amount', 'a payment of another amount fulfils nothing', (bench, control) => {
    const { amount } = bench.price;
    const less = amount > 200 ? Math.ceil(amount / 2) : amount * 2;
    return otherPrice(bench, control, { ...bench.price, amount: less }, `${less} instead of ${amount}`);
  }),
  effectCheck('wrong-currency', 'a payment in another currency fulfils nothing', (bench, control) => {
    const { currency } = bench.price;
    const other = currency === 'usd' ? 'cad' : 'usd';
    return otherPrice(bench, control, { ...bench.price, currency: other }, `${other} instead of ${currency}`);
  }),
  effectCheck('partial-refunds', 'partial refunds add up', async (bench, control) => {
    const { amount } = bench.price;
    const parts = [Math.floor(amount / 5), Math.floor(amount / 4)];
    const story = await bench.stories.refunded(bench.newOrder(), bench.price, parts);
    const paid = await observe(bench, story.order, [eventOf(story, control.fulfilsOn)], 1);
    const refunds = story.events.filter((event) => /refund/.test(String(event['type'])));
    const seen = await observe(bench, story.order, refunds, 0);
    const refused = firstRefused(refunds, seen.outcomes, ACCEPT_ALL);
    if (refused !== undefined) return refused;
    if (seen.after.effect === undefined) return unseen('All refunds were accepted.', control);
    const [was, is] = [paid.after.effect?.refunded ?? 0, seen.after.effect.refunded];
    if (is === undefined) {
      return inconclusive(
        'The probe does not show what was refunded.',
        'Let it show the sum in minor units: {"orders": {"<order>": {"fulfilled": 1, "refunded": 0}}}.',
      );
    }
    const wanted = parts.reduce((sum, part) => sum + part, 0);
    if (is - was > 0 && is - was <= refunds.length) {
      return inconclusive(
        'The probe seems to count refunds, not to add them up.',
        'Let it show the sum in minor units as refunded.',
      );
    }
    const fix =
      'Set what was refunded to amount_refunded of the charge in charge.refunded, which is the sum so far; or add up the amounts of refunds, each by its id once.';
    return is - was === wanted
      ? pass(`Refunds of ${parts.join(' and ')} came to ${wanted}.`)
      : fail(`Refunds of ${parts.join(' and ')} came to ${is - was} and not ${wanted}.`, fix);
  }),
  effectCheck('dispute', 'a dispute is noticed', async (bench, control) => {
    const story = await bench.stories.disputed(bench.newOrder(), bench.price);
    const paid = await observe(bench, story.order, [eventOf(story, control.fulfilsOn)], 1);
    const disputes = story.events.filter((event) => /dispute/.test(String(event['type'])));
    const seen = await observe(bench, story.order, disputes, 0);
    const refused = firstRefused(disputes, seen.outcomes, ACCEPT_ALL);
    if (refused !== undefined) return refused;
    if (seen.after.effect === undefined) return unseen('The events of the dispute were accepted.', control);
    const { disputed, status } = seen.after.effect;
    if (disputed === true) return pass('After charge.dispute.created the order is marked as disputed.');
    if (disputed === undefined && status === paid.after.effect?.status) {
      return inconclusive(
        'The probe does not show disputes.',
        'Let it show them: {"orders": {"<order>": {"fulfilled": 1, "disputed": false}}}.',
      );
    }
    return disputed === undefined
      ? pass(`After charge.dispute.created the order is ${status}.`)
      : fail(
          'After charge.dispute.created nothing was noted on the order.',
          'Handle charge.dispute.created: hold the order back and send evidence before evidence_details.due_by.',
        );
  }),
  effectCheck('processing', 'a processing payment fulfils nothing yet', async (bench, control) => {
    const price = { ...bench.price, currency: 'usd' };
    const story = await bench.stories.processing(bench.newOrder(), price);
    const seen = await observe(bench, story.order, story.events, 0);
    const refused = firstRefused(story.events, seen.outcomes, ACCEPT_ALL);
    if (refused !== undefined) return refused;
    if (seen.fulfilled === undefined) return unseen('The events were accepted.', control);
    const fix = 'Wait for payment_intent.succeeded: a bank debit is processing for days, and can still fail.';
    if (seen.fulfilled > 0)
      return fail(`The order was fulfilled ${times(seen.fulfilled)} while its payment was processing.`, fix);
    const rest = await bench.stories.settled(story);
    const done = await observe(bench, story.order, eventsOf(rest, control.fulfilsOn), 1, seen.before);
    return judgeCount(
      { wanted: 1, seen: done.fulfilled ?? 0, countable: true },
      (count) => `Nothing while it was processing; once it had succeeded, fulfilled ${count}.`,
      'Let payment_intent.succeeded fulfil the order also where payment_intent.processing came before.',
    );
  }),
];

/** Somebody pays, and says that it is for an order that costs something else. */
async function otherPrice(bench: Bench, control: Control, price: Price, what: string): Promise<Judgement> {
  const begun = await bench.stories.begun(bench.newOrder(), bench.price);
  const before = await bench.look(begun.order);
  const story = await bench.stories.paidFor(begun, price);
  const seen = await observe(bench, story.order, [eventOf(story, control.fulfilsOn)], 0, before);
  if (seen.fulfilled === undefined) return unseen('The event was delivered.', control);
  if (seen.fulfilled === 0) return pass(`A payment of ${what} did not fulfil the order.`);
  return bench.options.orderHook === undefined
    ? inconclusive(
        `A payment of ${what} fulfilled something; whether the app knew what the order costs cannot be told.`,
        `Let the app know its orders with --order-url or --order-cmd. ${COMPARE}`,
      )
    : fail(`A payment of ${what} fulfilled the order.`, COMPARE);
}
