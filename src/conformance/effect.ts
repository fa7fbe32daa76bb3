import type { Order } from './order.ts';

/** What an app says it did about one order. */
export interface Effect {
  /** How often it fulfilled the order. */
  readonly fulfilled: number;
  /** False where the app tells whether, not how often. */
  readonly countable: boolean;
  /** Minor units given back; undefined where the probe does not tell. */
  readonly refunded?: number;
  /** Undefined where the probe does not tell. */
  readonly disputed?: boolean;
  /** What the order is said to be in, in words: `paid`, `refunded`. */
  readonly status?: string;
}

/** Reads the effect on an order out of what a probe answered. */
export type EffectReader = (answer: unknown, order: Order) => Effect;

type Hash = Readonly<Record<string, unknown>>;

export function isHash(value: unknown): value is Hash {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The documented shape: `{"orders": {"<order or intent>": {"fulfilled": 1, "refunded": 0, "disputed": false}}}`. An order
 * that is not there has had nothing done to it.
 */
export const readContract: EffectReader = (answer, order) => {
  const records = recordsOf(answer, order);
  const counts = records.map((record) => countOf(record['fulfilled']));
  const refunds = records.flatMap((record) => numberIn(record, 'refunded'));
  const disputes = records.flatMap((record) =>
    typeof record['disputed'] === 'boolean' ? [record['disputed']] : [],
  );
  const status = records.map((record) => record['status']).find((value) => typeof value === 'string');
  return {
    fulfilled: counts.reduce((sum, { count }) => sum + count, 0),
    countable: counts.every(({ countable }) => countable),
    ...(refunds.length === 0 ? {} : { refunded: refunds.reduce((sum, amount) => sum + amount, 0) }),
    ...(disputes.length === 0 ? {} : { disputed: disputes.includes(true) }),
    ...(status === undefined ? {} : { status }),
  };
};

/** Whether an answer has the documented shape. */
export function isContract(answer: unknown): boolean {
  if (!isHash(answer) || !isHash(answer['orders'])) return false;
  return Object.values(answer['orders']).every((record) => isHash(record) && 'fulfilled' in record);
}

/** The records of an order, under its own id or that of an intent; one record under two names counts once. */
function recordsOf(answer: unknown, { id, intents }: Order): Hash[] {
  const orders = isHash(answer) && isHash(answer['orders']) ? answer['orders'] : {};
  const own = orders[id];
  if (isHash(own)) return [own];
  return intents.flatMap((intent) => {
    const record = orders[intent];
    return isHash(record) ? [record] : [];
  });
}

function numberIn(record: Hash, name: string): number[] {
  const value = record[name];
  return typeof value === 'number' ? [value] : [];
}

/** A number counts itself, a list its items, a hash its members; true is once, and says nothing about twice. */
export function countOf(value: unknown): { count: number; countable: boolean } {
  if (typeof value === 'number') return { count: value, countable: true };
  if (Array.isArray(value)) return { count: value.length, countable: true };
  if (isHash(value)) return { count: Object.keys(value).length, countable: true };
  if (typeof value === 'boolean') return { count: value ? 1 : 0, countable: !value };
  return { count: 0, countable: true };
}

/** Reads a count at a dotted path in which `{order}` and `{intent}` stand for ids. */
export function pathReader(path: string): EffectReader {
  return (answer, order) => {
    const { count, countable } = countOf(valueAt(answer, path, order));
    return { fulfilled: count, countable };
  };
}

function valueAt(answer: unknown, path: string, order: Order): unknown {
  let value = answer;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (step === '{intent}') {
      const holder: object = value;
      value = order.intents
        .map((intent): unknown => Reflect.get(holder, intent))
        .find((found) => found !== undefined);
    } else value = Reflect.get(value, step === '{order}' ? order.id : step);
  }
  return value;
}
