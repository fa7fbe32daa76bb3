import type { ApiObject } from '../objects.ts';

export type SearchResource = 'charges' | 'customers' | 'payment_intents';

/**
 * What a field is, which decides what may be asked of it (documented): a `token` is compared as a whole, a `string` word
 * by word or by a part, a `numeric` field by size; a `flag` is a token that is only ever true or false.
 */
export type SearchField = 'flag' | 'metadata' | 'numeric' | 'string' | 'token';

/** The documented fields of each resource. */
const FIELDS: Readonly<Record<SearchResource, Readonly<Record<string, SearchField>>>> = {
  charges: {
    amount: 'numeric',
    'billing_details.address.postal_code': 'token',
    created: 'numeric',
    currency: 'token',
    customer: 'token',
    disputed: 'flag',
    metadata: 'metadata',
    refunded: 'flag',
    status: 'token',
    ...cardFields('card', 'card_present', 'interac_present'),
  },
  customers: {
    created: 'numeric',
    email: 'string',
    metadata: 'metadata',
    name: 'string',
    phone: 'string',
  },
  payment_intents: {
    amount: 'numeric',
    created: 'numeric',
    currency: 'token',
    customer: 'token',
    metadata: 'metadata',
    status: 'token',
  },
};

function cardFields(...sources: readonly string[]): Record<string, SearchField> {
  const names = ['brand', 'exp_month', 'exp_year', 'fingerprint', 'last4'];
  const paths = sources.flatMap((source) => names.map((name) => `payment_method_details.${source}.${name}`));
  return Object.fromEntries(paths.map((path) => [path, 'token' as const]));
}

export function fieldOf(resource: SearchResource, name: string): SearchField | undefined {
  return Object.hasOwn(FIELDS[resource], name) ? FIELDS[resource][name] : undefined;
}

/** What an object has in a field; null where it has nothing. */
export function fieldValue(object: ApiObject, field: string, key: string | undefined): unknown {
  if (field === 'refunded') return refundedValue(object);
  const path = key === undefined ? field.split('.') : [field, key];
  let value: unknown = object;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : null;
  }
  return value ?? null;
}

/** For searching, `refunded` has three values: wholly, partly and (null) not at all (documented). */
function refundedValue(charge: ApiObject): boolean | null {
  return charge['amount_refunded'] === 0 ? null : charge['refunded'] === true;
}
