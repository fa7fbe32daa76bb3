import { type ApiError, invalidRequest } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';
import { objectTable, type Table } from './tables.ts';
import type { Field, Type } from './type-expression.ts';

/** `data` of a list counts as a level (a public issue shows five levels with `data` refused). */
const MAX_LEVELS = 4;

/** Fields other than lists that are only there when expanded (API reference of the customer). */
const INCLUDABLE: Readonly<Record<string, readonly string[]>> = {
  customer: ['cash_balance', 'invoice_credit_balance', 'tax'],
};

/** True for a field that an answer leaves out unless it is expanded. */
export function isIncludable(tableName: string, field: Field): boolean {
  return (
    (field.type.kind === 'list' && !field.required) || (INCLUDABLE[tableName]?.includes(field.name) ?? false)
  );
}

export const isListObject = (object: ApiHash) =>
  object['object'] === 'list' || object['object'] === 'search_result';

/**
 * Refuses a path that cannot be expanded in an object of this kind, whatever values it holds.
 *
 * @param elements names of the objects that a list holds, where they are known.
 * @throws ApiError
 */
export function checkExpandPath(
  object: ApiHash,
  path: readonly string[],
  elements: readonly string[] | undefined,
): void {
  if (path.length > MAX_LEVELS) throw tooDeep(path.join('.'));
  if (!isListObject(object)) {
    checkNames([nameOf(object)], path);
    return;
  }
  const [segment = '', ...rest] = path;
  if (segment === 'total_count' && object['object'] === 'search_result' && rest.length === 0) return;
  if (segment !== 'data')
    throw cannotExpand(segment, ` You may want to try expanding 'data.${segment}' instead.`);
  const first = (object['data'] as ApiHash[])[0];
  checkElements(elements ?? (first === undefined ? [] : [nameOf(first)]), rest);
}

function nameOf(object: ApiHash): string {
  const name = String(object['object']);
  return object['deleted'] === true ? `deleted_${name}` : name;
}

function checkElements(names: readonly string[], path: readonly string[]): void {
  if (path.length === 0) throw cannotExpand('data');
  if (names.length > 0) checkNames(names, path);
}

/** At least one of the objects must have the field. Objects outside the tables may have anything. */
function checkNames(names: readonly string[], path: readonly string[]): void {
  const [segment = '', ...rest] = path;
  const tables = names.map(objectTable);
  if (tables.includes(undefined)) return;
  for (const table of tables as Table[]) {
    const field = table.fields.get(segment);
    if (field === undefined) continue;
    checkField(table, field, rest);
    return;
  }
  throw cannotExpand(segment);
}

function checkField(table: Table, field: Field, rest: readonly string[]): void {
  if (rest.length === 0) {
    if (!isExpandable(field.type) && !isIncludable(table.name, field)) throw cannotExpand(field.name);
    return;
  }
  let { type } = field;
  if (type.kind === 'array') type = type.of;
  if (type.kind === 'reference' || type.kind === 'object') checkNames(type.names, rest);
  else if (type.kind === 'list') {
    if (rest[0] !== 'data') throw cannotExpand(rest[0] as string);
    checkElements(type.names, rest.slice(1));
  } else throw cannotExpand(rest[0] as string);
}

function isExpandable(type: Type): boolean {
  return type.kind === 'reference' || (type.kind === 'array' && isExpandable(type.of));
}

/** Quoted in public issues. */
function tooDeep(path: string): ApiError {
  return invalidRequest(
    `You cannot expand more than 4 levels of a property. Property: ${path}`,
    { param: 'expand' },
    { whileReading: true },
  );
}

/** Quoted in public issues. Only the first segment that does not fit is named. */
function cannotExpand(segment: string, hint = ''): ApiError {
  return invalidRequest(
    `This property cannot be expanded (${segment}).${hint}`,
    { param: 'expand' },
    { whileReading: true },
  );
}
