import { nearest } from '../domain/nearest.ts';
import { nestedParamTable, paramTable, type Table } from '../emulator/api/tables.ts';
import type { Field, Type } from '../emulator/api/type-expression.ts';

/** What a form can send: numbers and flags become texts on the way. */
type Scalar = boolean | number | string;

/** Of an enum with more values than this, the nearest is told. */
const MOST = 12;

/**
 * What is wrong with the value at a parameter's path (`['payment_method_options', 'card']`), as the words that follow its
 * name: `takes a whole number`. Undefined where it may be right, or where the path leads nowhere.
 *
 * @param value a text, number or flag; an empty list or map for any list or map: what is inside has a path of its own
 */
export function valueProblem(id: string, path: readonly string[], value: unknown): string | undefined {
  const field = fieldAt(paramTable(id), path);
  if (field === undefined) return undefined;
  if (value === null || value === undefined) return 'has no value';
  if (value === '') return undefined;
  const types = alternatives(field.type);
  if (types.some((type) => takes(type, value))) return undefined;
  return `takes ${[...new Set(types.map((type) => wanted(type, value)))].join(' or ')}`;
}

/** The parameters that have to be in the map at a path and are not among these names. */
export function missingParameters(id: string, path: readonly string[], names: readonly string[]): string[] {
  const field = path.length === 0 ? undefined : fieldAt(paramTable(id), path);
  const table = path.length === 0 ? paramTable(id) : field === undefined ? undefined : tableOf(field.type);
  return (table?.required ?? []).map(({ name }) => name).filter((name) => !names.includes(name));
}

/** The parameter at a path; undefined where anything may stand. */
function fieldAt(table: Table, path: readonly string[]): Field | undefined {
  const [name = '', ...rest] = path;
  const field = table.fields.get(name);
  if (field === undefined || rest.length === 0) return field;
  return inside(field, rest);
}

function inside(field: Field, path: readonly string[]): Field | undefined {
  const [step = '', ...rest] = path;
  for (const type of alternatives(field.type)) {
    if (type.kind === 'object') return fieldAt(nestedParamTable(type.names[0] as string), path);
    if (type.kind !== 'array' || !/^\d+$/.test(step)) continue;
    const element: Field = { name: step, required: false, empty: false, type: type.of };
    return rest.length === 0 ? element : inside(element, rest);
  }
  return undefined;
}

function tableOf(type: Type): Table | undefined {
  const found = alternatives(type).find(({ kind }) => kind === 'object');
  return found?.kind === 'object' ? nestedParamTable(found.names[0] as string) : undefined;
}

const alternatives = (type: Type): readonly Type[] =>
  type.kind === 'union' ? type.of.flatMap(alternatives) : [type];

function takes(type: Type, value: unknown): boolean {
  if (type.kind === 'open') return true;
  if (Array.isArray(value)) return type.kind === 'array';
  if (typeof value === 'object') return ['map', 'object', 'range'].includes(type.kind);
  return takesScalar(type, value as Scalar);
}

function takesScalar(type: Type, value: Scalar): boolean {
  const text = String(value);
  switch (type.kind) {
    case 'string':
    case 'reference':
      return true;
    case 'integer':
    case 'range':
      return /^[+-]?\d+$/.test(text);
    case 'number':
    case 'decimal':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'enum':
      return type.values.has(text);
    default:
      return false;
  }
}

function wanted(type: Type, value: unknown): string {
  switch (type.kind) {
    case 'integer':
      return 'a whole number';
    case 'number':
    case 'decimal':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'enum': {
      const values = [...type.values];
      if (values.length <= MOST) return `one of ${values.join(', ')}`;
      const near = nearest(String(value), values);
      return `one of ${values.length} values${near === undefined ? '' : `; did you mean ${near}`}`;
    }
    case 'array':
      return 'a list';
    case 'map':
    case 'object':
      return 'a map of names and values';
    case 'range':
      return 'a time, or a map with gt, gte, lt or lte';
    default:
      return 'a text';
  }
}
