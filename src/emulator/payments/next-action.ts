import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/**
 * The page of the HTTP door where a customer completes or fails what an intent waits for. It works while
 * `payintent emulator serve` runs on the same state.
 */
export function hostedPage(world: World, intent: ApiObject, source: string): string {
  const query = new URLSearchParams({ client_secret: intent['client_secret'] as string, source });
  return `${world.setup.baseUrl()}/_payintent/authenticate/${intent.id}?${query}`;
}

/** `next_action` for a page the customer is sent to (fields as recorded 2026-03). */
export function redirectAction(
  world: World,
  intent: ApiObject,
  returnUrl: string | null,
  source: string,
): ApiHash {
  return {
    redirect_to_url: { return_url: returnUrl, url: hostedPage(world, intent, source) },
    type: 'redirect_to_url',
  };
}

/**
 * `next_action` for 3D Secure: a page when the caller named a `return_url`, else what a client library handles
 * (both recorded 2026-03). The emulator runs no real challenge, so the certificates of the directory server are not
 * there; `stripe_js` leads to the emulator's own page.
 */
export function threeDSecureAction(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  terms: { readonly returnUrl: string | null; readonly useStripeSdk: boolean },
  source: string,
): ApiHash {
  if (terms.returnUrl !== null && !terms.useStripeSdk)
    return redirectAction(world, intent, terms.returnUrl, source);
  const brand = (method['card'] as ApiHash | undefined)?.['brand'] ?? null;
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: {
      directory_server_name: brand,
      merchant: world.ids.account,
      one_click_authn: null,
      server_transaction_id: world.ids.uuid(),
      stripe_js: hostedPage(world, intent, source),
      three_d_secure_2_source: source,
      three_ds_frontend_optimizations: null,
      three_ds_method_url: '',
      three_ds_optimizations: 'kf',
      type: 'stripe_3ds2_fingerprint',
    },
  };
}
