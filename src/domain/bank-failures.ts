/** A failure that the bank reports after a payment went to processing. */
export interface BankFailure {
  /** `charge.failure_code` and the code of `last_payment_error`. */
  code: string;
  /** `charge.failure_message` and the message of `last_payment_error`. */
  message: string;
  type: 'card_error' | 'invalid_request_error';
}

/**
 * Failure codes of bank debits. The first four sentences are those of Stripe's error code page as other projects quote
 * it; the others are ours. Whether `type` is card_error is not recorded.
 */
const MESSAGES: Readonly<Record<string, string>> = {
  account_closed: "The customer's bank account has been closed.",
  debit_not_authorized: 'The customer has notified their bank that this payment was unauthorized.',
  insufficient_funds: "The customer's account has insufficient funds to cover this payment.",
  no_account: "The customer's bank account could not be located.",
  charge_exceeds_source_limit:
    'This charge would cause you to exceed your rolling-window processing limit for this source type.',
  charge_exceeds_transaction_limit: 'This charge exceeds your transaction limit for this payment method.',
  charge_exceeds_weekly_limit:
    'This charge would cause you to exceed your weekly processing limit for this payment method.',
  payment_method_microdeposit_failed:
    'Microdeposit transfers failed. Please check the account, institution and transit numbers provided.',
  refer_to_customer: 'The bank refers the payment to the customer, often for lack of funds.',
  generic_could_not_process: 'This payment could not be processed.',
};

/** The failure for a documented code, or the general one where the documentation names none. */
export function bankFailure(code?: string): BankFailure {
  const known = code ?? 'generic_could_not_process';
  return { code: known, message: MESSAGES[known] ?? 'The payment failed.', type: 'card_error' };
}

/**
 * A redirect, QR code or app approval that the customer refused. The sentence was seen in an event of 2022, whose link
 * named this code already; the type is that of the expired attempt below.
 */
export function customerRefused(): BankFailure {
  return {
    code: 'payment_method_customer_decline',
    message:
      'The customer did not approve the PaymentIntent. Provide a new payment method to attempt to fulfill this PaymentIntent again.',
    type: 'card_error',
  };
}

/**
 * A voucher, QR code or redirect that ran out of time (code, sentence and type seen for PromptPay 2026).
 *
 * @param name the type's name for people, `PromptPay`
 */
export function attemptExpired(name: string): BankFailure {
  return {
    code: 'payment_intent_payment_attempt_expired',
    message: `The ${name} payment attempt of this PaymentIntent has expired. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.`,
    type: 'card_error',
  };
}
