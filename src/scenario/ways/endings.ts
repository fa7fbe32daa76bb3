import { follow } from '../references.ts';
import { accepts, OPEN, plain, type Way } from './way.ts';

/** What ends a payment: captures, cancellations. */
export const endingWays: readonly Way[] = [
  plain(
    { id: 'capture', from: ['requires_capture'], to: 'succeeded', gives: ['refundable'] },
    {
      title: 'Capture',
      why: 'The goods leave, and only now the money is taken.',
      call: 'payment_intents.capture',
      on: '${intent.id}',
      expect: { status: 'succeeded', events: ['charge.captured', 'payment_intent.succeeded'] },
    },
  ),
  plain(
    {
      id: 'increment',
      from: ['requires_capture'],
      refuses: (intent) =>
        follow(intent, ['payment_method_options', 'card', 'request_incremental_authorization']) ===
        'if_available'
          ? undefined
          : 'its amount cannot be raised (request_incremental_authorization)',
      to: 'requires_capture',
    },
    {
      title: 'Raise the amount',
      why: 'The hold grows, without a second payment.',
      call: 'payment_intents.increment_authorization',
      on: '${intent.id}',
      params: { amount: '${intent.amount + 500}' },
      expect: {
        status: 'requires_capture',
        events: ['charge.updated', 'payment_intent.amount_capturable_updated'],
      },
    },
  ),
  plain(
    { id: 'cancel', from: OPEN, to: 'canceled' },
    {
      title: 'Cancel',
      why: 'A canceled intent can never be paid: nobody pays by accident for what is not wanted any more.',
      call: 'payment_intents.cancel',
      on: '${intent.id}',
      expect: { status: 'canceled', events: ['payment_intent.canceled'] },
    },
  ),
  plain(
    { id: 'cancel-hold', from: ['requires_capture'], to: 'canceled', aside: ['charge.refunded'] },
    {
      title: 'Cancel the hold',
      why: 'The bank releases the money. It was never yours, so there is nothing to refund.',
      call: 'payment_intents.cancel',
      on: '${intent.id}',
      expect: { status: 'canceled', events: ['charge.refunded', 'payment_intent.canceled'] },
    },
  ),
  plain(
    {
      id: 'cancel-debit',
      from: ['processing'],
      aside: ['charge.failed'],
      refuses: (intent) =>
        accepts(intent, 'us_bank_account') ? undefined : 'only an ACH debit can be canceled while processing',
      to: 'canceled',
    },
    {
      title: 'Cancel the debit',
      why: 'Of all payments under way only an ACH debit can still be called off.',
      call: 'payment_intents.cancel',
      on: '${intent.id}',
      expect: { status: 'canceled', events: ['charge.failed', 'payment_intent.canceled'] },
    },
  ),
  plain(
    { id: 'expire', from: ['requires_capture'], to: 'canceled' },
    {
      title: 'Let seven days pass',
      why: 'Holds on cards end by themselves when nobody captures.',
      advance: '7d',
      expect: { status: 'canceled', events: ['charge.expired', 'payment_intent.canceled'] },
    },
  ),
];
