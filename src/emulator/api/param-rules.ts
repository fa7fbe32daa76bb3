import type { Table } from './tables.ts';
import type { Field } from './type-expression.ts';

// What the types cannot say about parameters.

/** Characters a string parameter may have at most; the general limit is that of Stripe's public OpenAPI description. */
const GENERAL_LIMIT = 5000;
const LIMITS: Readonly<Record<string, number>> = {
  statement_descriptor: 22,
  statement_descriptor_suffix: 22,
  description: 1000,
};

/** The longest text that a parameter of this name takes. */
export function stringLimit(name: string): number {
  return Object.hasOwn(LIMITS, name) ? (LIMITS[name] as number) : GENERAL_LIMIT;
}

const ADDRESS_FIELDS = ['city', 'country', 'line1', 'line2', 'postal_code', 'state'];

/**
 * True for strings that may be sent empty although the types do not say so: the lines of an address, which every checkout
 * form sends, filled in or not (public issues show `address[line2]=` accepted).
 */
export function mayBeEmpty(table: Table, field: Field): boolean {
  return (
    field.type.kind === 'string' && ADDRESS_FIELDS.includes(field.name) && table.fields.has('postal_code')
  );
}

/** Enums whose values Stripe lists in another order than the types, which sort them. */
const ENUM_ORDER: Readonly<Record<string, readonly string[]>> = {
  tax_exempt: ['none', 'reverse', 'exempt'],
};

/** The values of an enum in the order in which Stripe's message lists them. */
export function enumOrder(values: readonly string[], path: string): readonly string[] {
  return Object.hasOwn(ENUM_ORDER, path) ? (ENUM_ORDER[path] as readonly string[]) : values;
}
