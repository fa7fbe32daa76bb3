import { compareKeys } from './build-object.ts';
import { objectTable, type Table } from './tables.ts';
import type { Field, Type } from './type-expression.ts';

/**
 * Compares an object with the generated tables, nested parts and expanded objects included.
 *
 * @returns one line for each deviation (missing or unknown field, null where it cannot be, wrong type, value outside an
 * enum, keys out of order), empty for a faithful object.
 */
export function checkObject(name: string, object: unknown): string[] {
  const problems: string[] = [];
  if (typeof object !== 'object' || object === null) return [`${name}: not an object`];
  const table = objectTable(name);
  if (table === undefined) return [`${name}: not in the API tables`];
  checkFields(table, object as Hash, name, problems);
  return problems;
}

type Hash = Record<string, unknown>;

function checkFields(table: Table, object: Hash, path: string, problems: string[]): void {
  for (const { name } of table.required) {
    if (object[name] === undefined) problems.push(`${path}.${name}: missing`);
  }
  let previous: string | undefined;
  for (const name of Object.keys(object)) {
    if (previous !== undefined && compareKeys(previous, name) > 0) {
      problems.push(`${path}.${name}: out of order, after ${previous}`);
    }
    previous = name;
    const field = table.fields.get(name);
    if (field !== undefined) checkField(field, object[name], `${path}.${name}`, problems);
    else problems.push(`${path}.${name}: unknown field`);
  }
}

function checkField(field: Field, value: unknown, path: string, problems: string[]): void {
  if (value === null) {
    if (!field.empty) problems.push(`${path}: null`);
  } else if (value === undefined) {
    problems.push(`${path}: undefined`);
  } else {
    checkType(field.type, value, path, problems);
  }
}

function checkType(type: Type, value: unknown, path: string, problems: string[]): void {
  const expected = EXPECTED[type.kind];
  if (expected !== undefined) {
    expectThat(expected.fits(value), expected.words, value, path, problems);
    return;
  }
  switch (type.kind) {
    case 'enum':
      expectThat(
        type.values.has(value as string),
        `one of ${[...type.values].slice(0, 8)}`,
        value,
        path,
        problems,
      );
      break;
    case 'map':
      checkMap(value, path, problems);
      break;
    case 'array':
      checkArray(type.of, value, path, problems);
      break;
    case 'object':
      checkNested(type.names, value, path, problems);
      break;
    case 'reference':
      if (typeof value !== 'string') checkNested(type.names, value, path, problems);
      break;
    case 'list':
      checkList(type.names, value, path, problems);
      break;
    case 'union':
      checkUnion(type.of, value, path, problems);
      break;
    default:
      problems.push(`${path}: the tables give a field the type ${type.kind}`);
  }
}

const EXPECTED: Readonly<Partial<Record<string, { words: string; fits: (value: unknown) => boolean }>>> = {
  string: { words: 'a string', fits: (value) => typeof value === 'string' },
  decimal: { words: 'a decimal string', fits: (value) => typeof value === 'string' },
  boolean: { words: 'a boolean', fits: (value) => typeof value === 'boolean' },
  integer: { words: 'an integer', fits: (value) => Number.isInteger(value) },
  number: { words: 'a number', fits: (value) => typeof value === 'number' },
  open: { words: 'an object', fits: (value) => typeof value === 'object' && !Array.isArray(value) },
};

function checkArray(of: Type, value: unknown, path: string, problems: string[]): void {
  if (!Array.isArray(value)) expectThat(false, 'an array', value, path, problems);
  else for (const [index, element] of value.entries()) checkType(of, element, `${path}[${index}]`, problems);
}

function expectThat(fits: boolean, expected: string, value: unknown, path: string, problems: string[]): void {
  if (!fits) problems.push(`${path}: ${JSON.stringify(value)} is not ${expected}`);
}

function checkMap(value: unknown, path: string, problems: string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(`${path}: not a hash`);
    return;
  }
  for (const key in value) {
    expectThat(
      typeof (value as Hash)[key] === 'string',
      'a string',
      (value as Hash)[key],
      `${path}.${key}`,
      problems,
    );
  }
}

function checkNested(names: readonly string[], value: unknown, path: string, problems: string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(`${path}: ${JSON.stringify(value)} is not an object`);
    return;
  }
  const hash = value as Hash;
  // (The `data` of an event has a field `object` of its own, which is no name.)
  const kind = typeof hash['object'] === 'string' ? hash['object'] : undefined;
  const own = `${hash['deleted'] === true ? 'deleted_' : ''}${kind}`;
  const name = names.includes(own) ? own : names.length === 1 && kind === undefined ? names[0] : undefined;
  const table = objectTable(name ?? (names[0] as string));
  if (name === undefined && (names.length > 1 || table?.fields.has('object'))) {
    problems.push(`${path}: is ${own}, not ${names.join(' or ')}`);
  } else if (table !== undefined) checkFields(table, hash, path, problems);
}

const LIST_FIELDS = ['object', 'data', 'has_more', 'url'];

function checkList(names: readonly string[], value: unknown, path: string, problems: string[]): void {
  const list = value as Hash;
  if (list?.['object'] !== 'list' || !Array.isArray(list['data'])) {
    problems.push(`${path}: not a list`);
    return;
  }
  for (const name of LIST_FIELDS) if (list[name] === undefined) problems.push(`${path}.${name}: missing`);
  for (const [index, element] of list['data'].entries())
    checkNested(names, element, `${path}.data[${index}]`, problems);
}

function checkUnion(types: readonly Type[], value: unknown, path: string, problems: string[]): void {
  const complaints = types.map((type) => {
    const found: string[] = [];
    checkType(type, value, path, found);
    return found;
  });
  if (complaints.every((found) => found.length > 0)) problems.push(...(complaints[0] as string[]));
}
