import { authenticationNotHandledError } from '../../domain/card-declines.ts';
import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { invalidRequest } from '../api-error.ts';
import type { JobHandlers } from '../jobs.ts';
import type { ApiObject } from '../objects.ts';
import { isBankDebit } from '../payment-methods/test-account.ts';
import { requireSupportedMethod } from '../unsupported-methods.ts';
import type { World } from '../world.ts';
import type { AttemptTerms } from './attempt.ts';
import { attemptBankDebit, DEBIT_JOB, settleDebit } from './bank-debit.ts';
import { attemptBankTransfer } from './bank-transfer.ts';
import { concludeFailed } from './conclude.ts';
import { optionsOf } from './method-option.ts';
import { giveUpMicrodeposits, MICRODEPOSIT_JOB } from './microdeposits.ts';
import { attemptVoucher, isVoucher, VOUCHER_JOB, voucherDue } from './voucher.ts';
import { attemptWaiting, DELAYED_JOB, expireWaiting, settleDelayed, WAITING_JOB } from './waiting.ts';

/** What time brings to payments with anything but a card. */
export const otherMethodJobs: JobHandlers = {
  [DEBIT_JOB]: settleDebit,
  [DELAYED_JOB]: settleDelayed,
  [MICRODEPOSIT_JOB]: giveUpMicrodeposits,
  [VOUCHER_JOB]: voucherDue,
  [WAITING_JOB]: expireWaiting,
};

/**
 * Tries a payment with anything but a card.
 *
 * @throws ApiError 400 for a type that is not emulated or cannot do what the intent asks, 402 when the attempt failed
 */
export function attemptOther(world: World, intent: ApiObject, method: ApiObject, terms: AttemptTerms): void {
  const type = method['type'] as string;
  requireSupportedMethod(type, 'payment_method');
  requireCaptureMethod(intent, type);
  if (isBankDebit(type)) {
    attemptBankDebit(world, intent, method, terms);
    return;
  }
  if (type === 'customer_balance') {
    attemptBankTransfer(world, intent, method, terms);
    return;
  }
  if (terms.errorOnRequiresAction && !terms.offSession) throw notHandled(world, intent, method);
  if (isVoucher(type)) attemptVoucher(world, intent, method, terms);
  else attemptWaiting(world, intent, method, terms);
}

/** Money that cannot be held cannot be captured later. The wording is ours. */
function requireCaptureMethod(intent: ApiObject, type: string): void {
  const manual = (optionsOf(intent, type)['capture_method'] ?? intent['capture_method']) === 'manual';
  if (!manual || findPaymentMethodType(type)?.manualCapture === true) return;
  throw invalidRequest(
    `The payment method type ${type} does not support \`capture_method\` set to \`manual\`: it cannot hold funds.`,
    { code: 'payment_intent_incompatible_payment_method', param: 'capture_method', payment_intent: intent },
  );
}

function notHandled(world: World, intent: ApiObject, method: ApiObject) {
  return concludeFailed(world, intent, method, authenticationNotHandledError());
}
