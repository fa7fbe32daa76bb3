/**
 * How a field differs, seen from the emulator: it is `missing` there, there is one too many (`extra`), its value or its
 * type is another.
 */
export type DifferenceKind = 'extra' | 'missing' | 'type' | 'value';

/** One field that is not the same. Values are in normal form; undefined where the side has no such field. */
export interface FieldDifference {
  /** The object it belongs to and its place in there: `charge.outcome.type`. */
  readonly field: string;
  readonly kind: DifferenceKind;
  readonly test: unknown;
  readonly emulator: unknown;
}

/** Times that lie this close are the same: a side takes a while to answer. Seconds. */
const SAME_TIME = 600;

/** Names that ids got in normal form: `pi_1`. */
const NAME = /^([a-z]+)_(\d{1,4})$/;
const TIME = /^<time ([+-]?\d+)>$/;

/**
 * Which object of the one side is which of the other. Ids have no meaning but this: the first time two of them stand at
 * the same place they are taken for one object, and after that neither may stand for another.
 */
export class Pairs {
  readonly #emulatorOf = new Map<string, string>();
  readonly #testOf = new Map<string, string>();

  /** Whether two names may mean the same object. */
  match(test: string, emulator: string): boolean {
    const [known, back] = [this.#emulatorOf.get(test), this.#testOf.get(emulator)];
    if (known !== undefined || back !== undefined) return known === emulator && back === test;
    this.#emulatorOf.set(test, emulator);
    this.#testOf.set(emulator, test);
    return true;
  }
}

/** Every field in which two values in normal form differ. `root` names what they are: `error`, or nothing for an object of the API. */
export function fieldDifferences(
  test: unknown,
  emulator: unknown,
  root: string,
  pairs: Pairs,
): FieldDifference[] {
  const found: FieldDifference[] = [];
  compare(test, emulator, root, pairs, found);
  return found;
}

function compare(
  test: unknown,
  emulator: unknown,
  field: string,
  pairs: Pairs,
  found: FieldDifference[],
): void {
  if (Array.isArray(test) && Array.isArray(emulator)) {
    for (let index = 0; index < Math.max(test.length, emulator.length); index += 1) {
      const place = `${field}[${index}]`;
      if (index >= emulator.length) found.push(one(place, 'missing', test[index], undefined));
      else if (index >= test.length) found.push(one(place, 'extra', undefined, emulator[index]));
      else compare(test[index], emulator[index], place, pairs, found);
    }
    return;
  }
  if (isRecord(test) && isRecord(emulator)) {
    const base = nameOf(test, emulator) ?? field;
    for (const name of new Set([...Object.keys(test), ...Object.keys(emulator)])) {
      const place = base === '' ? name : `${base}.${name}`;
      if (!Object.hasOwn(emulator, name)) found.push(one(place, 'missing', test[name], undefined));
      else if (!Object.hasOwn(test, name)) found.push(one(place, 'extra', undefined, emulator[name]));
      else compare(test[name], emulator[name], place, pairs, found);
    }
    return;
  }
  if (isSame(test, emulator, pairs)) return;
  const sameType = test === null || emulator === null || typeOf(test) === typeOf(emulator);
  found.push(one(field, sameType ? 'value' : 'type', test, emulator));
}

function one(field: string, kind: DifferenceKind, test: unknown, emulator: unknown): FieldDifference {
  return { field, kind, test, emulator };
}

/** An object of the API gives its name to the fields below it, wherever it stands. */
function nameOf(test: Fields, emulator: Fields): string | undefined {
  const [name, other] = [test['object'], emulator['object']];
  return typeof name === 'string' && name !== '' && name === other ? name : undefined;
}

function isSame(test: unknown, emulator: unknown, pairs: Pairs): boolean {
  if (typeof test !== 'string' || typeof emulator !== 'string') return test === emulator;
  const [name, other] = [NAME.exec(test), NAME.exec(emulator)];
  if (name !== null && other !== null) return name[1] === other[1] && pairs.match(test, emulator);
  const [time, when] = [TIME.exec(test), TIME.exec(emulator)];
  if (time !== null && when !== null) return Math.abs(Number(time[1]) - Number(when[1])) <= SAME_TIME;
  return test === emulator || (hasNames(test) && sentence(test) === sentence(emulator));
}

/** Texts with ids in them: which id it is has been compared where the id stands alone. */
const hasNames = (text: string): boolean => /\b[a-z]+_\d{1,4}\b/.test(text);
const sentence = (text: string): string => text.replaceAll(/\b([a-z]+)_\d{1,4}\b/g, '$1_#');

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
