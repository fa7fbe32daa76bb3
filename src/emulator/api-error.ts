import type { Refusal } from '../domain/refusals.ts';
import type { ApiObject } from './objects.ts';

export type ErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

/** The `error` hash of an answer, without what the request adds (`doc_url`, `request_log_url`). */
export interface ErrorBody {
  advice_code?: string;
  charge?: string;
  code?: string;
  decline_code?: string;
  message: string;
  network_advice_code?: string;
  network_decline_code?: string;
  param?: string;
  payment_intent?: ApiObject;
  payment_method?: ApiObject;
  setup_intent?: ApiObject;
  type: ErrorType;
}

export interface ApiErrorOptions {
  /** HTTP status; 400 unless said otherwise. */
  status?: number;
  /** True for outcomes that are also facts, such as a decline: what the operation wrote is kept. */
  keepsState?: boolean;
  /**
   * True when the error was raised while reading parameters. Such answers carry no `Stripe-Should-Retry`
   * header (recorded 2026-06).
   */
  whileReading?: boolean;
  /** False for the few answers that come from before the API proper and carry no `request_log_url`. */
  logged?: boolean;
}

/** A refusal in Stripe's terms: becomes the HTTP answer when it leaves an operation. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: ErrorBody;
  readonly keepsState: boolean;
  readonly whileReading: boolean;
  readonly logged: boolean;

  constructor(error: ErrorBody, options: ApiErrorOptions = {}) {
    super(error.message);
    this.name = 'ApiError';
    this.error = error;
    this.status = options.status ?? 400;
    this.keepsState = options.keepsState ?? false;
    this.whileReading = options.whileReading ?? false;
    this.logged = options.logged ?? true;
  }
}

/** An `invalid_request_error`, HTTP 400 unless `options.status` says otherwise. */
export function invalidRequest(
  message: string,
  fields: Omit<ErrorBody, 'message' | 'type'> = {},
  options: ApiErrorOptions = {},
): ApiError {
  return new ApiError({ ...fields, message, type: 'invalid_request_error' }, options);
}

/**
 * `resource_missing`. An id in the path is 404, an id in a parameter 400 (recorded 2026-08).
 * `noun` is Stripe's own word for the object, which is not always its `object` value: `PaymentMethod`, `setupintent`.
 */
export function noSuch(noun: string, id: string, param: string, where: 'path' | 'parameter'): ApiError {
  return invalidRequest(
    `No such ${noun}: '${id}'`,
    { code: 'resource_missing', param },
    { status: where === 'path' ? 404 : 400, whileReading: true },
  );
}

/** The honest answer to what Stripe has and the emulator does not. Never a plausible lie. */
export function unsupported(what: string, param?: string): ApiError {
  return invalidRequest(
    `${what} is unsupported by the emulator. Use a Stripe test-mode key for it (payintent --test), or see \`payintent help offline\`.`,
    { code: 'emulator_unsupported', ...(param === undefined ? {} : { param }) },
    { status: 400, whileReading: true },
  );
}

/** A refusal of the domain as the error it becomes; `subject` adds the intent it is about, where Stripe embeds it. */
export function refused(
  refusal: Refusal,
  subject: Pick<ErrorBody, 'payment_intent' | 'setup_intent'> = {},
  options: ApiErrorOptions = {},
): ApiError {
  const { message, ...fields } = refusal;
  return invalidRequest(message, { ...fields, ...subject }, options);
}
