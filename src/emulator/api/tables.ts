import objectsJson from './tables/objects.json' with { type: 'json' };
import operationsJson from './tables/operations.json' with { type: 'json' };
import routesJson from './tables/routes.json' with { type: 'json' };
import { type EnumSource, type Field, parseField } from './type-expression.ts';
import { undocumentedFields, undocumentedParams } from './undocumented.ts';

/** The parameters an operation or one of its nested hashes takes, or the fields an object or one of its parts has. */
export interface Table {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** Those of `fields` that are required, in the order of the declaration. */
  readonly required: readonly Field[];
}

export interface OperationTable {
  /** `payment_intents.create` */
  readonly id: string;
  readonly method: 'DELETE' | 'GET' | 'POST';
  /** `/v1/payment_intents/{id}/confirm` */
  readonly path: string;
  /** Absent for operations that answer with one object. */
  readonly type?: 'list' | 'search';
  /** Names of the objects it can answer with, joined with `/`. */
  readonly returns: string;
}

/** Rows are lines of text, taken apart when first needed: see scripts/generate-api-tables.mjs. */
type Shapes = Readonly<Record<string, string>>;

const operationRows = operationsJson.operations as unknown as Readonly<Record<string, string>>;
const paramShapes = operationsJson.shapes as unknown as Shapes;
const paramEnums = operationsJson.enums as unknown as EnumSource;
const objectRows = objectsJson.objects as unknown as Shapes;
const objectShapes = objectsJson.shapes as unknown as Shapes;
const objectEnums = objectsJson.enums as unknown as EnumSource;

/** What the tables were generated from. */
export const TABLES_SOURCE: { readonly apiVersion: string; readonly stripe: string } = {
  apiVersion: operationsJson.meta.api_version,
  stripe: operationsJson.meta.stripe,
};

function makeTable(
  name: string,
  line: string,
  extras: Readonly<Record<string, string>> | undefined,
  enums: EnumSource,
  requiredByDefault: boolean,
): Table {
  const fields = new Map<string, Field>();
  const add = (field: string, type: string) =>
    fields.set(field, parseField(field, type, enums, requiredByDefault));
  for (const entry of line === '' ? [] : line.split(' ')) {
    const colon = entry.indexOf(':');
    add(entry.slice(0, colon), entry.slice(colon + 1));
  }
  for (const field in extras) add(field, extras[field] as string);
  return { name, fields, required: [...fields.values()].filter((field) => field.required) };
}

/** Own property of a JSON object; names from requests must not reach `Object.prototype`. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const operationParams = new Map<string, Table>();
const nestedParams = new Map<string, Table>();
const objects = new Map<string, Table | undefined>();

function operationRow(id: string): string[] {
  const row = own(operationRows, id);
  if (row === undefined) throw new Error(`The API tables have no operation ${id}`);
  return row.split(' ');
}

/** Everything known of one operation. @throws Error for an unknown id (a bug). */
export function operation(id: string): OperationTable {
  const [method, path, returns, , type] = operationRow(id);
  return { id, method, path, returns, ...(type === undefined ? {} : { type }) } as OperationTable;
}

/** All operations the tables describe: the rows of a router. */
export function operations(): OperationTable[] {
  return Object.keys(operationRows).map(operation);
}

/** Every route of Stripe's v1 API, emulated or not; `{}` stands for a placeholder. */
export function* knownRoutes(): Generator<{ readonly method: string; readonly path: string }> {
  const { routes } = routesJson as unknown as { routes: Readonly<Record<string, string>> };
  for (const path in routes) {
    for (const method of (routes[path] as string).split(' ')) yield { method, path };
  }
}

/** The parameters of an operation. @throws Error for an unknown id (a bug). */
export function paramTable(operationId: string): Table {
  let table = operationParams.get(operationId);
  if (table === undefined) {
    const line = paramShapes[operationRow(operationId)[3] as string] as string;
    table = makeTable(operationId, line, undocumentedParams(operationId), paramEnums, false);
    operationParams.set(operationId, table);
  }
  return table;
}

/** The parameters of a nested hash, by the name its parent gives it. @throws Error for an unknown name (a bug). */
export function nestedParamTable(name: string): Table {
  let table = nestedParams.get(name);
  if (table === undefined) {
    const line = own(paramShapes, name);
    if (line === undefined) throw new Error(`The API tables have no parameters ${name}`);
    table = makeTable(name, line, undocumentedParams(name), paramEnums, false);
    nestedParams.set(name, table);
  }
  return table;
}

/**
 * The fields of an object (`payment_intent`, `deleted_customer`) or of a shape inside one. Undefined for objects that
 * belong to parts of Stripe outside these tables (`invoice`).
 */
export function objectTable(name: string): Table | undefined {
  if (objects.has(name)) return objects.get(name);
  const line = own(objectRows, name) ?? own(objectShapes, name);
  const table =
    line === undefined ? undefined : makeTable(name, line, undocumentedFields(name), objectEnums, true);
  objects.set(name, table);
  return table;
}

/** Names of the whole objects that the tables describe. */
export function objectNames(): string[] {
  return Object.keys(objectRows);
}

/**
 * The shape at a path inside an object: `payment_intent.next_action.redirect_to_url`. Arrays are looked through.
 * Undefined where there is no such nested shape.
 */
export function nestedTable(path: string): Table | undefined {
  let table = nestedTables.get(path);
  if (table === undefined) {
    table = findNestedTable(path);
    if (table !== undefined) nestedTables.set(path, table);
  }
  return table;
}

/** Shapes found so far: every intent asks for those of its options. */
const nestedTables = new Map<string, Table>();

function findNestedTable(path: string): Table | undefined {
  const [object = '', ...names] = path.split('.');
  let table = objectTable(object);
  for (const name of names) {
    let type = table?.fields.get(name)?.type;
    while (type?.kind === 'array') type = type.of;
    table = type?.kind === 'object' ? objectTable(type.names[0] as string) : undefined;
  }
  return table;
}
