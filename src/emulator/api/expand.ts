import type { ApiHash } from '../objects.ts';
import { compareKeys } from './build-object.ts';
import { isIncludable, isListObject } from './expand-path.ts';
import { objectTable, type Table } from './tables.ts';
import type { Type } from './type-expression.ts';

export interface ExpandContext {
  /**
   * Fetches an object by the names a field can expand to (`['customer', 'deleted_customer']`) and its id.
   * Undefined when there is no such object: the id then stays as it is.
   */
  readonly load: (names: readonly string[], id: string) => ApiHash | undefined;
  /**
   * Supplies a field that is only there when asked for: `refunds` of a charge, `sources`, `tax` or `cash_balance` of a
   * customer, `total_count` of a search result. `field` is the path inside the owner (`amount_details.line_items`).
   * Undefined when there is nothing to offer: the field then stays absent.
   */
  readonly include?: (owner: ApiHash, field: string) => unknown;
}

/**
 * Replaces ids by the objects they name, along `paths` such as `latest_charge.balance_transaction` or, in a list,
 * `data.customer`. What is null stays null, and a path that leads nowhere changes nothing: bad paths are refused earlier
 * (`checkExpandPaths`). The given object is never changed; the answer shares what did not change.
 */
export function expand(object: ApiHash, paths: readonly string[], context: ExpandContext): ApiHash {
  return paths.reduce((result, path) => expandObject(result, path.split('.'), context), object);
}

/** Where in its owner a value stands: the owner is the innermost whole object. */
interface Place {
  readonly owner: ApiHash;
  readonly prefix: string;
}

function expandObject(object: ApiHash, path: readonly string[], context: ExpandContext): ApiHash {
  const place = { owner: object, prefix: '' };
  if (!isListObject(object)) return expandHash(object, tableOf(object), place, path, context);
  if (path[0] === 'total_count') return includeField(object, 'total_count', place, [], context);
  return expandList(object, path, context);
}

function expandList(list: ApiHash, path: readonly string[], context: ExpandContext): ApiHash {
  const rest = path.slice(1);
  if (path[0] !== 'data' || rest.length === 0) return list;
  return {
    ...list,
    data: (list['data'] as ApiHash[]).map((element) => expandObject(element, rest, context)),
  };
}

function tableOf(object: ApiHash): Table | undefined {
  const name = object['object'];
  return typeof name === 'string'
    ? objectTable(object['deleted'] === true ? `deleted_${name}` : name)
    : undefined;
}

function expandHash(
  hash: ApiHash,
  table: Table | undefined,
  place: Place,
  path: readonly string[],
  context: ExpandContext,
): ApiHash {
  const [name = '', ...rest] = path;
  const field = table?.fields.get(name);
  if (table === undefined || field === undefined) return hash;
  const value = hash[name];
  if (value === undefined) {
    return isIncludable(table.name, field) ? includeField(hash, name, place, rest, context) : hash;
  }
  const inner = { owner: place.owner, prefix: `${place.prefix}${name}.` };
  const next = expandValue(field.type, value, inner, rest, context);
  return next === value ? hash : { ...hash, [name]: next };
}

function includeField(
  hash: ApiHash,
  name: string,
  place: Place,
  rest: readonly string[],
  context: ExpandContext,
): ApiHash {
  const included = context.include?.(place.owner, place.prefix + name);
  if (included === undefined) return hash;
  const value = isHash(included) && rest.length > 0 ? expandObject(included, rest, context) : included;
  const entries = [...Object.entries(hash), [name, value] as const];
  return Object.fromEntries(entries.sort(([a], [b]) => compareKeys(a, b)));
}

const isHash = (value: unknown): value is ApiHash => typeof value === 'object' && value !== null;

function expandValue(
  type: Type,
  value: unknown,
  place: Place,
  rest: readonly string[],
  context: ExpandContext,
): unknown {
  if (value === null) return null;
  if (type.kind === 'array' && Array.isArray(value)) {
    return value.map((element) => expandValue(type.of, element, place, rest, context));
  }
  if (type.kind === 'reference' && typeof value === 'string') {
    const object = context.load(type.names, value);
    return object === undefined ? value : rest.length === 0 ? object : expandObject(object, rest, context);
  }
  if (!isHash(value) || rest.length === 0) return value;
  if (type.kind === 'list' || typeof value['object'] === 'string') return expandObject(value, rest, context);
  const table = type.kind === 'object' ? objectTable(type.names[0] as string) : undefined;
  return expandHash(value, table, place, rest, context);
}
