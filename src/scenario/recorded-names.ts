import { testNumber } from './test-numbers.ts';

const SHORT: Readonly<Record<string, string>> = {
  list: 'disputes',
  payment_intent: 'intent',
  payment_method: 'method',
  setup_intent: 'setup',
};

/** An id that the emulator made: its first digit is 0. */
const ID = /^[a-z]+_0\w{8,}$/;

/** Fields below this depth are told by the object that holds them. */
const DEEPEST = 3;

/** Names for what was made while something was recorded, and how later steps refer to it. */
export class RecordedNames {
  /** Names by the ids of their objects. */
  readonly #names = new Map<string, string>();
  /** References by the ids they lead to: `ch_0…` is `intent.latest_charge`. */
  readonly #paths = new Map<string, string>();

  knows(id: string): boolean {
    return this.#paths.has(id);
  }

  /** An id as a later step writes it. */
  referred(id: string): string {
    const path = this.#paths.get(id);
    return path === undefined ? id : `\${${path}}`;
  }

  /** Takes down what was answered. Answers the name where the object had none before. */
  note(object: unknown): string | undefined {
    if (typeof object !== 'object' || object === null) return undefined;
    const id: unknown = Reflect.get(object, 'id');
    if (typeof id !== 'string') return undefined;
    const known = this.#names.get(id);
    const name = known ?? this.#newName(String(Reflect.get(object, 'object')));
    this.#names.set(id, name);
    // What it led to before may be gone from it.
    for (const [other, path] of this.#paths) {
      if (path.startsWith(`${name}.`)) this.#paths.delete(other);
    }
    this.#collect(object, name, 1);
    this.#paths.set(id, `${name}.id`);
    return known === undefined ? name : undefined;
  }

  #collect(value: object, path: string, depth: number): void {
    for (const [field, inner] of Object.entries(value)) {
      const way = `${path}.${field}`;
      if (typeof inner === 'string') {
        if (ID.test(inner) && !this.#paths.has(inner)) this.#paths.set(inner, way);
      } else if (typeof inner === 'object' && inner !== null && depth < DEEPEST) {
        this.#collect(inner, way, depth + 1);
      }
    }
  }

  #newName(kind: string): string {
    const base = SHORT[kind] ?? kind;
    const taken = [...this.#names.values()].filter((name) => name.replace(/\d+$/, '') === base).length;
    return taken === 0 ? base : `${base}${taken + 1}`;
  }

  /** Parameters as a person would write them: numbers and flags in place of a form's texts, references in place of ids. */
  written(value: unknown, key = ''): unknown {
    if (Array.isArray(value)) return value.map((item) => this.written(item, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, this.written(inner, name)]),
      );
    }
    if (typeof value !== 'string') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    if (/amount/.test(key) && /^\d{1,12}$/.test(value)) return Number(value);
    return this.referred(testNumber(key, value));
  }
}
