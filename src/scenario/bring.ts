import type { PaymentIntentStatus } from '../domain/statuses.ts';
import { canPerform } from '../domain/transitions.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { type Plan, planFor } from './continue.ts';
import { INTENT_ID } from './forks.ts';
import type { CallStep, Step } from './format.ts';
import { CARD_PAYMENT } from './library/common-params.ts';

const CHOOSE: Step = {
  title: 'Choose a card',
  why: 'With a payment method the intent waits for nothing but the confirmation.',
  call: 'payment_intents.update',
  on: INTENT_ID,
  params: { payment_method: 'pm_card_visa' },
  expect: { status: 'requires_confirmation', events: [] },
};

/** The shortest legal way from an intent as it is to a status. @param intent with `latest_charge` expanded */
export function wayTo(intent: ApiRecord, goal: PaymentIntentStatus, emulated: boolean): Plan {
  const status = intent['status'] as PaymentIntentStatus;
  const types = intent['payment_method_types'];
  const takesCards = Array.isArray(types) && types.includes('card');
  if (goal === 'requires_confirmation' && status !== goal && takesCards) {
    if (canPerform(status, 'update_payment_method'))
      return { ok: true, steps: [CHOOSE], statuses: [status, goal] };
  }
  return planFor(intent, { status: goal }, emulated);
}

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
