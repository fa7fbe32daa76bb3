import { countOf, type Effect, type EffectReader, isHash } from './effect.ts';
import type { Order } from './order.ts';

/** One place in what a probe answers. */
type Step =
  | { readonly kind: 'name'; readonly name: string }
  /** The member named by the order, or by one of its intents. */
  | { readonly kind: 'id' }
  /** The items of a list that mention the order or one of its intents. */
  | { readonly kind: 'item' };

interface Place {
  readonly steps: readonly Step[];
  readonly value: unknown;
}

export interface LearnedReader {
  readonly read: EffectReader;
  /** Where it counts, for people. */
  readonly place: string;
}

/**
 * Finds out where an app of unknown shape counts fulfilments, by what one ordinary payment changed in it. Undefined where
 * nothing changed that could be a count.
 */
export function learnReader(before: unknown, after: unknown, order: Order): LearnedReader | undefined {
  const earlier = new Map(
    [...placesIn(before, order, [])].map((place) => [textOf(place.steps), place.value]),
  );
  const candidates = [...placesIn(after, order, [])].flatMap(({ steps, value }) => {
    const was = earlier.get(textOf(steps));
    const score = scoreOf(was, value);
    return score === undefined ? [] : [{ steps, value, score: score + nameScore(steps) }];
  });
  const [best] = candidates.sort((one, other) => other.score - one.score);
  if (best === undefined || best.score <= 0) return undefined;
  const word = typeof best.value === 'string' ? best.value : undefined;
  return {
    place: textOf(best.steps),
    read: (answer, about) => effectAt(answer, about, best.steps, word),
  };
}

function effectAt(answer: unknown, order: Order, steps: readonly Step[], word: string | undefined): Effect {
  const found = valuesAt(answer, order, steps);
  const counts = found.map((value) =>
    word === undefined ? listCount(value, order) : { count: value === word ? 1 : 0, countable: false },
  );
  const refunded = amountUnder(answer, order, /refund/i);
  const disputed = mentions(answer, order, /disput|chargeback/i);
  const status = statusOf(answer, order);
  return {
    fulfilled: counts.reduce((sum, { count }) => sum + count, 0),
    countable: counts.every(({ countable }) => countable),
    ...(refunded === undefined ? {} : { refunded }),
    ...(disputed === undefined ? {} : { disputed }),
    ...(status === undefined ? {} : { status }),
  };
}

/** A list of ids counts those of the order where any of its items is an id at all. */
function listCount(value: unknown, order: Order): { count: number; countable: boolean } {
  if (isHash(value)) return { count: 1, countable: false };
  if (!Array.isArray(value)) return countOf(value);
  const own = value.filter((item) => isAbout(item, order)).length;
  const others = value.some((item) => /(pi|ch|evt|cs)_\w{8,}|order_\w+/.test(JSON.stringify(item) ?? ''));
  return { count: others ? own : value.length, countable: true };
}

function* placesIn(value: unknown, order: Order, steps: readonly Step[]): Generator<Place> {
  if (steps.length > 8) return;
  if (steps.length > 0 && (!isHash(value) || steps.at(-1)?.kind === 'id')) yield { steps, value };
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'object' && isAbout(item, order))
        yield* placesIn(item, order, [...steps, { kind: 'item' }]);
    }
  } else if (isHash(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const step: Step = idsOf(order).includes(name) ? { kind: 'id' } : { kind: 'name', name };
      yield* placesIn(inner, order, [...steps, step]);
    }
  }
}

function valuesAt(value: unknown, order: Order, steps: readonly Step[]): unknown[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  if (step.kind === 'item') {
    const items = Array.isArray(value) ? value.filter((item) => isAbout(item, order)) : [];
    return items.flatMap((item) => valuesAt(item, order, rest));
  }
  if (!isHash(value)) return [];
  const names = step.kind === 'name' ? [step.name] : idsOf(order);
  return names
    .filter((name) => Object.hasOwn(value, name))
    .flatMap((name) => valuesAt(value[name], order, rest));
}

