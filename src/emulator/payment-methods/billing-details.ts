import type { ApiHash } from '../objects.ts';

const ADDRESS_FIELDS = ['city', 'country', 'line1', 'line2', 'postal_code', 'state'] as const;
const CONTACT_FIELDS = ['email', 'name', 'phone', 'tax_id'] as const;

const textOrNull = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

/** Two-letter country codes come back in capitals (public tests against the live API); longer names as sent (recorded). */
function addressValue(field: string, value: unknown): unknown {
  const text = textOrNull(value);
  return field === 'country' && typeof text === 'string' && text.length === 2 ? text.toUpperCase() : text;
}

/** A postal address as objects show it: six fields, null where nothing was given; null when there is no address. */
export function addressHash(given: unknown): ApiHash | null {
  if (typeof given !== 'object' || given === null) return null;
  const hash = given as ApiHash;
  return Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, addressValue(field, hash[field])]));
}

/** `billing_details` with every field there, null where nothing was given. */
export function billingDetails(given: ApiHash): ApiHash {
  return {
    address: addressHash(given['address'] || {}),
    ...Object.fromEntries(CONTACT_FIELDS.map((field) => [field, textOrNull(given[field])])),
  };
}

/** `current` with what an update gives: field by field, the address too; an empty string unsets. */
export function mergeBillingDetails(current: ApiHash, given: ApiHash): ApiHash {
  const address = given['address'];
  const merged =
    address === undefined
      ? current['address']
      : address === ''
        ? {}
        : { ...(current['address'] as ApiHash | null), ...(address as ApiHash) };
  return billingDetails({ ...current, ...given, address: merged });
}
