import type { ApiRecord } from '../../gateway/gateway.ts';
import type { CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

/** Fees are known at once, so that no charge.updated comes in between. */
function pay(card: string): CallStep {
  return {
    title: 'Take a payment',
    why: 'Only what was paid can be given back.',
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, capture_method: 'automatic', confirm: true, payment_method: card },
    expect: {
      status: 'succeeded',
      events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
    },
  };
}

function refund(title: string, params: ApiRecord = {}): CallStep {
  return {
    title,
    why: 'The intent stays succeeded: no payment_intent event tells of refunds.',
    call: 'refunds.create',
    as: 'refund',
    params: { payment_intent: '${intent.id}', ...params },
    expect: { status: 'succeeded', events: ['refund.created', 'charge.refunded'] },
  };
}

/** Money that goes back. */
export const refundScenarios: readonly Scenario[] = [
  {
    id: 'refund',
    title: 'Full refund',
    teaches:
      'charge.refunded says that money goes back, refund.updated that it has a reference the bank can trace.',
    steps: [
      pay('pm_card_visa'),
      refund('Give it all back'),
      {
        title: "Wait for the bank's reference",
        why: 'The bank names the refund, so that the customer can ask for it there.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['refund.updated', 'charge.refund.updated'] },
      },
    ],
  },
  {
    id: 'partial-refunds',
    title: 'Two partial refunds',
    teaches: 'Refunds add up in amount_refunded of the charge; refunded turns true with the last of them.',
    steps: [
      pay('pm_card_visa'),
      refund('Give half of it back', { amount: '${intent.amount / 2}' }),
      {
        title: "Wait for the bank's reference",
        why: 'The bank names this refund.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['refund.updated', 'charge.refund.updated'] },
      },
      refund('Give the rest back'),
      {
        title: "Wait for the bank's reference",
        why: 'Each refund has a reference of its own.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['refund.updated', 'charge.refund.updated'] },
      },
    ],
  },
  {
    id: 'refund-pending',
    title: 'Refund that takes a while',
    teaches: 'Some refunds are pending first: tell the customer when refund.updated says succeeded.',
    steps: [
      pay('pm_card_pendingRefund'),
      refund('Give it all back'),
      {
        title: 'Wait for the bank',
        why: 'Until now the refund was pending; now the bank has it.',
        advance: '4s',
        expect: { status: 'succeeded', events: ['refund.updated', 'charge.refund.updated'] },
      },
    ],
  },
  {
    id: 'refund-failed',
    title: 'Refund that fails',
    teaches:
      'A refund can fail after it looked done: the money is with you again, and so is the duty to pay it back.',
    steps: [
      pay('pm_card_refundFail'),
      refund('Give it all back'),
      {
        title: 'Wait for the bank',
        why: 'The bank could not give the money back: its account may have been closed.',
        advance: '10s',
        expect: { status: 'succeeded', events: ['refund.failed', 'charge.refund.updated'] },
      },
    ],
  },
];
