import type { ApiRecord } from '../../gateway/gateway.ts';
import { actionOf, captures, holds, OPEN, PAID, plain, takesCards, type Way, withCard } from './way.ts';

/** What a customer can pass or fail. */
const answerable = (intent: ApiRecord) =>
  /use_stripe_sdk|redirect|qr_code|display_details|authorize|await/.test(actionOf(intent))
    ? undefined
    : `its next_action is ${actionOf(intent)}, which a customer cannot answer`;

/** What can be tried with a card, and what the customer can do. */
export const attemptWays: readonly Way[] = [
  plain(
    {
      id: 'pass',
      from: ['requires_action'],
      refuses: (i) => captures(i) ?? answerable(i),
      to: 'succeeded',
      gives: ['refundable', 'balance_due'],
    },
    {
      title: 'The customer passes',
      why: 'In a browser Stripe.js shows the page of the bank; here the emulator plays the customer.',
      authenticate: '${intent.id}',
      outcome: 'succeed',
      expect: { status: 'succeeded', events: PAID },
    },
  ),
  plain(
    {
      id: 'pass-hold',
      from: ['requires_action'],
      refuses: (i) => holds(i) ?? answerable(i),
      to: 'requires_capture',
    },
    {
      title: 'The customer passes',
      why: 'In a browser Stripe.js shows the page of the bank; here the emulator plays the customer.',
      authenticate: '${intent.id}',
      outcome: 'succeed',
      expect: {
        status: 'requires_capture',
        events: ['charge.succeeded', 'payment_intent.amount_capturable_updated'],
      },
    },
  ),
  withCard(
    {
      id: 'pay',
      refuses: captures,
      to: 'succeeded',
      gives: ['refundable', 'balance_due'],
      sends: PAID,
    },
    'pm_card_visa',
    'Confirm with a card',
    'This is the moment at which the card is charged.',
  ),
  plain(
    {
      id: 'choose-card',
      from: OPEN,
      refuses: takesCards,
      to: 'requires_confirmation',
    },
    {
      title: 'Choose a card',
      why: 'With a payment method the intent waits for nothing but the confirmation.',
      call: 'payment_intents.update',
      on: '${intent.id}',
      params: { payment_method: 'pm_card_visa' },
      expect: { status: 'requires_confirmation', events: [] },
    },
  ),
  withCard(
    {
      id: 'authorize',
      params: (intent) => (holds(intent) === undefined ? {} : { capture_method: 'manual' }),
      to: 'requires_capture',
      sends: ['charge.succeeded', 'payment_intent.amount_capturable_updated'],
    },
    'pm_card_visa',
    'Confirm with a card: the money is reserved',
    'With capture_method manual the bank sets the amount aside, and nothing is paid yet.',
  ),
  withCard(
    {
      id: 'decline',
      to: 'requires_payment_method',
      sends: ['charge.failed', 'payment_intent.payment_failed'],
    },
    'pm_card_visa_chargeDeclined',
    'Confirm with a card that is declined',
    'The bank says no: the API answers 402, and the intent can be tried again.',
  ),
  withCard(
    {
      id: 'challenge',
      to: 'requires_action',
      sends: ['payment_intent.requires_action'],
    },
    'pm_card_threeDSecure2Required',
    'Confirm with a card that needs 3D Secure',
    'The bank wants to know who is paying: next_action says where the customer has to go.',
  ),
  plain(
    { id: 'fail', from: ['requires_action'], refuses: answerable, to: 'requires_payment_method' },
    {
      title: 'The customer fails',
      why: 'The bank could not tell who is paying. Nothing was charged, and another attempt is open.',
      authenticate: '${intent.id}',
      outcome: 'fail',
      expect: { status: 'requires_payment_method', events: ['payment_intent.payment_failed'] },
    },
  ),
];
