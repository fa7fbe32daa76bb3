import type { Params } from './objects.ts';

/** Parameters of the SDKs and of browsers that no operation declares and that change nothing. */
const BROWSER_PARAMETERS = [
  'key',
  '_stripe_account',
  '_stripe_version',
  'payment_user_agent',
  'guid',
  'muid',
  'sid',
  'referrer',
  'time_on_page',
  'pasted_fields',
  'expected_payment_method_type',
  'client_attribution_metadata',
] as const;

/** Hashes in which the SDKs repeat some of them (recorded from the iOS SDK, 2025). */
const HASHES = ['card', 'payment_method_data'] as const;

/** What the mobile SDKs say of the app that the customer comes back to (recorded 2025). */
const ALIPAY_APP = ['app_bundle_id', 'app_version_key'] as const;

/** Removes, in place, what clients send along for Stripe's own statistics. */
export function dropBrowserParams(raw: Params): void {
  drop(raw, BROWSER_PARAMETERS);
  for (const name of HASHES) drop(raw[name], BROWSER_PARAMETERS);
  drop((raw['payment_method_options'] as Params | undefined)?.['alipay'], ALIPAY_APP);
}

function drop(hash: unknown, names: readonly string[]): void {
  if (typeof hash !== 'object' || hash === null) return;
  for (const name of names) delete (hash as Params)[name];
}
