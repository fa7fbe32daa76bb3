import qs from 'qs';
import { invalidRequest } from './api-error.ts';
import type { Params } from './objects.ts';
import { parsePlainForm } from './plain-form.ts';

/** Deeper than any parameter Stripe documents; what lies deeper is refused, not ignored. */
const MAX_DEPTH = 12;
const MAX_PARAMETERS = 1000;

const NUMBERED = { parseArrays: false, duplicates: 'last' } as const;
const APPENDED = { parseArrays: true, arrayLimit: MAX_PARAMETERS, duplicates: 'combine' } as const;

/**
 * Reads a form body or a query string the way Stripe does: `a[b]=c` nests, `a[]=x` appends, `a[0]=x` numbers.
 * Numbered sequences come back as objects with numeric keys, so that a sequence that does not start at 0 can be refused.
 *
 * @throws ApiError when it nests too deeply or holds too many parameters.
 */
export function parseFormParams(text: string): Params {
  if (text === '') return {};
  const plain = parsePlainForm(text, MAX_PARAMETERS, MAX_DEPTH);
  if (plain !== undefined) return plain;
  const appended = text.includes('[]=') || /%5B%5D=/i.test(text);
  try {
    return qs.parse(text, {
      ...(appended ? APPENDED : NUMBERED),
      depth: MAX_DEPTH,
      strictDepth: true,
      parameterLimit: MAX_PARAMETERS,
      throwOnLimitExceeded: true,
      plainObjects: true,
    }) as Params;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidRequest(`Invalid request: ${error.message}`, {}, { whileReading: true });
  }
}
