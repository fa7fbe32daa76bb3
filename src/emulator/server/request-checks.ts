import type { ApiResponse } from '../wire.ts';
import { refusal } from './door-answer.ts';

/** Methods the API knows (recorded: `Access-Control-Allow-Methods`), and the preflight of browsers. */
const METHODS = new Set(['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUT', 'PATCH']);

export const isKnownMethod = (method: string): boolean => METHODS.has(method);

/** 405 for a method the API has no use for. */
export function methodRefusal(method: string): ApiResponse {
  const answer = refusal(405, `Unsupported HTTP method: ${method}.`);
  return { ...answer, headers: { ...answer.headers, allow: [...METHODS].join(', ') } };
}

/** True when every `%` begins a pair of hex digits and the bytes they stand for are UTF-8. */
export function isWellEncoded(text: string): boolean {
  if (!text.includes('%')) return true;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses a body that is not form-encoded, which is all that the v1 API reads. A missing content type passes: some clients
 * send none.
 */
export function contentTypeRefusal(contentType: string | undefined): ApiResponse | undefined {
  if (contentType === undefined || contentType === FORM) return undefined;
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === FORM || type === '') return undefined;
  if (type === 'multipart/form-data') {
    return refusal(
      400,
      'multipart/form-data is unsupported by the emulator: send the parameters as application/x-www-form-urlencoded.',
    );
  }
  return refusal(
    400,
    'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
  );
}

const FORM = 'application/x-www-form-urlencoded';
