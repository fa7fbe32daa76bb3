import type { Step } from '../format.ts';
import { captures, PAID, plain, type Way, withCard } from './way.ts';

const DISPUTE: Step = {
  title: 'Look the dispute up',
  why: 'The events named it; a list by intent finds it as well.',
  call: 'disputes.list',
  as: 'disputes',
  params: { payment_intent: '${intent.id}' },
  expect: { events: [] },
};

/** @param verdict events about what the bank decides, which in test mode it does at once */
function evidence(text: 'losing_evidence' | 'winning_evidence', verdict: readonly string[]): Way {
  const sends = ['charge.dispute.updated', 'charge.updated', ...verdict];
  return {
    id: text,
    from: ['succeeded'],
    needs: ['disputed'],
    to: 'succeeded',
    ...(text === 'winning_evidence' ? { gives: ['refundable'] } : {}),
    takes: ['disputed'],
    sends,
    aside: ['charge.updated'],
    steps: () => [
      DISPUTE,
      {
        title: 'Submit evidence',
        why: 'In test mode the text decides what the bank says, and the bank says it at once; otherwise it takes months.',
        call: 'disputes.update',
        on: '${disputes.data.0.id}',
        params: { evidence: { uncategorized_text: text }, submit: true },
        expect: { status: 'succeeded', events: sends },
      },
    ],
  };
}

/** What happens to a payment after it was made: refunds, disputes, warnings. */
export const afterwardsWays: readonly Way[] = [
  plain(
    {
      id: 'refund',
      from: ['succeeded'],
      needs: ['refundable'],
      to: 'succeeded',
      gives: ['refund_sent'],
      takes: ['refundable'],
    },
    {
      title: 'Refund',
      why: 'The money goes back. The intent stays succeeded: no payment_intent event tells of refunds.',
      call: 'refunds.create',
      as: 'refund',
      params: { payment_intent: '${intent.id}' },
      expect: { status: 'succeeded', events: ['refund.created', 'charge.refunded'] },
    },
  ),
  plain(
    {
      id: 'refund-reference',
      from: ['succeeded'],
      needs: ['refund_sent'],
      to: 'succeeded',
      takes: ['refund_sent'],
    },
    {
      title: "Wait for the bank's reference",
      why: 'The bank names the refund, so that the customer can ask for it there.',
      advance: '5s',
      expect: { status: 'succeeded', events: ['refund.updated', 'charge.refund.updated'] },
    },
  ),
  withCard(
    {
      id: 'pay-refund-fails',
      refuses: captures,
      to: 'succeeded',
      gives: ['refundable', 'refund_fails'],
      sends: PAID,
    },
    'pm_card_refundFail',
    'Confirm with a card whose refunds fail',
    'The payment itself succeeds like any other.',
  ),
  plain(
    {
      id: 'refund-fails',
      from: ['succeeded'],
      needs: ['refund_sent', 'refund_fails'],
      to: 'succeeded',
      takes: ['refund_sent'],
    },
    {
      title: 'Wait for the bank',
      why: 'The bank cannot give the money back, and says so later.',
      advance: '10s',
      expect: { status: 'succeeded', events: ['refund.failed', 'charge.refund.updated'] },
    },
  ),
  plain(
    {
      id: 'balance',
      from: ['succeeded'],
      needs: ['balance_due'],
      refuses: (intent) =>
        intent['capture_method'] === 'automatic_async'
          ? undefined
          : 'its fees were known at once (capture_method is not automatic_async)',
      to: 'succeeded',
      takes: ['balance_due'],
    },
    {
      title: 'Wait for the balance transaction',
      why: 'Fees are known a moment after the payment: charge.updated brings the balance transaction.',
      advance: '3s',
      expect: { status: 'succeeded', events: ['charge.updated'] },
    },
  ),
  plain(
    { id: 'edit-charge', from: ['succeeded', 'requires_capture'], to: 'succeeded' },
    {
      title: 'Write something on the charge',
      why: 'It sends charge.updated, which here says nothing about money.',
      call: 'charges.update',
      on: '${intent.latest_charge}',
      params: { metadata: { triggered_by: 'payintent' } },
      expect: { events: ['charge.updated'] },
    },
  ),
  withCard(
    {
      id: 'pay-disputed',
      refuses: captures,
      to: 'succeeded',
      gives: ['disputed'],
      sends: [
        'charge.succeeded',
        'charge.dispute.created',
        'charge.dispute.funds_withdrawn',
        'payment_intent.succeeded',
      ],
    },
    'pm_card_createDispute',
    'Confirm with a card whose payments are disputed',
    'The test card does at once what a cardholder does weeks later.',
  ),
  evidence('losing_evidence', ['charge.dispute.closed']),
  evidence('winning_evidence', ['charge.dispute.funds_reinstated', 'charge.dispute.closed']),
  withCard(
    {
      id: 'pay-warned',
      refuses: captures,
      to: 'succeeded',
      gives: ['refundable', 'warned'],
      sends: PAID,
    },
    'pm_card_createIssuerFraudRecord',
    'Confirm with a card that is reported as stolen',
    'The payment succeeds; the warning comes afterwards.',
  ),
  plain(
    { id: 'warn', from: ['succeeded'], needs: ['warned'], to: 'succeeded', takes: ['warned'] },
    {
      title: 'Wait for the network',
      why: 'The cardholder has told the bank. A dispute may follow, and has not yet.',
      advance: '3s',
      expect: { status: 'succeeded', events: ['radar.early_fraud_warning.created'] },
    },
  ),
];
