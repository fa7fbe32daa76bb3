import type { PaymentIntentStatus } from './statuses.ts';

/** An `invalid_request_error` in Stripe's words. All of these are HTTP 400 and embed the intent, unless noted. */
export interface Refusal {
  message: string;
  code?: string;
  param?: string;
}

const UNEXPECTED_STATE = 'payment_intent_unexpected_state';

/** As Stripe prints them: two statuses here are not in the types (recorded 2026-09). The order is Stripe's. */
const CANCELABLE =
  'requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, expired, processing';
const UPDATABLE = 'requires_payment_method, requires_confirmation, requires_action';

/** Why an intent cannot be canceled: `canceled` and `succeeded` (recorded 2026-09). */
export function cancelRefusal(status: PaymentIntentStatus): Refusal {
  return {
    code: UNEXPECTED_STATE,
    message: `You cannot cancel this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE}.`,
  };
}

/**
 * A processing intent whose method is not us_bank_account. That only ACH payments can be canceled here is documented;
 * the wording is ours, no recording has it.
 */
export function cancelProcessingRefusal(paymentMethodType: string): Refusal {
  return {
    code: UNEXPECTED_STATE,
    message: `You cannot cancel this PaymentIntent because it has a status of processing and its payment method type is ${paymentMethodType}. A processing PaymentIntent may only be canceled when its payment method type is us_bank_account.`,
  };
}

/** What happened to the authorization of a succeeded intent, for a second capture. */
export type CaptureHistory = 'never_manual' | 'captured_in_full' | 'remainder_released';

/**
 * Why an intent cannot be captured. The partial-capture text was recorded 2026-09; the one for a full capture is
 * second-hand (test suites of other projects); the list is recorded.
 */
export function captureRefusal(
  status: PaymentIntentStatus,
  history: CaptureHistory = 'never_manual',
): Refusal {
  if (status === 'succeeded' && history === 'remainder_released') {
    return {
      code: UNEXPECTED_STATE,
      message:
        'The remaining amount on this PaymentIntent could not be captured because the remainder of the authorized amount has been released.',
    };
  }
  if (status === 'succeeded') {
    return {
      code: UNEXPECTED_STATE,
      message: 'This PaymentIntent could not be captured because it has already been captured.',
    };
  }
  return {
    code: UNEXPECTED_STATE,
    message: `This PaymentIntent could not be captured because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
  };
}

/** Capturing more than was authorized (recorded 2026-09): no param. */
export function captureTooLargeRefusal(): Refusal {
  return {
    code: 'amount_too_large',
    message:
      'The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge. Contact us via https://support.stripe.com/contact/ for help.',
  };
}

/** `amount_to_capture` zero or below; the param really is `amount` for zero (recorded 2026-09). */
export function captureAmountRefusal(amountToCapture: number): Refusal | undefined {
  if (amountToCapture < 0) return { message: 'Invalid non-negative integer', param: 'amount_to_capture' };
  if (amountToCapture === 0) {
    return {
      code: 'parameter_invalid_integer',
      message: 'This value must be greater than or equal to 1.',
      param: 'amount',
    };
  }
  return undefined;
}

/**
 * A parameter that only an unconfirmed intent lets you change: `amount`, `source`, `payment_method`, `currency`, ...
 * Recorded for `amount` and `source`; for `payment_method` in public logs of 2026-07.
 */
export function updateRefusal(param: string, status: PaymentIntentStatus): Refusal {
  const allowed = param === 'capture_method' ? 'requires_payment_method, requires_confirmation' : UPDATABLE;
  return {
    code: UNEXPECTED_STATE,
    message: `This PaymentIntent's ${param} could not be updated because it has a status of ${status}. You may only update the ${param} of a PaymentIntent with one of the following statuses: ${allowed}.`,
    param,
  };
}

/** How the confirm call came: what it carried decides the wording. */
export interface ConfirmAttempt {
  /** The call carries `payment_method`, `payment_method_data` or `confirmation_token`. */
  givesMethod?: boolean;
  /** The call was made with a publishable key and a client secret. */
  publishable?: boolean;
}

/**
 * Why an intent cannot be confirmed in this status; undefined where it can. `succeeded` and the publishable `canceled`
 * are recorded. For the rest the first sentence is known from public logs and the list is inferred.
 */
export function confirmRefusal(
  status: PaymentIntentStatus,
  attempt: ConfirmAttempt = {},
): Refusal | undefined {
  switch (status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return undefined;
    case 'succeeded':
    case 'requires_capture':
      return {
        code: UNEXPECTED_STATE,
        message:
          'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
      };
    case 'canceled':
    case 'processing':
      if (attempt.publishable) return updateRefusal('source', status);
      if (attempt.givesMethod) return updateRefusal('payment_method', status);
      return {
        code: UNEXPECTED_STATE,
        message: `You cannot confirm this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action, requires_payment_method.`,
      };
  }
}

