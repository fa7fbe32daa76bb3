import type { Params } from '../objects.ts';
import { missingParam, unknownParams } from './param-errors.ts';
import { readValue } from './param-values.ts';
import { similarName } from './similar-name.ts';
import { nestedParamTable, paramTable, type Table } from './tables.ts';
import type { Type } from './type-expression.ts';

/** What `qs` makes of a form body: strings, arrays, nested hashes. */
export type RawParams = Readonly<Record<string, unknown>>;

/**
 * Checks the parameters of a request against the generated tables and turns them into values: integers and floats become
 * numbers, `true`/`false` booleans, sequences arrays. `''` stays where it unsets a parameter. What was not sent stays absent.
 *
 * Unknown names are refused before anything else, then what is missing, then bad values in the order sent.
 *
 * @param operation an operation id such as `payment_intents.create`, or a table of parameters.
 * @throws ApiError with Stripe's wording.
 */
export function validateParams(operation: string | Table, raw: RawParams): Params {
  const table = typeof operation === 'string' ? paramTable(operation) : operation;
  const unknown: UnknownName[] = [];
  collectUnknown(table, raw, '', unknown);
  const [first] = unknown;
  if (first !== undefined) {
    throw unknownParams(
      unknown.map((name) => name.path),
      unknown.length === 1 ? similarName(first.name, first.table.fields.keys()) : undefined,
    );
  }
  return readHash(table, raw, '');
}

interface UnknownName {
  readonly name: string;
  readonly path: string;
  readonly table: Table;
}

/** `amount` -> `amount`; inside `a` -> `a[amount]`. */
export const pathOf = (parent: string, name: string) => (parent === '' ? name : `${parent}[${name}]`);

function collectUnknown(table: Table, raw: RawParams, parent: string, unknown: UnknownName[]): void {
  for (const name in raw) {
    const field = table.fields.get(name);
    if (field === undefined) {
      unknown.push({ name, path: pathOf(parent, name), table });
      continue;
    }
    const value = raw[name];
    if (typeof value === 'object' && value !== null) {
      collectUnknownIn(field.type, value, pathOf(parent, name), unknown);
    }
  }
}

function collectUnknownIn(type: Type, value: object, path: string, unknown: UnknownName[]): void {
  if (type.kind === 'object') {
    if (!Array.isArray(value)) {
      collectUnknown(nestedParamTable(type.names[0] as string), value as RawParams, path, unknown);
    }
  } else if (type.kind === 'array') {
    for (const index in value) {
      const element = (value as RawParams)[index];
      if (typeof element === 'object' && element !== null) {
        collectUnknownIn(type.of, element, pathOf(path, index), unknown);
      }
    }
  } else if (type.kind === 'union') {
    const shape = type.of.find((part) => part.kind === 'object' || part.kind === 'array');
    if (shape !== undefined) collectUnknownIn(shape, value, path, unknown);
  }
}

/** Reads the parameters of one hash, whose names are all known. @throws ApiError */
export function readHash(table: Table, raw: RawParams, parent: string): Params {
  for (const field of table.required) {
    if (raw[field.name] === undefined) throw missingParam(pathOf(parent, field.name));
  }
  const params: Params = {};
  for (const name in raw) {
    const value = raw[name];
    const field = table.fields.get(name);
    if (value === undefined || field === undefined) continue;
    params[name] = readValue(field, value, pathOf(parent, name), table);
  }
  return params;
}
