import type { Step } from '../format.ts';
import { captures, PAID, plain, type Way, withCard } from './way.ts';

const DISPUTE: Step = {
  title: 'Look the dispute up',
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
      advance: '3s',
      expect: { status: 'succeeded', events: ['charge.updated'] },
    },
  ),
  plain(
    { id: 'edit-charge', from: ['succeeded', 'requires_capture'], to: 'succeeded' },
    {
      title: 'Write something on the charge',
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
  ),
  plain(
    { id: 'warn', from: ['succeeded'], needs: ['warned'], to: 'succeeded', takes: ['warned'] },
    {
      title: 'Wait for the network',
      advance: '3s',
      expect: { status: 'succeeded', events: ['radar.early_fraud_warning.created'] },
    },
  ),
];
