import { type ApiError, invalidRequest } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';
import { objectTable, operation, type Table } from './tables.ts';
import type { Field, Type } from './type-expression.ts';

/** `data` of a list counts as a level (public issues show five levels with `data` refused). */
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
 * Refuses paths that an operation's answer cannot expand. Stripe does this while it reads parameters, so a bad path
 * outranks a missing object and an operation with one has no effect (probed in public 2026-09).
 *
 * @throws ApiError
 */
export function checkExpandPaths(operationId: string, paths: readonly string[]): void {
  const { returns, type } = operation(operationId);
  const names = returns.split('/');
  for (const path of paths) {
    const segments = path.split('.');
    if (segments.length > MAX_LEVELS) throw tooDeep(path);
    if (type === undefined) {
      checkStep(names, segments, 0);
    } else if (segments[0] === 'data') {
      // A bare `data` is accepted and changes nothing (probed in public 2026-09).
      if (segments.length > 1) checkStep(names, segments, 1);
    } else if (type !== 'search' || path !== 'total_count') {
      throw cannotExpand(
        segments[0] as string,
        ` You may want to try expanding 'data.${segments[0]}' instead.`,
      );
    }
  }
}

/** Checks `segments[at]` as a field of one of the objects. Objects outside the tables may have anything. */
function checkStep(names: readonly string[], segments: readonly string[], at: number): void {
  const tables = names.map(objectTable);
  if (tables.includes(undefined)) return;
  const segment = segments[at] as string;
  const table = (tables as Table[]).find((candidate) => candidate.fields.has(segment));
  const type = table?.fields.get(segment)?.type;
  if (type === undefined || !isExpandable(type)) throw cannotExpand(segments.slice(0, at + 1).join('.'));
  if (at + 1 < segments.length) checkBelow(type, segments, at + 1);
}

function checkBelow(type: Type, segments: readonly string[], at: number): void {
  const inner = type.kind === 'array' ? type.of : type;
  if (inner.kind === 'list') {
    if (segments[at] !== 'data') throw cannotExpand(segments.slice(0, at + 1).join('.'));
    if (at + 1 < segments.length) checkStep(inner.names, segments, at + 1);
  } else if ((inner.kind === 'object' || inner.kind === 'reference') && inner.names.length === 1) {
    checkStep(inner.names, segments, at);
  }
  // Below a reference to one of several kinds of object Stripe accepts any name (public issues: `customer.foo`).
}

/** Ids of objects, objects that are in the answer already (accepted, without effect), and lists of either. */
function isExpandable(type: Type): boolean {
  if (type.kind === 'array') return isExpandable(type.of);
  return type.kind === 'reference' || type.kind === 'object' || type.kind === 'list' || type.kind === 'open';
}

/** Quoted in public issues, with this code and without a param. */
function tooDeep(path: string): ApiError {
  return invalidRequest(
    `You cannot expand more than 4 levels of a property. Property: ${path}`,
    { code: 'property_expansion_max_depth' },
    { whileReading: true },
  );
}

/** Probed in public 2026-09: no code, no param; the path up to the first name that does not fit. */
function cannotExpand(path: string, hint = ''): ApiError {
  return invalidRequest(`This property cannot be expanded (${path}).${hint}`, {}, { whileReading: true });
}