/** How much a change looks like a count going up by one. */
function scoreOf(was: unknown, is: unknown): number | undefined {
  if (typeof is === 'number') {
    const earlier = typeof was === 'number' ? was : 0;
    return is - earlier === 1 ? 6 : undefined;
  }
  if (Array.isArray(is)) return is.length - (Array.isArray(was) ? was.length : 0) === 1 ? 5 : undefined;
  // A record of its own appeared.
  if (isHash(is)) return was === undefined ? 3 : undefined;
  if (is === true && was !== true) return 3;
  if (typeof is === 'string' && was !== is && /paid|fulfil|complet|succe|ship|grant/i.test(is)) return 2;
  return undefined;
}

function nameScore(steps: readonly Step[]): number {
  const names = steps.flatMap((step) => (step.kind === 'name' ? [step.name] : [])).join(' ');
  const perOrder = steps.some(({ kind }) => kind !== 'name') ? 2 : 0;
  const fulfils = /fulfil|ship|grant|provision|unlock|credit/i.test(names) ? 10 : 0;
  const pays = /paid|complet|success|succeeded|sold|granted/i.test(names) ? 4 : 0;
  const counts = /event|receiv|process|seen|webhook|request|log|attempt|hit|call|version|time|refus/i.test(
    names,
  )
    ? 8
    : 0;
  return perOrder + fulfils + pays - counts;
}

function textOf(steps: readonly Step[]): string {
  return steps
    .map((step) => (step.kind === 'name' ? step.name : step.kind === 'id' ? '{order}' : '[…]'))
    .join('.');
}

const idsOf = ({ id, intents }: Order): string[] => [id, ...intents];

function isAbout(value: unknown, order: Order): boolean {
  const text = JSON.stringify(value) ?? '';
  return idsOf(order).some((id) => text.includes(id));
}

/** The sum of amounts under a name like `refunded`, those of the order where they are told apart. */
function amountUnder(answer: unknown, order: Order, name: RegExp): number | undefined {
  const found = [...placesIn(answer, order, [])].filter(
    ({ steps, value }) =>
      typeof value === 'number' && steps.some((step) => step.kind === 'name' && name.test(step.name)),
  );
  const own = found.filter(({ steps }) => steps.some(({ kind }) => kind !== 'name'));
  const candidates = own.length > 0 ? own : found;
  // Beside an amount there may be a count.
  const money = candidates.find(({ steps }) =>
    steps.some((step) => step.kind === 'name' && /amount|sum|total|cents/i.test(step.name)),
  );
  const value = (money ?? candidates[0])?.value;
  return typeof value === 'number' ? value : undefined;
}

/** Whether the app says of the order that something of this name happened; undefined where it never says such things. */
function mentions(answer: unknown, order: Order, name: RegExp): boolean | undefined {
  const found = [...placesIn(answer, order, [])].filter(({ steps, value }) => {
    const named = steps.some((step) => step.kind === 'name' && name.test(step.name));
    return named || (typeof value === 'string' && name.test(value));
  });
  if (found.length === 0) return undefined;
  return found.some(({ steps, value }) => {
    if (Array.isArray(value)) return isAbout(value, order);
    if (typeof value === 'string') return name.test(value) || value === 'true';
    const own = steps.some(({ kind }) => kind !== 'name');
    return value === true || (typeof value === 'number' && value > 0 && own);
  });
}

function statusOf(answer: unknown, order: Order): string | undefined {
  for (const { steps, value } of placesIn(answer, order, [])) {
    const last = steps.at(-1);
    const own = steps.some(({ kind }) => kind !== 'name');
    if (own && last?.kind === 'name' && /^(status|state)$/i.test(last.name) && typeof value === 'string')
      return value;
    if (own && last?.kind === 'id' && typeof value === 'string') return value;
  }
  return undefined;
}
