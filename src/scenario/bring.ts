import type { PaymentIntentStatus } from '../domain/statuses.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import type { CallStep } from './format.ts';
import { CARD_PAYMENT } from './library/common-params.ts';

/** What an intent has to be made with, so that the status can be reached. */
const MADE_FOR: Readonly<Partial<Record<PaymentIntentStatus, ApiRecord>>> = {
  processing: { payment_method_types: ['us_bank_account'] },
  requires_capture: { capture_method: 'manual' },
};

/** A new intent from which the status can be reached. */
export function creationFor(goal: PaymentIntentStatus): CallStep {
  return {
    title: 'Create the payment',
    why: 'The server says how much and in which currency; the customer has not paid yet.',
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, ...MADE_FOR[goal] },
    expect: { status: 'requires_payment_method', events: ['payment_intent.created'] },
  };
}
