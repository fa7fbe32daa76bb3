import { accepted } from '../../gateway/webhook-tools.ts';
import { answerText, answerWithBody } from '../answer.ts';
import type { Bench } from '../bench.ts';
import { type Check, unseen } from '../check.ts';
import type { Control } from '../control.ts';
import { fail, inconclusive, type Judgement, pass } from '../judgement.ts';
import { ACCEPT_ALL, effectCheck, firstRefused, observe, observedSince } from '../observed.ts';
import { eventOf, eventsOf } from '../stories.ts';

const THROW =
  'Let the error through, so that the answer is 500: Stripe then delivers the event again. Note an event as handled only after its work is done.';

/** How a handler takes it when something goes wrong. */
export const troubleChecks: readonly Check[] = [
  effectCheck('late-failure', 'a failure that comes late undoes nothing', async (bench, control) => {
    const story = await bench.stories.paidAfterDecline(bench.newOrder(), bench.price);
    const paid = await observe(bench, story.order, [eventOf(story, control.fulfilsOn)], 1);
    const late = [...eventsOf(story, 'charge.failed'), ...eventsOf(story, 'payment_intent.payment_failed')];
    const seen = await observe(bench, story.order, late, 0);
    const refused = firstRefused(late, seen.outcomes, ACCEPT_ALL);
    if (refused !== undefined) return refused;
    if (seen.fulfilled === undefined) return unseen('All were accepted.', control);
    const fix =
      'Ignore payment_intent.payment_failed for an order that is paid: it tells of an attempt before the one that succeeded.';
    const [was, is] = [paid.after.effect?.status, seen.after.effect?.status];
    if (seen.fulfilled < 0) return fail('The failure of an earlier attempt took the fulfilment back.', fix);
    if (seen.fulfilled > 0)
      return fail('The failure of an earlier attempt fulfilled the order once more.', fix);
    if (was !== is)
      return fail(`The failure of an earlier attempt changed the order from ${was} to ${is}.`, fix);
    return paid.fulfilled === 0
      ? fail(
          'The order was not fulfilled by its second attempt.',
          'Fulfil on every payment_intent.succeeded.',
        )
      : pass('The order stays fulfilled when the failure of an earlier attempt comes late.');
  }),
  {
    id: 'slow',
    title: 'the answer comes at once',
    needs: 'accepted',
    effects: false,
    async run(bench, control) {
      const { answerWithinMs } = bench.options;
      const taken: number[] = [];
      // The best of two: a first request may have to compile the route.
      for (let round = 0; round < 2; round += 1) {
        const story = await bench.stories.paid(bench.newOrder(), bench.price);
        const outcome = await bench.deliver(eventOf(story, control.fulfilsOn));
        taken.push(outcome.ms);
        if (outcome.kind === 'answered' && outcome.ms <= answerWithinMs) {
          return pass(`Answered in ${Math.round(Math.min(...taken))} ms.`);
        }
      }
      return fail(
        `The answer took ${seconds(Math.min(...taken))}; ${seconds(answerWithinMs)} are allowed here. Stripe does not say how long it waits.`,
        'Answer 2xx as soon as the event is stored, and do the work afterwards: in a queue, or a job.',
      );
    },
  },
  {
    id: 'internal-error',
    title: 'what failed inside is not acknowledged',
    needs: 'accepted',
    effects: false,
    run(bench, control) {
      if (bench.options.breakHook !== undefined) {
        return broken(bench, control, bench.options.breakHook, 'While the app was broken');
      }
      if (control.usesEmulator) {
        const { emulator } = bench.options;
        return broken(
          bench,
          control,
          async (isBroken) => emulator.breakDown(isBroken),
          'While Stripe answered 500',
        );
      }
      return unusable(bench, control);
    },
  },
];

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Delivers while the app cannot work, then again when it can. */
async function broken(
  bench: Bench,
  control: Control,
  breakDown: (isBroken: boolean) => Promise<void>,
  when: string,
): Promise<Judgement> {
  const story = await bench.stories.paid(bench.newOrder(), bench.price);
  const event = eventOf(story, control.fulfilsOn);
  const before = await bench.look(story.order);
  await breakDown(true);
  const outcome = await bench.deliver(event).finally(() => breakDown(false));
  if (accepted(outcome)) {
    // An app that stores events and works later may still make up for it.
    const after = await bench.settle(story.order, before, 1);
    if (after.effect === undefined)
      return unseen(`${when}, a payment was answered ${answerText(outcome)}.`, control);
    return after.effect.fulfilled > (before.effect?.fulfilled ?? 0)
      ? pass(`${when}, a payment was answered ${answerText(outcome)}, and made good afterwards.`)
      : fail(
          `${when}, a payment was answered ${answerText(outcome)}, and never fulfilled: it is lost.`,
          THROW,
        );
  }
  const again = await observe(bench, story.order, [event], 1, before);
  const refused = firstRefused([event], again.outcomes, THROW);
  if (refused !== undefined) return refused;
  if (again.fulfilled === 0) {
    return fail(
      `${when}, a payment was answered ${answerText(outcome)}; delivered again, it was answered 2xx and not fulfilled.`,
      'The event was noted as handled before its work was done. Do both in one transaction.',
    );
  }
  return pass(`${when}, a payment was answered ${answerText(outcome)}; delivered again, it was handled.`);
}

/** Without a way to break the app: a genuine event that no handler can do its work for. */
async function unusable(bench: Bench, control: Control): Promise<Judgement> {
  const story = await bench.stories.paid(bench.newOrder(), bench.price);
  const event = { ...eventOf(story, control.fulfilsOn), data: { object: null } };
  const before = await bench.look(story.order);
  const outcome = await bench.deliver(event);
  if (outcome.kind === 'failed') {
    const next = await bench.deliver(event, { header: null });
    const ended =
      next.kind === 'failed' ? ' Nobody has answered since: such an error ends the whole process.' : '';
    return pass(`A payment without its object got ${answerText(outcome)}.${ended}`);
  }
  if (!accepted(outcome))
    return pass(`A payment without its object was answered ${answerWithBody(outcome)}.`);
  const seen = await observedSince(bench, story.order, before, [outcome], 0);
  const way = 'Give --break-url or --break-cmd, which make the app fail inside, for a verdict.';
  const said = `A payment without its object was answered ${answerText(outcome)}`;
  if (seen.fulfilled === undefined) return inconclusive(`${said}. ${control.blind}`, way);
  if (!control.workedFirst) {
    return inconclusive(`${said}; the app works after it has answered, and may keep what failed.`, way);
  }
  return fail(`${said}, though nothing can have been done for it: such an event is lost.`, THROW);
}
