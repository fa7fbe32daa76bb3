import type { AuthenticateStep, CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

function challenge(card: string, more: CallStep['params'] = {}): CallStep {
  return {
    title: 'Create the payment and confirm it',
    why: 'The bank wants to know who is paying: next_action says where the customer has to go.',
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, confirm: true, payment_method: card, ...more },
    expect: {
      status: 'requires_action',
      events: ['payment_intent.created', 'payment_intent.requires_action'],
    },
  };
}

const pass: AuthenticateStep = {
  title: 'The customer passes 3D Secure',
  why: 'In a browser Stripe.js shows the page of the bank; here the emulator plays the customer.',
  authenticate: '${intent.id}',
  outcome: 'succeed',
  expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
};

/** Payments for which the customer has to show who they are. */
export const authenticationScenarios: readonly Scenario[] = [
  {
    id: '3ds-passed',
    title: '3D Secure passed',
    teaches:
      'requires_action is not a failure: the payment goes on by itself once the customer has answered the bank.',
    steps: [
      challenge('pm_card_threeDSecure2Required'),
      pass,
      {
        title: 'Wait for the balance transaction',
        why: 'Fees are known a moment after the payment: charge.updated brings the balance transaction.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['charge.updated'] },
      },
    ],
  },
  {
    id: '3ds-required',
    title: '3D Secure asked for, and left open',
    teaches:
      'Whoever closes the tab leaves the intent in requires_action: nothing was charged, and it can be resumed.',
    steps: [challenge('pm_card_threeDSecure2Required')],
  },
  {
    id: '3ds-manual-capture',
    title: '3D Secure passed, money reserved',
    teaches: 'With capture_method manual a passed challenge leads to a hold.',
    steps: [
      challenge('pm_card_threeDSecure2Required', { capture_method: 'manual' }),
      {
        ...pass,
        expect: {
          status: 'requires_capture',
          events: ['charge.succeeded', 'payment_intent.amount_capturable_updated'],
        },
      },
    ],
  },
  {
    id: '3ds-failed',
    title: '3D Secure failed',
    teaches: 'A failed challenge makes no charge: only payment_intent.payment_failed tells of it.',
    steps: [
      challenge('pm_card_threeDSecure2Required'),
      {
        title: 'The customer fails 3D Secure',
        why: 'Wrong code, or no phone at hand: the bank could not tell who is paying.',
        authenticate: '${intent.id}',
        outcome: 'fail',
        expect: { status: 'requires_payment_method', events: ['payment_intent.payment_failed'] },
      },
    ],
  },
  {
    id: '3ds-then-declined',
    title: '3D Secure passed, then declined',
    teaches:
      'Who the customer is and whether they can pay are two questions; the second can still be answered no.',
    steps: [
      challenge('pm_card_threeDSecureRequiredChargeDeclined'),
      {
        ...pass,
        expect: {
          status: 'requires_payment_method',
          events: ['charge.failed', 'payment_intent.payment_failed'],
        },
      },
    ],
  },
  {
    id: '3ds-manual-confirmation',
    title: '3D Secure with confirmation on the server',
    teaches: 'With confirmation_method manual your server confirms once more after the challenge.',
    steps: [
      challenge('pm_card_threeDSecure2Required', { confirmation_method: 'manual' }),
      { ...pass, expect: { status: 'requires_confirmation', events: [] } },
      {
        title: 'Confirm again',
        why: 'The customer is known now, and nothing was charged yet: your server decides.',
        call: 'payment_intents.confirm',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'off-session-authentication',
    title: 'Authentication required while the customer is away',
    teaches:
      'Off session nobody can answer a challenge: the payment is declined, and the customer has to come back.',
    steps: [
      {
        title: 'Create the customer',
        why: 'Whoever is charged while away has to be known from before.',
        call: 'customers.create',
        as: 'customer',
        params: { name: 'Jenny Rosen' },
        expect: { events: ['customer.created'] },
      },
      {
        title: 'Save the card',
        why: 'Attaching a card is not setting it up: the bank never agreed to payments without the customer.',
        call: 'payment_methods.attach',
        on: 'pm_card_authenticationRequired',
        as: 'method',
        params: { customer: '${customer.id}' },
        expect: { events: ['payment_method.attached'] },
      },
      {
        title: 'Charge it while the customer is away',
        why: 'off_session says that nobody is there. This bank wants somebody, so it declines.',
        call: 'payment_intents.create',
        as: 'intent',
        params: {
          ...CARD_PAYMENT,
          confirm: true,
          customer: '${customer.id}',
          off_session: true,
          payment_method: '${method.id}',
        },
        expect: {
          status: 'requires_payment_method',
          error: { status: 402, code: 'authentication_required', decline_code: 'authentication_required' },
          events: ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed'],
        },
      },
    ],
  },
];
