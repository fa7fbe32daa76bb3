import {
  nestedParamTable,
  objectTable,
  operation,
  operations,
  paramTable,
  type Table,
} from '../emulator/api/tables.ts';
import type { Type } from '../emulator/api/type-expression.ts';
import type { RequestMethod } from './gateway.ts';

/** An operation of the API as callers of the gateway see it. */
export interface ApiCall {
  /** `payment_intents.confirm` */
  readonly id: string;
  readonly method: RequestMethod;
  /** `/v1/payment_intents/{intent}/confirm` */
  readonly path: string;
}

let calls: ReadonlyMap<string, ApiCall> | undefined;

function allCalls(): ReadonlyMap<string, ApiCall> {
  calls ??= new Map(operations().map(({ id, method, path }) => [id, { id, method, path }]));
  return calls;
}

/** An operation by its id; undefined for one the tables do not describe. */
export function findCall(id: string): ApiCall | undefined {
  return allCalls().get(id);
}

export function callIds(): string[] {
  return [...allCalls().keys()];
}

/** The path with ids in its placeholders, in order. */
export function callPath(call: ApiCall, ids: readonly string[]): string {
  const left = [...ids];
  return call.path.replaceAll(/\{[^}]*\}/g, () => encodeURIComponent(left.shift() ?? ''));
}

/** How many objects the path of an operation names. */
export function placeholders(call: ApiCall): number {
  return [...call.path.matchAll(/\{/g)].length;
}

/** Names of the fields that an operation's answer has; undefined where the tables do not describe it. */
export function answerFields(id: string): string[] | undefined {
  const { returns, type } = operation(id);
  if (type !== undefined) return ['data', 'has_more', 'object', 'url'];
  const tables = returns.split('/').map(objectTable);
  if (tables.includes(undefined)) return undefined;
  return tables.flatMap((table) => [...(table?.fields.keys() ?? [])]);
}

/** The statuses that what an operation answers can have; none where it has no status. */
export function answerStatuses(id: string): string[] {
  const { returns, type } = operation(id);
  if (type !== undefined) return [];
  const field = objectTable(returns.split('/')[0] as string)?.fields.get('status');
  return field?.type.kind === 'enum' ? [...field.type.values] : [];
}

/** A parameter name that an operation does not take. */
export interface UnknownParameter {
  /** The part that is unknown: `metdata` of `metdata[order]`. */
  readonly name: string;
  /** What stands before it: `payment_method_options[card]`; empty at the top. */
  readonly parent: string;
  /** What could stand there. */
  readonly known: readonly string[];
}

/**
 * Looks for the first part of a parameter's path (`['metadata', 'order']`) that the operation does not have; undefined
 * when all of it is known. Keys of maps and numbers of arrays may be anything.
 */
export function unknownParameter(id: string, steps: readonly string[]): UnknownParameter | undefined {
  let table = paramTable(id);
  for (const [index, step] of steps.entries()) {
    const field = table.fields.get(step);
    const parent = bracketed(steps.slice(0, index));
    if (field === undefined) {
      // `[]` and `[0]` choose an element of an array whose fields come next.
      if (index > 0 && /^\d*$/.test(step)) continue;
      return { name: step, parent, known: [...table.fields.keys()] };
    }
    const inside = insideOf(field.type);
    if (inside === 'anything') return undefined;
    const next = steps[index + 1];
    if (next === undefined) return undefined;
    if (inside === 'nothing') return { name: next, parent: bracketed(steps.slice(0, index + 1)), known: [] };
    table = inside;
  }
  return undefined;
}

function bracketed(steps: readonly string[]): string {
  const [first = '', ...rest] = steps;
  return first + rest.map((step) => `[${step}]`).join('');
}

/** What may stand in brackets behind a parameter of this type. */
function insideOf(type: Type): Table | 'anything' | 'nothing' {
  switch (type.kind) {
    case 'object':
      return nestedParamTable(type.names[0] as string);
    case 'array': {
      const inner = insideOf(type.of);
      return inner === 'nothing' ? 'anything' : inner;
    }
    case 'union': {
      const inner = type.of.map(insideOf);
      return (
        inner.find((one) => typeof one === 'object') ?? inner.find((one) => one === 'anything') ?? 'nothing'
      );
    }
    case 'map':
    case 'open':
    case 'range':
      return 'anything';
    default:
      return 'nothing';
  }
}