/** Confirm with no method anywhere (recorded 2026-09, with and without a customer). */
export function missingPaymentMethodRefusal(customer?: string): Refusal {
  const advice =
    customer === undefined
      ? 'You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.'
      : `To confirm the PaymentIntent with ${customer}, specify a payment method attached to this customer along with the customer ID.`;
  return {
    code: UNEXPECTED_STATE,
    message: `You cannot confirm this PaymentIntent because it's missing a payment method. ${advice}`,
  };
}

/** The method belongs to a customer and the intent names none (recorded 2026-09; the param is the old word). */
export function customerMissingRefusal(paymentMethod: string, customer: string): Refusal {
  return {
    code: 'parameter_missing',
    message: `The \`payment_method\` parameter supplied ${paymentMethod} belongs to the Customer ${customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
    param: 'source',
  };
}

/** The method belongs to another customer (recorded 2026-09, the same for both kinds of intent). */
export function otherCustomerRefusal(paymentMethod: string, customer: string): Refusal {
  return {
    message: `The PaymentMethod ${paymentMethod} does not belong to the Customer you supplied ${customer}. Please use this PaymentMethod with the Customer that it belongs to instead.`,
    param: 'payment_method',
  };
}

/** A method without customer works once; a declined attempt counts (recorded 2023). Raised by create too. */
export function spentMethodRefusal(): Refusal {
  return {
    message:
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
  };
}

/** Automatic payment methods with redirects allowed, confirmed without `return_url` (recorded 2026-04). */
export function returnUrlRefusal(): Refusal {
  return {
    message:
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  };
}

/** A method that always redirects, confirmed without `return_url`. Wording ours, modelled on the recorded one. */
export function redirectReturnUrlRefusal(paymentMethodType: string): Refusal {
  return {
    code: 'parameter_missing',
    message: `You must provide a \`return_url\` when confirming a PaymentIntent with the payment method type ${paymentMethodType}, because it redirects your customer off of your page.`,
    param: 'return_url',
  };
}

/** increment_authorization outside requires_capture. The first sentence follows the recorded capture text. */
export function incrementRefusal(status: PaymentIntentStatus): Refusal {
  return {
    code: UNEXPECTED_STATE,
    message: `This PaymentIntent's authorization could not be incremented because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be incremented: requires_capture.`,
  };
}

/** Increments go up only (documented); the wording is ours. */
export function incrementTooSmallRefusal(currentAmount: number): Refusal {
  return {
    code: 'amount_too_small',
    message: `The amount to increment must be greater than the current amount of the PaymentIntent (${currentAmount}).`,
    param: 'amount',
  };
}

/** The charge says `incremental_authorization.status: unavailable`; the wording is ours. */
export function incrementUnavailableRefusal(): Refusal {
  return {
    code: 'payment_intent_unexpected_state',
    message:
      'This PaymentIntent is not eligible for incremental authorization. Confirm it with `payment_method_options[card][request_incremental_authorization]` set to `if_available` first.',
  };
}

/** apply_customer_balance where no bank transfer is awaited; the wording follows the recorded microdeposit text. */
export function applyCustomerBalanceRefusal(status: PaymentIntentStatus): Refusal {
  return {
    code: UNEXPECTED_STATE,
    message: `You cannot apply the customer balance to this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be reconciled: requires_action.`,
  };
}

/** verify_microdeposits in the wrong status (recorded 2026-09 for SetupIntents, same sentence with the other noun). */
export function verifyMicrodepositsRefusal(status: PaymentIntentStatus): Refusal {
  return {
    code: 'intent_invalid_state',
    message: `This PaymentIntent cannot be actioned on because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be actioned on: ["requires_action"].`,
  };
}

/** A wrong client secret (recorded, publishable key). */
export function clientSecretRefusal(): Refusal {
  return {
    code: 'payment_intent_invalid_parameter',
    message: 'The client_secret provided does not match the client_secret associated with the PaymentIntent.',
    param: 'client_secret',
  };
}

/** A client secret where an id belongs: HTTP 404, no code (recorded 2026-04). */
export function clientSecretAsIdRefusal(): Refusal {
  return {
    message:
      'You passed a string that looks like a client secret as the PaymentIntent ID, but you must provide a valid PaymentIntent ID. Please use the value in the `id` field of the PaymentIntent.',
    param: 'intent',
  };
}
