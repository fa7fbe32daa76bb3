import { createHash } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Params } from './objects.ts';
import type { Store } from './store/store.ts';

/** Keys are forgotten after a day (Stripe documentation: idempotent requests). */
export const KEY_LIFETIME_SECONDS = 24 * 60 * 60;
const MAX_KEY_LENGTH = 255;

export interface FirstAnswer {
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
}

/** Parameters as one text that does not depend on their order. */
export function fingerprintParams(params: Params): string {
  return createHash('sha256').update(canonical(params)).digest('base64url');
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const hash = value as Params;
  const entries = Object.keys(hash)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(hash[key])}`);
  return `{${entries.join()}}`;
}

/**
 * Finds the answer this key already got.
 *
 * @throws ApiError `idempotency_error`, HTTP 400, when the key was used for another endpoint or other parameters
 *   (parameters: recorded 2026-08; endpoint: start of the text second-hand).
 */
export function findFirstAnswer(
  store: Store,
  request: { key: string; method: string; path: string; bodyHash: string; now: number },
): FirstAnswer | undefined {
  if (request.key.length > MAX_KEY_LENGTH) {
    throw new ApiError(
      {
        message: `Idempotency keys can be at most ${MAX_KEY_LENGTH} characters long; this one has ${request.key.length}.`,
        type: 'idempotency_error',
      },
      { whileReading: true },
    );
  }
  const record = store.getIdempotent(request.key);
  if (record === undefined || record.createdAt + KEY_LIFETIME_SECONDS <= request.now) return undefined;
  if (record.method !== request.method || record.path !== request.path) {
    throw misused(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${request.path}' vs '${record.path}'). Try using a key other than '${request.key}' if you meant to execute a different request.`,
    );
  }
  if (record.bodyHash !== request.bodyHash) {
    throw misused(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.key}' if you meant to execute a different request.`,
    );
  }
  return { requestId: record.requestId, status: record.status, body: record.body };
}

const misused = (message: string) => new ApiError({ message, type: 'idempotency_error' });
