import rows from './data/error-codes.json' with { type: 'json' };

/** What is known about one API error code. `type` and `httpStatus` are the usual ones. */
export interface ErrorCode {
  code: string;
  description: string;
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  httpStatus: number;
  /** Where it turns up. */
  seenOn?: string;
  /** The meaning is taken from the name alone. */
  uncertain?: boolean;
}

/** The error codes that have to do with payments. */
export const ERROR_CODES = rows as readonly unknown[] as readonly ErrorCode[];

export function findErrorCode(code: string): ErrorCode | undefined {
  return ERROR_CODES.find((row) => row.code === code);
}

/** Where Stripe explains a code; answers carry it as `doc_url` exactly when they carry a code. */
export function errorDocUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replace(/_/g, '-')}`;
}

/** The four values of `error.type`. */
export const ERROR_TYPES: Readonly<Record<ErrorCode['type'], string>> = {
  api_error: "A problem on Stripe's side; rare. Retry with the same idempotency key.",
  card_error: 'The payment method could not be charged. The message may be shown to the customer.',
  idempotency_error: 'An idempotency key was used again with other parameters or for another endpoint.',
  invalid_request_error: 'The request has wrong parameters, or is not possible in the current state.',
};
