import type { PaymentIntentStatus } from './statuses.ts';

/** What a person needs to know about a status. Kept apart from the statuses so that start-up does not load it. */
export interface StatusGuide {
  /** One or two sentences: what the status means. */
  meaning: string;
  /** What the developer does now. */
  next: string;
  /** What the customer has in front of them. */
  customerSees: string;
  /** The label on Stripe's Dashboard. */
  dashboard: string;
  /** How a PaymentIntent gets here. */
  reachedBy: readonly string[];
}

export const STATUS_GUIDES: Readonly<Record<PaymentIntentStatus, StatusGuide>> = {
  requires_payment_method: {
    meaning: 'The PaymentIntent has no usable payment method: it is new, or its last attempt failed.',
    next: 'Collect a payment method and confirm. After a failure, read last_payment_error, tell the customer, and let them try again on the same PaymentIntent.',
    customerSees: 'The payment form.',
    dashboard: 'Incomplete',
    reachedBy: [
      'created without a payment method',
      'a decline, a failed 3D Secure check, an expired voucher or a bounced debit',
    ],
  },
  requires_confirmation: {
    meaning: 'A payment method is attached, nothing has been attempted yet.',
    next: 'Confirm it, on your server or with Stripe.js.',
    customerSees: 'A review or pay button.',
    dashboard: 'Incomplete',
    reachedBy: [
      'created or updated with a payment method, not confirmed',
      'with confirmation_method manual: the customer has finished next_action',
    ],
  },
  requires_action: {
    meaning:
      'The customer has something to do first: pass 3D Secure, approve at the bank, scan a code, pay a voucher, send a transfer. next_action says what.',
    next: 'Handle next_action (Stripe.js does it for you), then wait for a webhook. Do not fulfil the order yet.',
    customerSees: 'A challenge, a bank page, a QR code or a voucher.',
    dashboard: 'Incomplete',
    reachedBy: ['confirmed with a method that needs the customer'],
  },
  processing: {
    meaning:
      'The payment is on its way and its result is not known yet. Bank debits rest here for days; cards never do.',
    next: 'Keep the order pending and wait for payment_intent.succeeded or payment_intent.payment_failed.',
    customerSees: 'A message that the payment is on its way.',
    dashboard: 'Pending',
    reachedBy: ['confirmed with a bank debit', 'the customer finished the action of a delayed method'],
  },
  requires_capture: {
    meaning:
      'The money is reserved on the customer side and waits for you to take it. Only with manual capture.',
    next: 'Capture all or part before the authorization expires (7 days for most cards online), or cancel to release it.',
    customerSees: 'A pending charge on the statement.',
    dashboard: 'Uncaptured',
    reachedBy: ['confirmed with capture_method manual'],
  },
  succeeded: {
    meaning: 'The money is collected and the payment is over. Refunds and disputes never change this status.',
    next: 'Fulfil the order once, from the webhook. Give money back with a Refund if you must.',
    customerSees: 'A confirmation and a receipt.',
    dashboard: 'Succeeded',
    reachedBy: ['confirmed with automatic capture', 'captured', 'a delayed result arrived'],
  },
  canceled: {
    meaning: 'The PaymentIntent is closed for good: no more attempts, and reserved money is released.',
    next: 'Create a new PaymentIntent if the customer still wants to pay.',
    customerSees: 'Nothing, or a hold that disappears.',
    dashboard: 'Canceled',
    reachedBy: ['canceled by you', 'the authorization expired', 'the invoice it pays was voided'],
  },
};
