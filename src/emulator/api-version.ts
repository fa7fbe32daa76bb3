import { ApiError } from './api-error.ts';

/**
 * The version an answer is labelled with: the caller's, when it is a possible one. The emulator's objects always have
 * the shape of the newest version, whatever is asked for (docs/fidelity.md).
 *
 * @throws ApiError 400 for a text that cannot be a version (recorded 2026-08).
 */
export function readApiVersion(header: string | undefined, newest: string): string {
  if (header === undefined || header === '') return newest;
  if (/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?(;.*)?$/.test(header)) return header;
  throw new ApiError(
    { message: `Invalid Stripe API version: ${header}`, type: 'invalid_request_error' },
    { status: 400, whileReading: true, logged: false },
  );
}
