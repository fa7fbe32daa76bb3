import type { Table } from './tables.ts';
import type { Field } from './type-expression.ts';

// What the types cannot say about parameters.

/** Characters that a string parameter may have (Stripe's public OpenAPI description), where nothing else is known. */
const GENERAL_LIMIT = 5000;

/** The same for certain parameters wherever they occur (the API reference). */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ['statement_descriptor', 22],
  ['statement_descriptor_suffix', 22],
]);

/** ... and for parameters of one operation (public tests against the live API; OpenAPI for the intents). */
const OPERATION_LIMITS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['customers.create', customerLimits()],
  ['customers.update', customerLimits()],
  ['payment_intents.create', new Map([['description', 1000]])],
  ['payment_intents.update', new Map([['description', 1000]])],
]);

function customerLimits(): ReadonlyMap<string, number> {
  return new Map([
    ['description', 350],
    ['name', 256],
  ]);
}

/** The longest text that a parameter takes. */
export function stringLimit(table: Table, name: string): number {
  return OPERATION_LIMITS.get(table.name)?.get(name) ?? LIMITS.get(name) ?? GENERAL_LIMIT;
}

const ADDRESS_LINES: ReadonlySet<string> = new Set([
  'city',
  'line2',
  'postal_code',
  'state',
  'country',
  'line1',
]);

/** Text about a customer that an empty string clears (recorded for `name` and `description` on creation). */
const CUSTOMER_TEXT: ReadonlySet<string> = new Set([
  'business_name',
  'description',
  'email',
  'individual_name',
  'name',
  'phone',
]);

/**
 * Whether an empty string is taken although the types do not say so. Known of a customer's own texts, and of the lines
 * of an address, which every checkout form sends, filled in or not. For the description of an intent or a charge it is a
 * guess: their updates are taken to clear it.
 */
export function mayBeEmpty(table: Table, field: Field): boolean {
  if (field.type.kind !== 'string') return false;
  if (table.name === 'customers.create' || table.name === 'customers.update')
    return CUSTOMER_TEXT.has(field.name);
  // Public code clears the default method with an empty string; the footer is taken to behave the same.
  if (table.name === 'customer_update_params.invoice_settings') return true;
  if (table.name.endsWith('.update')) return field.name === 'description';
  // Recorded 2022: a checkout form sent the name of nobody yet.
  if (table.fields.has('tracking_number') && table.fields.has('carrier')) return true;
  return ADDRESS_LINES.has(field.name) && table.fields.has('postal_code') && !field.required;
}

/** Enums that Stripe lists in another order than the types, which sort them. */
const ENUM_ORDER: ReadonlyMap<string, readonly string[]> = new Map([
  // Probed in public 2026-09.
  ['tax_exempt', ['none', 'reverse', 'exempt']],
  // In the order of the API reference, as with the refund's reasons, which are known.
  // Recorded 2025.
  [
    'payment_method_options[card][network]',
    'amex cartes_bancaires diners discover eftpos_au girocard interac jcb link mastercard unionpay visa unknown'.split(
      ' ',
    ),
  ],
  ['cancellation_reason', ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']],
]);

/** The values of an enum in the order in which Stripe's message lists them. */
export function enumOrder(values: readonly string[], path: string): readonly string[] {
  const order = ENUM_ORDER.get(path);
  return order !== undefined && order.length === values.length ? order : values;
}
