import { bankFailure, attemptExpired as expiredAttempt } from '../../domain/bank-failures.ts';
import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { objectTable } from '../api/tables.ts';
import type { ErrorBody } from '../api-error.ts';

/** Why an attempt failed, as `last_payment_error` and the answer of a failed confirmation say it. */
export type Failure = Pick<ErrorBody, 'code' | 'decline_code' | 'message' | 'type'> & { code: string };

const AGAIN =
  'You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.';

/**
 * The code and message that a failed debit leaves on its charge, and the error it leaves on the intent. Some codes of the
 * testing page are not among the error codes of the types; the error then carries the general one.
 */
export function debitFailure(code: string | undefined): {
  charge: { code: string; message: string };
  error: Failure;
} {
  const { code: known, message, type } = bankFailure(code);
  const named = isErrorCode(known) ? known : 'payment_intent_payment_attempt_failed';
  return { charge: { code: known, message }, error: { code: named, message, type } };
}

function isErrorCode(code: string): boolean {
  const type = objectTable('payment_intent.last_payment_error')?.fields.get('code')?.type;
  return type?.kind === 'enum' && type.values.has(code);
}

/** Nobody paid in time. */
export function attemptExpired(type: string): Failure {
  return expiredAttempt(findPaymentMethodType(type)?.name ?? type);
}

/** Radar would not let the payment go out. */
export function blockedByRadar(): Failure {
  return {
    code: 'payment_intent_payment_attempt_failed',
    message: `The payment was blocked because its risk is too high. ${AGAIN}`,
    type: 'card_error',
  };
}
