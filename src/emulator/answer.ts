import type { ApiError } from './api-error.ts';
import type { ApiHash } from './objects.ts';

/**
 * Headers that every answer of the API carries (recorded 2026-06); what depends on the request is added to these.
 * A new literal each time: copying a constant with a spread makes objects that cost the HTTP door a quarter of its
 * answers a second (measured on Node 20).
 */
const commonHeaders = (requestId: string): Record<string, string> => ({
  'content-type': 'application/json',
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'GET, HEAD, PUT, PATCH, POST, DELETE',
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Request-Id, Stripe-Manage-Version, Stripe-Should-Retry, X-Stripe-External-Auth-Required, X-Stripe-Privileged-Session-Required',
  'access-control-max-age': '300',
  'cache-control': 'no-cache, no-store',
  vary: 'Origin',
  'request-id': requestId,
});

export interface AnswerFacts {
  readonly method: string;
  readonly requestId: string;
  readonly version: string | undefined;
  readonly idempotencyKey: string | null;
  readonly stripeAccount: string | undefined;
  /** Id of the first execution, when this answer replays it. */
  readonly replayOf?: string;
  /** Whether an operation ran, in contrast to a refusal while reading parameters. */
  readonly executed: boolean;
}

/**
 * The headers of one answer. POST answers name the request that ran first and say whether a retry makes sense;
 * a POST refused while its parameters were read says nothing of retries; DELETE echoes the key only (recorded 2026-06).
 */
export function answerHeaders(facts: AnswerFacts): Record<string, string> {
  const headers = commonHeaders(facts.requestId);
  if (facts.version !== undefined) headers['stripe-version'] = facts.version;
  if (facts.stripeAccount !== undefined) headers['stripe-account'] = facts.stripeAccount;
  if (facts.method === 'GET') return headers;
  if (facts.idempotencyKey !== null) headers['idempotency-key'] = facts.idempotencyKey;
  if (facts.method !== 'POST') return headers;
  headers['original-request'] = facts.replayOf ?? facts.requestId;
  if (facts.replayOf !== undefined) headers['idempotent-replayed'] = 'true';
  if (facts.executed) headers['stripe-should-retry'] = 'false';
  return headers;
}

/** Pretty-printed with two spaces and no line end, as real bodies are (recorded). */
export function successBody(object: ApiHash): string {
  return JSON.stringify(object, null, 2);
}

const ERROR_KEYS = [
  'advice_code',
  'charge',
  'code',
  'decline_code',
  'doc_url',
  'message',
  'network_advice_code',
  'network_decline_code',
  'param',
  'payment_intent',
  'payment_method',
  'request_log_url',
  'setup_intent',
  'type',
] as const;

/** An error body: keys in alphabetical order, and one line end after it (recorded). */
export function errorBody(problem: ApiError, requestLogUrl: string | undefined): string {
  const given: Readonly<Record<string, unknown>> = { ...problem.error };
  const error: ApiHash = {};
  for (const key of ERROR_KEYS) {
    if (key === 'doc_url') {
      const url = docUrl(problem.error.code);
      if (url !== undefined) error[key] = url;
    } else if (key === 'request_log_url') {
      if (problem.logged && requestLogUrl !== undefined) error[key] = requestLogUrl;
    } else if (given[key] !== undefined) {
      error[key] = given[key];
    }
  }
  return `${JSON.stringify({ error }, null, 2)}\n`;
}

/** Stripe's page about an error code; codes of the emulator's own have none. */
export function docUrl(code: string | undefined): string | undefined {
  if (code === undefined || code.startsWith('emulator_')) return undefined;
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}
