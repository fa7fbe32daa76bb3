import type { ApiHash, ApiObject } from '../objects.ts';
import { nestedTable, objectTable, type Table } from './tables.ts';

/** What an object has when nobody said otherwise: every field that is neither null nor optional and has a natural value. */
const DEFAULTS: Readonly<Record<string, () => unknown>> = {
  livemode: () => false,
  metadata: () => ({}),
};

interface Plan {
  readonly name: string;
  /** In the order of the answer. */
  readonly required: readonly { readonly name: string; readonly fallback: (() => unknown) | undefined }[];
  /** Position of every field in the answer. */
  readonly position: ReadonlyMap<string, number>;
}

const plans = new Map<string, Plan>();

/** `id`, `object`, then alphabetical: the order in which Stripe prints fields. */
export function compareKeys(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

const rank = (key: string) => (key === 'id' ? 0 : key === 'object' ? 1 : 2);

function planOf(path: string, find: (path: string) => Table | undefined): Plan {
  let plan = plans.get(path);
  if (plan === undefined) {
    const table = find(path);
    if (table === undefined) throw new Error(`The API tables have no object ${path}`);
    plan = makePlan(path, table);
    plans.set(path, plan);
  }
  return plan;
}

function makePlan(path: string, table: Table): Plan {
  const required = table.required.map(({ name, empty, type }) => {
    const fixed = name === 'object' && type.kind === 'enum' ? [...type.values][0] : undefined;
    const fallback = fixed !== undefined ? () => fixed : empty ? () => null : DEFAULTS[name];
    return { name, fallback };
  });
  const names = [...table.fields.keys()].sort(compareKeys);
  return {
    name: path,
    required: required.sort((a, b) => compareKeys(a.name, b.name)),
    position: new Map(names.map((name, at) => [name, at])),
  };
}

/**
 * Makes an object of the API complete: each required field gets the given value, else null where it can be null, else its
 * default (`livemode`, `metadata`, `object`). Optional fields appear only when given (and not undefined). Fields come in
 * Stripe's order. Nested values are taken as they are; see `buildNested`.
 *
 * @throws Error (a bug) when a required value is missing or a field is not of this object.
 */
export function buildObject(name: string, values: ApiHash): ApiObject {
  return build(planOf(name, objectTable), values) as ApiObject;
}

/**
 * The same for a part of an object: `buildNested('payment_intent.next_action.redirect_to_url', { url })`.
 *
 * @throws Error (a bug) as `buildObject` does.
 */
export function buildNested(path: string, values: ApiHash): ApiHash {
  return build(planOf(path, nestedTable), values);
}

function build(plan: Plan, values: ApiHash): ApiHash {
  const result: ApiHash = {};
  let optional = 0;
  for (const name in values) {
    if (!plan.position.has(name)) throw new Error(`${plan.name} has no field ${name}`);
    if (values[name] !== undefined) optional++;
  }
  for (const { name, fallback } of plan.required) {
    const given = values[name];
    if (given !== undefined) optional--;
    else if (fallback === undefined) throw new Error(`${plan.name} needs ${name}`);
    result[name] = given === undefined ? (fallback as () => unknown)() : given;
  }
  return optional === 0 ? result : withOptional(plan, values, result);
}

function withOptional(plan: Plan, values: ApiHash, required: ApiHash): ApiHash {
  const result: ApiHash = {};
  for (const name of plan.position.keys()) {
    const value = required[name] === undefined ? values[name] : required[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}
