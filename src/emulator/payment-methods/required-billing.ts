import { missingParam } from '../api/param-errors.ts';
import { pathOf } from '../api/param-path.ts';
import type { ApiHash } from '../objects.ts';

type Field = 'address' | 'email' | 'name';

const ADDRESS = ['line1', 'city', 'postal_code', 'country'] as const;

/**
 * Billing details without which Stripe makes no method of a type. Quoted from real answers for bancontact, promptpay and
 * us_bank_account; recorded requests give no more and no less for acss_debit, boleto, eps, giropay, oxxo and p24; the
 * rest is from the page of each method.
 */
const REQUIRED: Readonly<Record<string, readonly Field[]>> = {
  acss_debit: ['name', 'email'],
  afterpay_clearpay: ['name', 'email', 'address'],
  au_becs_debit: ['name', 'email'],
  bacs_debit: ['name', 'email', 'address'],
  bancontact: ['name'],
  boleto: ['name', 'email', 'address'],
  eps: ['name'],
  giropay: ['name'],
  konbini: ['name', 'email'],
  multibanco: ['email'],
  nz_bank_account: ['name', 'email'],
  oxxo: ['name', 'email'],
  p24: ['email'],
  promptpay: ['email'],
  sepa_debit: ['name', 'email'],
  us_bank_account: ['name'],
};

/**
 * Checks the billing details a type needs. The parameter has no prefix, even inside `payment_method_data` (seen in an
 * answer of 2026).
 *
 * @throws ApiError 400 `parameter_missing`
 */
export function requireBillingDetails(type: string, data: ApiHash): void {
  const given = (data['billing_details'] ?? {}) as ApiHash;
  for (const field of REQUIRED[type] ?? []) {
    if (field === 'address') requireAddress((given['address'] ?? {}) as ApiHash);
    else requireText(given, field, 'billing_details');
  }
}

function requireAddress(address: ApiHash): void {
  for (const field of ADDRESS) requireText(address, field, 'billing_details[address]');
}

function requireText(hash: ApiHash, field: string, parent: string): void {
  if (typeof hash[field] !== 'string' || hash[field] === '') throw missingParam(pathOf(parent, field));
}
