import { accepted, type Outcome } from '../gateway/webhook-tools.ts';
import { type AnswerKind, answerKind } from './answer.ts';
import type { Bench } from './bench.ts';
import { type Effect, isContract, pathReader, readContract } from './effect.ts';
import { bodyOf } from './event-body.ts';
import { learnReader } from './learned-effect.ts';
import type { Order } from './order.ts';
import { eventOf, type Story } from './stories.ts';

/** Tells the effect on an order from what the probe answered and from the writes of the app. */
export interface Reader {
  /** Where it looks, for people. */
  readonly place: string;
  readonly read: (answer: unknown, order: Order, writes: number) => Effect;
}

/** The types of event an app may fulfil on, the right one first. */
const FULFILLING = ['payment_intent.succeeded', 'charge.succeeded'] as const;

/** What one ordinary payment showed. */
export interface Control {
  /** The answer to `payment_intent.succeeded`. */
  readonly outcome: Outcome;
  readonly kind: AnswerKind;
  /** Whether only bodies without white space are accepted: a sign that the app verifies what it wrote itself. */
  readonly compact: boolean;
  /** Undefined where no effect can be seen. */
  readonly reader: Reader | undefined;
  /** Whether the app is known to have fulfilled nothing, its probe being of a known shape. */
  readonly neverFulfils: boolean;
  /** Why not. */
  readonly blind: string;
  /** What would let the suite see. */
  readonly sight: string;
  /** The type on which the app fulfils. */
  readonly fulfilsOn: string;
  /** How long after the answer an effect may still come, in milliseconds. */
  readonly quietMs: number;
  /** Whether the effect was there when the answer came. */
  readonly workedFirst: boolean;
  /** Whether the app asked the emulator for something. */
  readonly usesEmulator: boolean;
}

const POLL_MS = 20;
const SIGHT = 'Add --probe-url or --probe-cmd, which answer JSON about what the app has fulfilled.';

/** Pays for one order and watches what the app does. */
export async function takeControl(bench: Bench): Promise<Control> {
  const { probe, probePath, emulator, settleMs, now, sleep, served } = bench.options;
  const story = await bench.stories.paid(bench.newOrder(), bench.price);
  await bench.deliver(eventOf(story, 'payment_intent.created'));
  const before = await probe?.(story.order);
  const [writesBefore, callsBefore] = [bench.writes(), emulator.calls.length];
  const { outcome, compact } = await firstDelivery(bench, story);
  const answeredAt = now();
  let fulfilsOn: string = FULFILLING[0];
  let sight: { reader: Reader; late: number } | undefined;
  if (accepted(outcome) && (probe !== undefined || served)) {
    for (const type of FULFILLING) {
      const first = type === FULFILLING[0];
      if (!first)
        await bench.deliver(
          eventOf(story, type),
          compact ? { body: bodyOf(eventOf(story, type), true) } : {},
        );
      sight = await firstSight();
      if (sight === undefined) continue;
      fulfilsOn = type;
      break;
    }
  }
  const late = sight?.late ?? 0;
  return {
    outcome,
    kind: await kindOf(bench, story, outcome),
    compact,
    reader: sight?.reader,
    neverFulfils:
      sight === undefined &&
      probe !== undefined &&
      (probePath !== undefined || isContract(await probe(story.order))),
    ...blindness(bench),
    fulfilsOn,
    quietMs: Math.min(Math.max(3 * late, 50), settleMs),
    workedFirst: late <= 2 * POLL_MS,
    usesEmulator: emulator.calls.length > callsBefore,
  };

  /** Looks until the payment shows, or the time for that is over. */
  async function firstSight(): Promise<{ reader: Reader; late: number } | undefined> {
    const deadline = now() + settleMs;
    for (;;) {
      const reader = probe === undefined ? writesReader() : probeReader(await probe(story.order));
      if (reader !== undefined) return { reader, late: Math.max(0, now() - answeredAt) };
      if (now() >= deadline) return undefined;
      await sleep(POLL_MS);
    }
  }

  function probeReader(answer: unknown): Reader | undefined {
    if (probePath !== undefined) {
      const read = pathReader(probePath);
      const more = read(answer, story.order).fulfilled > read(before, story.order).fulfilled;
      return more ? { place: probePath, read } : undefined;
    }
    if (isContract(answer)) {
      return readContract(answer, story.order).fulfilled > 0
        ? { place: 'orders', read: readContract }
        : undefined;
    }
    return learnReader(before, answer, story.order);
  }

  /** An app that keeps its books in Stripe: each fulfilment makes so many writes. */
  function writesReader(): Reader | undefined {
    const each = bench.writes() - writesBefore;
    if (each <= 0) return undefined;
    return {
      place: 'the API calls of the app',
      read: (_answer, _order, writes) => ({ fulfilled: Math.ceil(writes / each), countable: true }),
    };
  }
}

/** What is known where nobody answers at all. */
export function unansweredControl(outcome: Outcome): Control {
  return {
    outcome,
    kind: 'nobody',
    compact: false,
    reader: undefined,
    neverFulfils: false,
    blind: 'Nobody answers.',
    sight: SIGHT,
    fulfilsOn: FULFILLING[0],
    quietMs: 0,
    workedFirst: false,
    usesEmulator: false,
  };
}

/** Delivers the payment; where it is refused, tries whether the same event in another spelling is not. */
async function firstDelivery(bench: Bench, story: Story): Promise<{ outcome: Outcome; compact: boolean }> {
  const event = eventOf(story, 'payment_intent.succeeded');
  const outcome = await bench.deliver(event);
  if (outcome.kind === 'failed' || accepted(outcome)) return { outcome, compact: false };
  const again = await bench.deliver(event, { body: bodyOf(event, true) });
  return accepted(again) ? { outcome: again, compact: true } : { outcome, compact: false };
}

async function kindOf(bench: Bench, story: Story, outcome: Outcome): Promise<AnswerKind> {
  const kind = answerKind(outcome);
  if (kind !== 'auth_wall' && kind !== 'wrong_path') return kind;
  const unsigned = await bench.deliver(eventOf(story, 'payment_intent.succeeded'), { header: null });
  return answerKind(outcome, unsigned);
}

function blindness({ options }: Bench): { blind: string; sight: string } {
  if (options.probe === undefined && !options.served) {
    return { blind: 'Without a probe it cannot be seen what the app did.', sight: SIGHT };
  }
  if (options.probe === undefined) {
    return { blind: 'The app changed nothing in the emulator for an ordinary payment.', sight: SIGHT };
  }
  return {
    blind: 'The probe showed no fulfilment after an ordinary payment.',
    sight:
      options.probePath === undefined
        ? 'Say where the probe counts fulfilments with --probe-path, or let the app know its orders with --order-url.'
        : 'Check --probe-path, or let the app know its orders with --order-url.',
  };
}
