import type { ApiRecord } from '../gateway/gateway.ts';

/** A field that a step changed. `null` where there was, or is, nothing. */
export interface Change {
  /** Dotted path: `last_payment_error.code`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What differs between two forms of an object, in the order of its fields. Parts that appear or go as a whole are one
 * change; parts that are there before and after are compared field by field. Against nothing, every field that is set
 * is a change.
 */
export function changesBetween(before: ApiRecord | undefined, after: ApiRecord | undefined): Change[] {
  if (after === undefined) return [];
  const found: Change[] = [];
  compare(before ?? {}, after, '', found);
  return found;
}

function compare(before: ApiRecord, after: ApiRecord, path: string, found: Change[]): void {
  for (const name of new Set([...Object.keys(after), ...Object.keys(before)])) {
    const field = path === '' ? name : `${path}.${name}`;
    const [old, now] = [before[name], after[name]];
    if (isRecord(old) && isRecord(now)) compare(old, now, field, found);
    else if (!isSame(old, now)) found.push({ field, before: old ?? null, after: now ?? null });
  }
}

function isSame(old: unknown, now: unknown): boolean {
  return isNothing(old) ? isNothing(now) : JSON.stringify(old) === JSON.stringify(now);
}

/** What an object shows where nothing was ever put. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is ApiRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
