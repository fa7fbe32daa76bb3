import type { Params } from '../objects.ts';
import { checkExpandPaths } from './expand-path.ts';
import { unknownParams } from './param-errors.ts';
import { pathOf } from './param-path.ts';
import { RANGE_BOUNDS, type RawParams, readHash } from './param-values.ts';
import { similarName } from './similar-name.ts';
import { nestedParamTable, paramTable, type Table } from './tables.ts';
import type { Type } from './type-expression.ts';

/**
 * Checks the parameters of a request against the generated tables and turns them into values: integers and floats become
 * numbers, `true`/`false` booleans, sequences arrays. `''` stays where it unsets a parameter. What was not sent stays absent.
 *
 * Unknown names are refused before anything else, then what is missing, then bad values in the order sent, then bad
 * `expand` paths. (Which of several faults Stripe names first is known only of `expand`, which outranks missing objects.)
 *
 * @param operation an operation id such as `payment_intents.create`, or a table of parameters.
 * @throws ApiError with Stripe's wording.
 */
export function validateParams(operation: string | Table, raw: RawParams): Params {
  const table = typeof operation === 'string' ? paramTable(operation) : operation;
  const unknown: UnknownName[] = [];
  collectUnknown(table, raw, '', unknown);
  if (unknown.length > 0) throw refuseUnknown(unknown);
  const params = readHash(table, raw, '');
  if (params['expand'] !== undefined && typeof operation === 'string') {
    checkExpandPaths(operation, params['expand'] as string[]);
  }
  return params;
}

function refuseUnknown(unknown: readonly UnknownName[]) {
  const [first] = unknown as [UnknownName];
  return unknownParams(
    unknown.map((name) => name.path),
    unknown.length === 1 ? similarName(first.name, [...first.table.fields.keys()]) : undefined,
  );
}

interface UnknownName {
  readonly name: string;
  readonly path: string;
  readonly table: Table;
}

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

const NO_FIELDS: Table = { name: 'range', fields: new Map(), required: [] };

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
  } else if (type.kind === 'range') {
    for (const bound in value) {
      if (!RANGE_BOUNDS.has(bound))
        unknown.push({ name: bound, path: pathOf(path, bound), table: NO_FIELDS });
    }
  } else if (type.kind === 'union') {
    const shape = type.of.find(({ kind }) => kind === 'object' || kind === 'array' || kind === 'range');
    if (shape !== undefined) collectUnknownIn(shape, value, path, unknown);
  }
}
