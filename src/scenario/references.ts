/** Reads what a reference names: the first word is an object of an earlier step, the rest a path into it. */
export type Lookup = (path: string) => unknown;

/** A reference that leads nowhere: a mistake in the scenario. */
export class BadReference extends Error {
  override readonly name = 'BadReference';
  readonly reference: string;

  constructor(reference: string, reason: string) {
    super(`${reference} ${reason}`);
    this.reference = reference;
  }
}

// `${intent.id}`, `${intent.amount / 2}`, `${disputes.data.0.id}`
const REFERENCE = /\$\{\s*([\w.]+)\s*(?:([-+*/])\s*(\d+)\s*)?\}/;
const WHOLE = new RegExp(`^${REFERENCE.source}$`);
const EACH = new RegExp(REFERENCE.source, 'g');

/**
 * Replaces the references in a value, however deep: a text that is nothing but one reference becomes the value itself
 * (a number stays a number), others become text. Halves are rounded down: amounts are whole. @throws BadReference
 */
export function resolve(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') return resolveText(value, lookup);
  if (Array.isArray(value)) return value.map((item) => resolve(item, lookup));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner, lookup)]));
  }
  return value;
}

function resolveText(text: string, lookup: Lookup): unknown {
  const whole = WHOLE.exec(text);
  if (whole !== null) return referred(whole, lookup);
  return text.replace(EACH, (...match) =>
    String(referred(match.slice(0, 4) as (string | undefined)[], lookup)),
  );
}

function referred(match: readonly (string | undefined)[], lookup: Lookup): unknown {
  const [reference = '', path = '', operator, operand] = match;
  const value = lookup(path);
  if (value === undefined) throw new BadReference(reference, 'leads nowhere');
  if (operator === undefined) return value;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new BadReference(reference, 'is not a number');
  return calculate(number, operator, Number(operand));
}

function calculate(left: number, operator: string, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return Math.floor(left / right);
  }
}

/**
 * The same before everything is known: a reference to what is yet to be made stays, in plain braces: `{refund.id}`,
 * `{intent.amount / 2}`.
 */
export function outline(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') {
    const isKnown = (path: string) => lookup(path) !== undefined;
    const open = value.replace(EACH, (reference: string, path: string) =>
      isKnown(path) ? reference : reference.replace('$', ''),
    );
    return resolveText(open, lookup);
  }
  if (Array.isArray(value)) return value.map((item) => outline(item, lookup));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, outline(inner, lookup)]));
  }
  return value;
}

/** Every path that the references in a value name. */
export function referencesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(EACH)].map(([, path = '']) => path);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(referencesIn);
  return [];
}

/** Follows a dotted path (`data.0.id`) into a value; undefined where it leads nowhere. */
export function follow(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}
