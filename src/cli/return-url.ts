import type { ApiRecord } from '../gateway/gateway.ts';
import type { Context } from './context.ts';
import type { Input } from './input.ts';
import { valueAt } from './view.ts';

/** Where a redirect method may send a customer who exists in tests only. */
const exampleReturnUrl = 'https://example.com/return';

/** Types that never leave the page; with these alone no `return_url` is wanted. */
const stayingTypes = new Set([
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'card',
  'card_present',
  'customer_balance',
  'link',
  'nz_bank_account',
  'sepa_debit',
  'us_bank_account',
]);

/**
 * The API refuses to confirm an intent that may redirect and has no `return_url` (recorded 2026-04). A person at a shell
 * has no page to return to, so one is added, which stderr says; `--no-return-url` leaves it out.
 *
 * @param intent the intent to confirm, or undefined while it is being created
 */
export function withReturnUrl(
  context: Context,
  input: Input,
  params: ApiRecord,
  intent: ApiRecord | undefined,
): ApiRecord {
  if (input.flag('no-return-url') || !wantsReturnUrl(params, intent)) return params;
  context.report.note(`return_url ${exampleReturnUrl} (--no-return-url leaves it out)`, 'Added');
  return { ...params, return_url: exampleReturnUrl };
}

function wantsReturnUrl(params: ApiRecord, intent: ApiRecord | undefined): boolean {
  if (params['return_url'] !== undefined || isTrue(params['off_session'])) return false;
  const types =
    params['payment_method_types'] ?? (automatic(intent) ? undefined : intent?.['payment_method_types']);
  if (Array.isArray(types)) return types.some((type) => !stayingTypes.has(String(type)));
  const redirects =
    valueAt(params, 'automatic_payment_methods.allow_redirects') ??
    valueAt(intent, 'automatic_payment_methods.allow_redirects');
  return redirects !== 'never';
}

function automatic(intent: ApiRecord | undefined): boolean {
  return valueAt(intent, 'automatic_payment_methods.enabled') === true;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
