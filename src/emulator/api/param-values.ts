import type { Params } from '../objects.ts';
import {
  badSequence,
  cannotBeUnset,
  descriptorTooLong,
  invalidEnum,
  invalidStructure,
  invalidValue,
  metadataKeyTooLong,
  metadataTooManyKeys,
  metadataValueTooLong,
  missingParam,
  notKeyValuePairs,
  tooLong,
} from './param-errors.ts';
import { pathOf } from './param-path.ts';
import { enumOrder, mayBeEmpty, stringLimit } from './param-rules.ts';
import { nestedParamTable, type Table } from './tables.ts';
import type { Field, Type } from './type-expression.ts';

/** What `qs` makes of a form body: strings, arrays, nested hashes. */
export type RawParams = Readonly<Record<string, unknown>>;

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

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

/**
 * Reads one parameter: the text (or nested hash) as sent becomes a value of the field's type.
 *
 * @param path the name in bracket notation, for messages.
 * @param table the hash that the field belongs to.
 * @throws ApiError
 */
function readValue(field: Field, value: unknown, path: string, table: Table): unknown {
  if (value === '' || value === null) {
    if (field.empty || mayBeEmpty(table, field)) return '';
    throw cannotBeUnset(path);
  }
  const { type } = field;
  if (type.kind === 'string') {
    if (typeof value !== 'string') throw invalidValue('string', value, path);
    return checkLength(field, value, path, table);
  }
  return readType(type, value, path);
}

function checkLength(field: Field, value: string, path: string, table: Table): string {
  const limit = stringLimit(table, field.name);
  if (value.length <= limit) return value;
  throw field.name.startsWith('statement_descriptor')
    ? descriptorTooLong(value, limit, path)
    : tooLong(value, limit, path);
}

function readType(type: Type, value: unknown, path: string): unknown {
  switch (type.kind) {
    case 'string':
      if (typeof value !== 'string') throw invalidValue('string', value, path);
      return value;
    case 'integer':
      return readInteger(value, path);
    case 'number':
    case 'decimal':
      if (typeof value !== 'string' || !DECIMAL.test(value)) throw invalidValue(type.kind, value, path);
      return type.kind === 'decimal' ? value : Number(value);
    case 'boolean':
      return readBoolean(value, path);
    case 'enum':
      if (typeof value !== 'string') throw invalidValue('string', value, path);
      if (!type.values.has(value)) throw invalidEnum(enumOrder([...type.values], path), path);
      return value;
    case 'object':
      if (!isHash(value)) throw invalidStructure('object', path);
      return readHash(nestedParamTable(type.names[0] as string), value, path);
    case 'array':
      return sequence(value, path).map((element, index) =>
        readType(type.of, element, pathOf(path, String(index))),
      );
    case 'map':
      return readMap(value, path);
    case 'range':
      return isHash(value) ? readRange(value, path) : readInteger(value, path);
    case 'union':
      return readUnion(type.of, value, path);
    default:
      return value;
  }
}

const isHash = (value: unknown): value is RawParams =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readInteger(value: unknown, path: string): number {
  if (typeof value !== 'string' || !INTEGER.test(value)) throw invalidValue('integer', value, path);
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw invalidValue('integer', value, path);
  return number;
}

/** `True` and `False` are what Stripe's Python SDK has long sent; `1` is refused (public issues). */
function readBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'string') {
    const text = value.toLowerCase();
    if (text === 'true') return true;
    if (text === 'false') return false;
  }
  throw invalidValue('boolean', value, path);
}

export const RANGE_BOUNDS: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);

function readRange(raw: RawParams, path: string): Record<string, number> {
  const range: Record<string, number> = {};
  for (const bound in raw) {
    if (RANGE_BOUNDS.has(bound)) range[bound] = readInteger(raw[bound], pathOf(path, bound));
  }
  return range;
}

/** Metadata and the like: any names, string values; a value of `''` unsets its key. */
function readMap(value: unknown, path: string): Record<string, string> {
  if (!isHash(value)) throw notKeyValuePairs(path);
  const keys = Object.keys(value);
  if (keys.length > 50) throw metadataTooManyKeys(keys.length);
  const map: Record<string, string> = {};
  for (const key of keys) {
    const text = value[key];
    if (typeof text !== 'string') throw invalidValue('string', text, pathOf(path, key));
    if (key.length > 40) throw metadataKeyTooLong(key);
    if (text.length > 500) throw metadataValueTooLong(text);
    // A key called `__proto__` must become data.
    Object.defineProperty(map, key, { value: text, enumerable: true, configurable: true, writable: true });
  }
  return map;
}

/** `a[]=x` arrives as an array, `a[0]=x` as a hash with numeric keys. */
function sequence(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isHash(value)) throw invalidStructure('array', path);
  const keys = Object.keys(value);
  if (!keys.every((key) => /^\d+$/.test(key))) throw invalidStructure('array', path);
  return keys.map((_, index) => {
    const element = value[String(index)];
    if (element === undefined) throw badSequence(path, keys, String(index));
    return element;
  });
}

/** The first alternative that fits wins; where none does, the last one's complaint is the answer. */
function readUnion(types: readonly Type[], value: unknown, path: string): unknown {
  const structured = typeof value === 'object';
  const candidates = types.filter((type) => structured === STRUCTURED.has(type.kind));
  let complaint: unknown;
  for (const type of candidates.length > 0 ? candidates : types) {
    try {
      return readType(type, value, path);
    } catch (error) {
      complaint = error;
    }
  }
  throw complaint;
}

const STRUCTURED: ReadonlySet<string> = new Set(['array', 'map', 'object', 'open']);
