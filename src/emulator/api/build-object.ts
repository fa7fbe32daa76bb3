import type { ApiHash, ApiObject } from '../objects.ts';
import { nestedTable, objectTable, type Table } from './tables.ts';

interface Plan {
  readonly name: string;
  readonly required: ReadonlySet<string>;
  /** Required fields that only the caller can fill. */
  readonly needed: readonly string[];
  /** Required fields that get a new hash of their own. */
  readonly fresh: readonly string[];
  /** What a required field has when it is not given. */
  readonly fallbacks: ApiHash;
  /** Position of every field in the answer. */
  readonly position: ReadonlyMap<string, number>;
  /** Objects to copy, by the optional fields they have. */
  readonly templates: Map<string, ApiHash>;
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
  const needed: string[] = [];
  const fresh: string[] = [];
  const fallbacks: ApiHash = {};
  for (const { name, empty, type } of table.required) {
    if (name === 'object' && type.kind === 'enum') fallbacks[name] = [...type.values][0];
    else if (empty) fallbacks[name] = null;
    else if (name === 'livemode') fallbacks[name] = false;
    else (name === 'metadata' ? fresh : needed).push(name);
  }
  const names = [...table.fields.keys()].sort(compareKeys);
  return {
    name: path,
    required: new Set(table.required.map(({ name }) => name)),
    needed,
    fresh,
    fallbacks,
    position: new Map(names.map((name, at) => [name, at])),
    templates: new Map(),
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
  let optional = '';
  for (const name in values) {
    if (plan.required.has(name)) continue;
    if (!plan.position.has(name)) throw new Error(`${plan.name} has no field ${name}`);
    if (values[name] !== undefined) optional += `${name} `;
  }
  for (const name of plan.needed) {
    if (values[name] === undefined) throw new Error(`${plan.name} needs ${name}`);
  }
  const result = { ...templateOf(plan, optional) };
  for (const name of plan.fresh) result[name] = {};
  for (const name in values) {
    if (values[name] !== undefined) result[name] = values[name];
  }
  return result;
}

/**
 * An object with every field in its place. Copying one is several times faster than adding fields one by one, and the
 * copies stay what V8 calls fast, which an object with so many fields added by name does not. (JSON.parse makes fast ones.)
 */
function templateOf(plan: Plan, optional: string): ApiHash {
  let template = plan.templates.get(optional);
  if (template === undefined) {
    const given = new Set(optional.split(' '));
    const fields = [...plan.position.keys()].filter((name) => plan.required.has(name) || given.has(name));
    const slow = Object.fromEntries(fields.map((name) => [name, plan.fallbacks[name] ?? null]));
    template = JSON.parse(JSON.stringify(slow)) as ApiHash;
    plan.templates.set(optional, template);
  }
  return template;
}
