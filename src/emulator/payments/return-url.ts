import { type ErrorBody, invalidRequest } from '../api-error.ts';

/**
 * Refuses a `return_url` that leads nowhere. Apps may name addresses of their own (`myapp://paid`). The code is
 * documented; the wording is second-hand.
 *
 * @throws ApiError 400 `url_invalid`
 */
export function requireValidReturnUrl(
  url: unknown,
  subject: Pick<ErrorBody, 'payment_intent' | 'setup_intent'>,
): void {
  if (typeof url !== 'string' || URL.canParse(url)) return;
  throw invalidRequest('Not a valid URL', { code: 'url_invalid', param: 'return_url', ...subject });
}
