import type { AuthenticateStep, CallStep, Scenario } from '../format.ts';
import { BILLING, RETURN_URL } from './common-params.ts';

const WAITING = ['payment_intent.created', 'payment_intent.requires_action'];

const redirect: CallStep = {
  title: 'Create the payment and confirm it',
  why: 'The customer has to go to their bank: next_action.redirect_to_url says where.',
  call: 'payment_intents.create',
  as: 'intent',
  params: {
    amount: 2000,
    confirm: true,
    currency: 'eur',
    payment_method_data: { billing_details: BILLING, ideal: {}, type: 'ideal' },
    payment_method_types: ['ideal'],
    return_url: RETURN_URL,
  },
  expect: { status: 'requires_action', events: WAITING },
};

function voucher(email: string): CallStep {
  return {
    title: 'Create the payment and confirm it',
    why: 'The customer gets a voucher to pay with cash at a shop.',
    call: 'payment_intents.create',
    as: 'intent',
    params: {
      amount: 2000,
      confirm: true,
      currency: 'mxn',
      payment_method_data: { billing_details: { ...BILLING, email }, type: 'oxxo' },
      payment_method_types: ['oxxo'],
    },
    expect: { status: 'requires_action', events: WAITING },
  };
}

function customer(outcome: AuthenticateStep['outcome'], title: string, why: string): AuthenticateStep {
  return {
    title,
    why,
    authenticate: '${intent.id}',
    outcome,
    expect:
      outcome === 'succeed'
        ? { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] }
        : { status: 'requires_payment_method', events: ['payment_intent.payment_failed'] },
  };
}

/** Payments that the customer finishes somewhere else: at a bank, in a shop. */
export const elsewhereScenarios: readonly Scenario[] = [
  {
    id: 'redirect-paid',
    title: 'Redirect method that is approved',
    teaches:
      'Coming back is not paying: the customer may close the tab, so believe the event and not the return_url.',
    steps: [
      redirect,
      customer(
        'succeed',
        'The customer approves at the bank',
        'On the page of the bank, far from yours; the emulator plays the customer.',
      ),
    ],
  },
  {
    id: 'tab-closed',
    title: 'The customer pays and closes the tab',
    teaches:
      'A payment succeeds without a word to your page: only payment_intent.succeeded, sent to your server, tells you to fulfil.',
    steps: [
      redirect,
      {
        ...customer(
          'succeed',
          'The customer approves at the bank, and closes the tab',
          'The return_url is never opened. A shop that waits for it has the money and ships nothing.',
        ),
      },
      {
        title: 'Look at the intent on the server',
        why: 'Whoever missed the event finds the same truth by asking; never believe the page.',
        call: 'payment_intents.retrieve',
        on: '${intent.id}',
        expect: { status: 'succeeded', events: [] },
      },
    ],
  },
  {
    id: 'redirect-processing',
    title: 'Redirect method that settles later',
    teaches: 'Some banks say yes at once and send the money days later: between the two lies processing.',
    steps: [
      {
        ...redirect,
        params: {
          amount: 2000,
          confirm: true,
          currency: 'eur',
          payment_method_data: {
            billing_details: BILLING,
            sofort: { country: 'DE' },
            type: 'sofort',
          },
          payment_method_types: ['sofort'],
          return_url: RETURN_URL,
        },
      },
      {
        title: 'The customer approves at the bank',
        why: 'The bank promises to pay. The money is still on its way, so this is no succeeded.',
        authenticate: '${intent.id}',
        outcome: 'succeed',
        expect: { status: 'processing', events: ['payment_intent.processing', 'charge.pending'] },
      },
      {
        title: 'Wait for the bank',
        why: 'Days later the money arrives; the clock of the emulator moves on.',
        advance: '3d',
        expect: { status: 'succeeded', events: ['charge.succeeded', 'payment_intent.succeeded'] },
      },
    ],
  },
  {
    id: 'redirect-refused',
    title: 'Redirect method that is refused',
    teaches: 'A refusal at the bank puts the intent back to requires_payment_method.',
    steps: [
      redirect,
      customer(
        'fail',
        'The customer refuses at the bank',
        'Or gives up there. The intent can be tried again, with this method or another.',
      ),
    ],
  },
  {
    id: 'voucher-paid',
    title: 'Voucher that is paid',
    teaches: 'Days may lie between the order and the cash at the counter.',
    steps: [
      voucher('jenny@example.com'),
      customer(
        'succeed',
        'The customer pays at the shop',
        'Days later, at a counter, with the voucher in hand. Nobody is on your page then.',
      ),
    ],
  },
  {
    id: 'voucher-expired',
    title: 'Voucher that expires',
    teaches: 'Nobody pays an expired voucher: payment_intent.payment_failed frees the goods that were kept.',
    steps: [
      voucher('expire_immediately@example.com'),
      {
        title: 'Let the voucher expire',
        why: 'The email address of a test voucher decides when.',
        advance: '10s',
        expect: { status: 'requires_payment_method', events: ['payment_intent.payment_failed'] },
      },
    ],
  },
];
