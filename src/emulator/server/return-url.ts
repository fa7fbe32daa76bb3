/** What Stripe tells the merchant's page about the customer's return. */
export type RedirectStatus = 'succeeded' | 'pending' | 'failed';

/**
 * The address the customer goes back to: the merchant's `return_url` with Stripe's parameters appended
 * (`payment_intent`, `payment_intent_client_secret`, `redirect_status`, or the same for a SetupIntent; Stripe docs). What the
 * merchant had put into query and fragment stays as it was, byte for byte.
 */
export function withRedirectResult(
  returnUrl: string,
  intent: { readonly id: string; readonly object: string; readonly clientSecret: string },
  status: RedirectStatus,
): string {
  const parameters = [
    [intent.object, intent.id],
    [`${intent.object}_client_secret`, intent.clientSecret],
    ['redirect_status', status],
  ].map(([name, value]) => `${encodeURIComponent(name as string)}=${encodeURIComponent(value as string)}`);
  const hash = returnUrl.indexOf('#');
  const base = hash < 0 ? returnUrl : returnUrl.slice(0, hash);
  const fragment = hash < 0 ? '' : returnUrl.slice(hash);
  const glue = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return `${base}${glue}${parameters.join('&')}${fragment}`;
}

/** Schemes that run code or read files in the page that follows them. An app's own scheme (`myapp://`) is fine. */
const UNSAFE_SCHEMES = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/** True when a browser may be sent to this address. */
export function isSafeReturnUrl(returnUrl: string): boolean {
  const url = parse(returnUrl);
  return url !== undefined && !UNSAFE_SCHEMES.has(url.protocol);
}

/**
 * The address as a CSP source. Browsers apply `form-action` to where a submitted form is redirected, so the merchant's
 * address has to be named there.
 */
export function cspSource(returnUrl: string): string | undefined {
  const url = parse(returnUrl);
  if (url === undefined) return undefined;
  return /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/.test(url.origin) ? url.origin : url.protocol;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
