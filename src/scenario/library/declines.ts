import type { CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

/** A payment with a test card that the bank declines for a reason. */
function declined(
  id: string,
  card: string,
  code: string,
  declineCode: string,
  what: string,
  teaches: string,
): Scenario {
  return {
    id,
    title: `Declined: ${what}`,
    teaches,
    steps: [attempt(card, code, declineCode)],
  };
}

function attempt(card: string, code: string, declineCode: string): CallStep {
  return {
    title: 'Create the payment and confirm it',
    why: 'The API answers 402, and the intent inside the error is back at requires_payment_method.',
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, confirm: true, payment_method: card },
    expect: {
      status: 'requires_payment_method',
      error: { status: 402, code, decline_code: declineCode },
      events: ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'],
    },
  };
}

/** Payments that the bank refuses. */
export const declineScenarios: readonly Scenario[] = [
  declined(
    'card-declined',
    'pm_card_visa_chargeDeclined',
    'card_declined',
    'generic_decline',
    'no reason given',
    'generic_decline: the bank gives no reason. The customer asks the bank, or pays with another card on the same intent.',
  ),
  declined(
    'declined-insufficient-funds',
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    'card_declined',
    'insufficient_funds',
    'not enough money',
    'insufficient_funds: offer another card. The same one may work on another day.',
  ),
  declined(
    'declined-lost-card',
    'pm_card_visa_chargeDeclinedLostCard',
    'card_declined',
    'lost_card',
    'lost card',
    'lost_card is meant for you: show the customer a plain decline, and do not try this card again.',
  ),
  declined(
    'declined-stolen-card',
    'pm_card_visa_chargeDeclinedStolenCard',
    'card_declined',
    'stolen_card',
    'stolen card',
    'stolen_card is meant for you: show a plain decline, so that a thief learns nothing.',
  ),
  declined(
    'declined-expired-card',
    'pm_card_chargeDeclinedExpiredCard',
    'expired_card',
    'expired_card',
    'expired card',
    'expired_card: ask for another card, or for the new date. Here the code itself says it, and not only decline_code.',
  ),
  declined(
    'declined-incorrect-cvc',
    'pm_card_chargeDeclinedIncorrectCvc',
    'incorrect_cvc',
    'incorrect_cvc',
    'wrong CVC',
    'incorrect_cvc: let the customer type it again. The card itself is good.',
  ),
  declined(
    'declined-processing-error',
    'pm_card_chargeDeclinedProcessingError',
    'processing_error',
    'processing_error',
    'an error on the way',
    'processing_error: nobody is to blame. The same card may work a moment later.',
  ),
  declined(
    'declined-velocity',
    'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
    'card_declined',
    'card_velocity_exceeded',
    'too many payments',
    'card_velocity_exceeded: the card has reached a limit, and retrying at once makes it worse. Offer another one.',
  ),
  declined(
    'declined-fraudulent',
    'pm_card_chargeDeclinedFraudulent',
    'card_declined',
    'fraudulent',
    'suspected fraud',
    'fraudulent: show a plain decline. Whoever is told that the card is suspected learns from it.',
  ),
  {
    id: 'declined-saved-card',
    title: 'Declined: a card that could be saved',
    teaches: 'Saving a card proves nothing about the next payment: every charge is asked for anew.',
    steps: [
      {
        title: 'Create the customer',
        why: 'A card is attached to a customer before it can be charged again.',
        call: 'customers.create',
        as: 'customer',
        params: { name: 'Jenny Rosen', email: 'jenny@example.com' },
        expect: { events: ['customer.created'] },
      },
      {
        title: 'Save the card',
        why: 'Attaching works: the bank is not asked for money.',
        call: 'payment_methods.attach',
        on: 'pm_card_chargeCustomerFail',
        as: 'method',
        params: { customer: '${customer.id}' },
        expect: { events: ['payment_method.attached'] },
      },
      {
        ...attempt('${method.id}', 'card_declined', 'generic_decline'),
        params: {
          ...CARD_PAYMENT,
          confirm: true,
          customer: '${customer.id}',
          payment_method: '${method.id}',
        },
      },
    ],
  },
  {
    id: 'decline-and-retry',
    title: 'Declined, then paid with another card',
    teaches:
      'A decline is not the end: the same intent takes the next card, and its history stays in one place.',
    steps: [
      attempt('pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'),
      {
        title: 'Confirm with another card',
        why: 'The intent waits in requires_payment_method: a confirmation with another payment method is all it takes.',
        call: 'payment_intents.confirm',
        on: '${intent.id}',
        params: { payment_method: 'pm_card_visa' },
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
      {
        title: 'Wait for the balance transaction',
        why: 'Fees are known a moment after the payment: charge.updated brings the balance transaction.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['charge.updated'] },
      },
    ],
  },
  {
    id: 'radar-block',
    title: 'Blocked as fraud',
    teaches:
      "Radar's block looks like a decline to the customer; outcome.type of the charge tells the two apart.",
    steps: [attempt('pm_card_radarBlock', 'card_declined', 'fraudulent')],
  },
];
