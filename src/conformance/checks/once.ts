import type { ApiRecord } from '../../gateway/gateway.ts';
import { accepted } from '../../gateway/webhook-tools.ts';
import { answerText } from '../answer.ts';
import { type Check, judgeCount, notAccepted, unseen } from '../check.ts';
import { fail } from '../judgement.ts';
import { ACCEPT_ALL, effectCheck, firstRefused, observe, observedSince } from '../observed.ts';
import { eventOf, eventsOf } from '../stories.ts';

const REMEMBER =
  'Remember the ids of events that were handled, in the same transaction as the work, under a unique key; answer 200 to one that is known.';

const AT_ONCE = 8;

/** An order is fulfilled once, however its events arrive. */
export const onceChecks: readonly Check[] = [
  effectCheck('full-sequence', 'a whole payment fulfils exactly once', async (bench, control) => {
    const story = await bench.stories.paid(bench.newOrder(), bench.price);
    await bench.options.emulator.advance(3);
    const events = [...story.events, ...(await bench.stories.rest(story)).events];
    const seen = await observe(bench, story.order, events, 1);
    const refused = firstRefused(events, seen.outcomes, ACCEPT_ALL);
    if (refused !== undefined) return refused;
    const types = events.map((event) => String(event['type'])).join(', ');
    if (control.neverFulfils) {
      return fail(
        `${types}: all were accepted, and the probe shows the order as not fulfilled.`,
        `Fulfil on payment_intent.succeeded. ${control.sight}`,
      );
    }
    if (seen.fulfilled === undefined) return unseen(`All ${events.length} events were accepted.`, control);
    return judgeCount(
      { wanted: 1, seen: seen.fulfilled, countable: seen.countable },
      (count) => `After ${types} the order was fulfilled ${count}.`,
      'Fulfil on payment_intent.succeeded alone: charge.succeeded tells of the same money.',
    );
  }),
  effectCheck('duplicate-serial', 'an event that comes twice counts once', async (bench, control) => {
    const story = await bench.stories.paid(bench.newOrder(), bench.price);
    const event = eventOf(story, control.fulfilsOn);
    const first = await observe(bench, story.order, [event], 1);
    const repeat = await bench.deliver(event);
    const refused = notAccepted(
      'An event that had been accepted before',
      repeat,
      'Answer 200 to an event that was handled before, or Stripe sends it again and again.',
    );
    if (refused !== undefined) return refused;
    const seen = await observedSince(bench, story.order, first.before, [repeat], 1);
    if (seen.fulfilled === undefined) return unseen('Both deliveries were accepted.', control);
    return judgeCount(
      { wanted: 1, seen: seen.fulfilled, countable: seen.countable },
      (count) => `Delivered twice, fulfilled ${count}.`,
      REMEMBER,
    );
  }),
  effectCheck('duplicate-concurrent', 'repeats at the same time count once', async (bench, control) => {
    const story = await bench.stories.paid(bench.newOrder(), bench.price);
    const event = eventOf(story, control.fulfilsOn);
    const before = await bench.look(story.order);
    const together = (one: ApiRecord) =>
      Promise.all(Array.from({ length: AT_ONCE }, () => bench.deliver(one)));
    // Opens the connections, so that what follows arrives together.
    await together(eventOf(story, 'payment_intent.created'));
    const outcomes = await together(event);
    if (!outcomes.some(accepted)) {
      const answers = [...new Set(outcomes.map(answerText))].join(', ');
      return fail(`${AT_ONCE} deliveries at once were answered ${answers}, none of them 2xx.`, REMEMBER);
    }
    const seen = await observedSince(bench, story.order, before, outcomes, 1);
    if (seen.fulfilled === undefined) return unseen('One at least was accepted.', control);
    return judgeCount(
      { wanted: 1, seen: seen.fulfilled, countable: seen.countable },
      (count) => `Delivered ${AT_ONCE} times at once, fulfilled ${count}.`,
      `Looking first and writing afterwards leaves a gap. ${REMEMBER}`,
    );
  }),
  effectCheck('two-event-ids', 'two events for one change count once', async (bench, control) => {
    const story = await bench.stories.paid(bench.newOrder(), bench.price);
    const event = eventOf(story, control.fulfilsOn);
    const twin = { ...event, id: twinId(String(event['id'])) };
    const seen = await observe(bench, story.order, [event, twin], 1);
    const refused = firstRefused([event, twin], seen.outcomes, ACCEPT_ALL);
    if (refused !== undefined) return refused;
    if (seen.fulfilled === undefined) return unseen('Both were accepted.', control);
    return judgeCount(
      { wanted: 1, seen: seen.fulfilled, countable: seen.countable },
      (count) => `Two events with ids of their own told of one payment, and it was fulfilled ${count}.`,
      'Let the fulfilment itself be unique, by the id of the PaymentIntent or the order, not only the id of the event.',
    );
  }),
  effectCheck('out-of-order', 'events in the wrong order come to the same', async (bench, control) => {
    const story = await bench.stories.paid(bench.newOrder(), bench.price);
    const late = [...eventsOf(story, 'charge.succeeded'), ...eventsOf(story, 'payment_intent.created')];
    const events = [eventOf(story, 'payment_intent.succeeded'), ...late];
    const early = await observe(bench, story.order, events.slice(0, 1), 1);
    const seen = await observe(bench, story.order, late, 1, early.before);
    const refused = firstRefused(events, [...early.outcomes, ...seen.outcomes], ACCEPT_ALL);
    if (refused !== undefined) return refused;
    if (seen.fulfilled === undefined) return unseen('All were accepted.', control);
    const fix =
      'Never set an order back: payment_intent.created may come after payment_intent.succeeded. Fetch the PaymentIntent where its newest state matters.';
    const [was, is] = [early.after.effect?.status, seen.after.effect?.status];
    if (was !== undefined && is !== was) {
      return fail(`A late payment_intent.created changed the order from ${was} to ${is ?? 'nothing'}.`, fix);
    }
    return judgeCount(
      { wanted: 1, seen: seen.fulfilled, countable: seen.countable },
      (count) => `With payment_intent.succeeded first and payment_intent.created last, fulfilled ${count}.`,
      fix,
    );
  }),
];

/** Another id of the same shape. */
function twinId(id: string): string {
  const last = id.at(-1) === 'A' ? 'B' : 'A';
  return id.slice(0, -1) + last;
}
