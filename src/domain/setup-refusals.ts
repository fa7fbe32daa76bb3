import type { Refusal } from './refusals.ts';
import type { SetupIntentStatus } from './statuses.ts';

const UNEXPECTED_STATE = 'setup_intent_unexpected_state';

/** Confirm with no method: checked before the status, so a canceled intent answers this too (recorded 2026-09). */
export function setupMissingPaymentMethodRefusal(): Refusal {
  return {
    code: UNEXPECTED_STATE,
    message:
      "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the SetupIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  };
}

/** Confirm in the wrong status; undefined where it is allowed. `processing` is not recorded. */
export function setupConfirmRefusal(status: SetupIntentStatus): Refusal | undefined {
  switch (status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return undefined;
    case 'succeeded':
      return {
        code: UNEXPECTED_STATE,
        message: 'You cannot confirm this SetupIntent because it has already succeeded.',
      };
    case 'canceled':
      return {
        code: UNEXPECTED_STATE,
        message: 'You cannot confirm this SetupIntent because it has been canceled.',
      };
    case 'processing':
      return {
        code: UNEXPECTED_STATE,
        message: 'You cannot confirm this SetupIntent because it has a status of processing.',
      };
  }
}

/** Cancel in the wrong status (recorded 2026-09; `canceled` has a sentence of its own). */
export function setupCancelRefusal(status: SetupIntentStatus): Refusal {
  if (status === 'canceled') {
    return {
      code: UNEXPECTED_STATE,
      message: 'You cannot cancel this SetupIntent because it is already canceled.',
    };
  }
  return {
    code: UNEXPECTED_STATE,
    message: `You cannot cancel this SetupIntent because it has a status of ${status}. Only a SetupIntent with one of the following statuses may be canceled: \`requires_payment_method\`, \`requires_confirmation\`, or \`requires_action\`.`,
  };
}

/** Changing the payment method of a finished set-up. Recorded for `succeeded`; description and metadata may change. */
export function setupUpdateMethodRefusal(status: SetupIntentStatus): Refusal {
  const why =
    status === 'succeeded'
      ? 'it has already succeeded'
      : status === 'canceled'
        ? 'it has been canceled'
        : `it has a status of ${status}`;
  return { code: UNEXPECTED_STATE, message: `You cannot update this SetupIntent because ${why}.` };
}

/** The method belongs to a customer and the SetupIntent names none (recorded 2026-09). */
export function setupCustomerMissingRefusal(paymentMethod: string, customer: string): Refusal {
  return {
    message: `The payment method supplied (${paymentMethod}) belongs to the Customer ${customer}. Please include the Customer in the \`customer\` parameter on the SetupIntent.`,
    param: 'payment_method',
  };
}

/** verify_microdeposits in the wrong status (recorded 2026-09). */
export function setupVerifyMicrodepositsRefusal(status: SetupIntentStatus): Refusal {
  return {
    code: 'intent_invalid_state',
    message: `This SetupIntent cannot be actioned on because it has a status of ${status}. Only a SetupIntent with one of the following statuses may be actioned on: ["requires_action"].`,
  };
}
