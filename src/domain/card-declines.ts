/** The `error` fields of a card decline, without what the request adds (charge, intent, payment method). */
export interface CardError {
  type: 'card_error' | 'invalid_request_error';
  code: string;
  message: string;
  decline_code?: string;
  advice_code?: string;
  network_advice_code?: string;
  network_decline_code?: string;
  param?: string;
}

/** The decline codes that test cards answer with. */
export type CardDeclineCode =
  | 'card_velocity_exceeded'
  | 'expired_card'
  | 'fraudulent'
  | 'generic_decline'
  | 'incorrect_cvc'
  | 'insufficient_funds'
  | 'lost_card'
  | 'processing_error'
  | 'stolen_card';

type DeclineRow = Omit<CardError, 'type' | 'decline_code'>;

/** Recorded 2026-08 with version 2026-06-24.dahlia, one row a test card; `fraudulent` recorded 2023. */
const DECLINES: Readonly<Record<CardDeclineCode, DeclineRow>> = {
  generic_decline: {
    code: 'card_declined',
    message: 'Your card was declined.',
    advice_code: 'try_again_later',
    network_decline_code: '01',
  },
  insufficient_funds: {
    code: 'card_declined',
    message: 'Your card has insufficient funds.',
    advice_code: 'try_again_later',
    network_advice_code: '02',
    network_decline_code: '51',
  },
  lost_card: {
    code: 'card_declined',
    message: 'Your card was declined.',
    advice_code: 'do_not_try_again',
    network_advice_code: '01',
    network_decline_code: '41',
  },
  stolen_card: {
    code: 'card_declined',
    message: 'Your card was declined.',
    advice_code: 'do_not_try_again',
    network_advice_code: '01',
    network_decline_code: '43',
  },
  card_velocity_exceeded: {
    code: 'card_declined',
    message:
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    advice_code: 'try_again_later',
    network_advice_code: '02',
    network_decline_code: '61',
  },
  expired_card: {
    code: 'expired_card',
    message: 'Your card has expired.',
    advice_code: 'confirm_card_data',
    network_advice_code: '03',
    network_decline_code: '54',
    param: 'exp_month',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    advice_code: 'confirm_card_data',
    network_advice_code: '03',
    network_decline_code: 'N7',
    param: 'cvc',
  },
  processing_error: {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
    advice_code: 'try_again_later',
    network_decline_code: '06',
  },
  fraudulent: { code: 'card_declined', message: 'Your card was declined.' },
};

/** The error of an issuer decline with this decline code. */
export function cardDeclineError(declineCode: CardDeclineCode): CardError {
  return { type: 'card_error', decline_code: declineCode, ...DECLINES[declineCode] };
}

/** An off-session payment with a card that needs 3D Secure (recorded 2026-09: no advice code). */
export function authenticationRequiredError(): CardError {
  return {
    type: 'card_error',
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  };
}

/** An off-session payment after the customer ended the Indian e-mandate (recorded 2023: no charge). */
export function mandateCanceledError(): CardError {
  return {
    type: 'card_error',
    code: 'india_recurring_payment_mandate_canceled',
    message: 'The provided mandate has been canceled by the card holder.',
  };
}

/** `error_on_requires_action=true` on a card that needs 3D Secure (recorded 2025-04). */
export function authenticationNotHandledError(): CardError {
  return {
    type: 'card_error',
    code: 'authentication_required',
    decline_code: 'authentication_not_handled',
    message:
      "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're ready, you can upgrade your integration to handle actions at https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions.",
  };
}

/**
 * The customer failed or abandoned the challenge: becomes `last_payment_error` or `last_setup_error`, there is no
 * charge. The payment text is that of recorded webhooks up to 2020; that of set-ups is the same with the other noun.
 */
export function authenticationFailedError(intent: 'payment_intent' | 'setup_intent'): CardError {
  const noun = intent === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  return {
    type: 'invalid_request_error',
    code: `${intent}_authentication_failure`,
    message: `The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this ${noun} again.`,
  };
}

/** The CVC check failed and a rule blocks that (recorded 2023; the codes are absent, as no issuer answered). */
export function cvcCheckError(): CardError {
  return {
    type: 'card_error',
    code: 'incorrect_cvc',
    decline_code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    param: 'cvc',
  };
}

/** The postal code check failed and a rule blocks that (recorded 2023). */
export function postalCodeCheckError(): CardError {
  return {
    type: 'card_error',
    code: 'incorrect_zip',
    decline_code: 'incorrect_zip',
    message:
      'Your card could not be authorized using the postal code provided. Please update the postal code, or contact your card issuer for further details.',
    param: 'address_zip',
  };
}
