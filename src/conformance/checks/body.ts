import type { ApiRecord } from '../../gateway/gateway.ts';
import { accepted } from '../../gateway/webhook-tools.ts';
import { answerWithBody } from '../answer.ts';
import { type Check, notAccepted } from '../check.ts';
import { bodyOf } from '../event-body.ts';
import { fail, pass } from '../judgement.ts';
import { eventOf } from '../stories.ts';

const RAW = 'Verify the body exactly as it arrived, before anything parses it.';

/** Bodies that are the same JSON in other bytes; all of them are legal, and signed as they stand. */
const spellings: readonly (readonly [name: string, write: (event: ApiRecord) => string])[] = [
  ['without white space', (event) => bodyOf(event, true)],
  ['with tabs and Windows line ends', (event) => JSON.stringify(event, null, '\t').replaceAll('\n', '\r\n')],
  ['with escaped characters', (event) => escaped(bodyOf(event))],
  ['with characters beyond ASCII', (event) => bodyOf(withNote(event, 'Zoë – 東京 🙂 \u2028'))],
  ['with white space around it', (event) => `\n  ${bodyOf(event)}\n`],
  ['with its fields in another order', (event) => JSON.stringify(reversed(event), null, 2)],
];

export const bodyChecks: readonly Check[] = [
  {
    id: 'raw-body',
    title: 'the raw body is verified',
    needs: 'accepted',
    effects: false,
    async run(bench, control) {
      const framework = bench.options.framework === undefined ? '' : ` ${bench.options.framework.rawBody}`;
      if (control.compact) {
        return fail(
          'A body in the spelling of Stripe was refused, one without white space accepted.',
          RAW + framework,
        );
      }
      for (const [name, write] of spellings) {
        const story = await bench.stories.paid(bench.newOrder(), bench.price);
        const outcome = await bench.deliver(story.events[0] ?? {}, {
          body: write(eventOf(story, control.fulfilsOn)),
        });
        if (accepted(outcome)) continue;
        return fail(`A genuine body ${name} was answered ${answerWithBody(outcome)}.`, RAW + framework);
      }
      return pass(`Accepted in ${spellings.length} unusual spellings.`);
    },
  },
  {
    id: 'unknown-type',
    title: 'an event of an unknown type is accepted',
    needs: 'accepted',
    effects: false,
    async run(bench, control) {
      const story = await bench.stories.begun(bench.newOrder(), bench.price);
      const created = eventOf(story, 'payment_intent.created');
      const before = await bench.look(story.order);
      for (const event of [
        { ...created, type: 'payment_intent.not_yet_invented' },
        {
          ...created,
          id: `${String(created['id'])}x`,
          type: 'novelty.created',
          data: { object: { id: 'nov_1', object: 'novelty', created: created['created'], livemode: false } },
        },
      ]) {
        const refused = notAccepted(
          `An event of the type ${event.type}`,
          await bench.deliver(event),
          'Answer 2xx to types the handler does not know: Stripe adds new ones, and retries what is refused.',
        );
        if (refused !== undefined) return refused;
      }
      const after = await bench.settle(story.order, before, 0);
      if ((after.effect?.fulfilled ?? 0) > (before.effect?.fulfilled ?? 0)) {
        return fail(
          'An event of an unknown type fulfilled the order.',
          `Fulfil on ${control.fulfilsOn} alone, by its whole name.`,
        );
      }
      return pass('Accepted, two types nobody knows.');
    },
  },
];

function withNote(event: ApiRecord, note: string): ApiRecord {
  const data = event['data'] as { object: Record<string, unknown> };
  return { ...event, data: { ...data, object: { ...data.object, description: note } } };
}

/** Every third letter and every slash of the texts, as JSON allows them to be written. */
function escaped(body: string): string {
  return body.replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text
      .replaceAll('/', '\\/')
      .replace(/([a-z]{2})([a-z])/, (_, start: string, letter: string) => start + unicode(letter)),
  );
}

const unicode = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}
