import type { ApiRecord } from './gateway.ts';

/** What kind of failure it is: code branches on this, people read the message. */
export type FailureKind =
  | 'api'
  | 'auth'
  | 'declined'
  | 'invalid'
  | 'network'
  | 'not_emulated'
  | 'not_found'
  | 'permission'
  | 'rate_limited'
  | 'wrong_status';

export interface ProxyFacts {
  /** The variable that names it. */
  readonly variable: string;
  /** What the proxy itself answered instead of leading on: 407, 403, 502, … */
  readonly status?: number | undefined;
}

export interface FailureFacts {
  readonly kind: FailureKind;
  readonly status?: number | undefined;
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  readonly declineCode?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
  /** True when the idempotency key had been used before and the first refusal came back. */
  readonly replayed?: boolean | undefined;
  /** How long the server asks to wait before another try, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What became of the connection where no answer came: `ECONNRESET`, `ECONNREFUSED`, `ETIMEDOUT`. */
  readonly networkCode?: string | undefined;
  /** What the answer says it is written in. */
  readonly apiVersion?: string | undefined;
  /** The `Date` header of the answer, as it was sent. */
  readonly date?: string | undefined;
  /** The proxy that the request was to go through, where no answer came. */
  readonly proxy?: ProxyFacts | undefined;
  /** The `error` hash of the answer, as answered; empty when there was no answer. */
  readonly body: ApiRecord;
}

/** A refused or failed request, the same for both targets because both come through the SDK. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly facts: FailureFacts;

  constructor(message: string, facts: FailureFacts, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.facts = facts;
  }

  get kind(): FailureKind {
    return this.facts.kind;
  }

  /** The intent embedded in the error, if the API sent one. */
  get intent(): ApiRecord | undefined {
    const intent = this.facts.body['payment_intent'];
    return typeof intent === 'object' && intent !== null
      ? Object.fromEntries(Object.entries(intent))
      : undefined;
  }
}

const wrongStatusCodes = new Set([
  'charge_already_captured',
  'charge_already_refunded',
  'charge_disputed',
  'charge_expired_for_capture',
  'charge_not_refundable',
  'capture_charge_authorization_expired',
  'payment_intent_unexpected_state',
  'setup_intent_unexpected_state',
  'refund_disputed_payment',
]);

/** Sorts an answered error by what a program would do about it. */
export function failureKind(status: number, type: string | undefined, code: string | undefined): FailureKind {
  if (code === 'emulator_unsupported') return 'not_emulated';
  if (status === 401) return 'auth';
  if (status === 403) return 'permission';
  if (status === 402 || type === 'card_error') return 'declined';
  if (status === 429 || code === 'idempotency_key_in_use') return 'rate_limited';
  if (code !== undefined && wrongStatusCodes.has(code)) return 'wrong_status';
  if (status === 404) return 'not_found';
  if (code === 'resource_missing') return 'not_found';
  if (status >= 500 || type === 'api_error') return 'api';
  return 'invalid';
}

/** Why a connection failed. Failures of a dual-stack host arrive as an AggregateError without a message of its own. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
