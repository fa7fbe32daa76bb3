import { SIGNATURE_HEADER } from './signature.ts';

/**
 * The headers of a delivery, as captured from real ones (2022 to 2025).
 *
 * @param signature value of the signature header; none for a delivery that goes unsigned on purpose
 * @param extra headers of the user's own; they win over ours where names are equal, whatever their case
 */
export function deliveryHeaders(
  signature: string | undefined,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    Accept: '*/*; q=0.5, application/xml',
    'Accept-Encoding': 'gzip',
    'Cache-Control': 'no-cache',
  };
  if (signature !== undefined) headers[SIGNATURE_HEADER] = signature;
  const names = Object.keys(extra);
  if (names.length === 0) return headers;
  const replaced = new Set(names.map((name) => name.toLowerCase()));
  for (const name of Object.keys(headers)) if (replaced.has(name.toLowerCase())) delete headers[name];
  return Object.assign(headers, extra);
}
