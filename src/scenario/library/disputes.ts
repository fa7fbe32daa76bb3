import type { CallStep, Scenario } from '../format.ts';
import { CARD_PAYMENT } from './common-params.ts';

function disputedPayment(card: string, disputeEvents: readonly string[]): CallStep {
  return {
    title: 'Take a payment that is disputed',
    why: 'The test card does at once what a cardholder does weeks later.',
    call: 'payment_intents.create',
    as: 'intent',
    params: { ...CARD_PAYMENT, capture_method: 'automatic', confirm: true, payment_method: card },
    expect: {
      status: 'succeeded',
      events: ['payment_intent.created', 'charge.succeeded', ...disputeEvents, 'payment_intent.succeeded'],
    },
  };
}

const OPENED = ['charge.dispute.created', 'charge.dispute.funds_withdrawn'];

const findDispute: CallStep = {
  title: 'Look the dispute up',
  why: 'The events named it; a list by intent finds it as well.',
  call: 'disputes.list',
  as: 'disputes',
  params: { payment_intent: '${intent.id}' },
  expect: { events: [] },
};

/** @param verdict events about what the bank decides, which in test mode it does at once */
function respond(text: string, verdict: readonly string[]): CallStep {
  return {
    title: 'Submit evidence',
    why: 'In test mode the text decides what the bank says, and the bank says it at once; otherwise it takes months.',
    call: 'disputes.update',
    on: '${disputes.data.0.id}',
    params: { evidence: { uncategorized_text: text }, submit: true },
    expect: { status: 'succeeded', events: ['charge.dispute.updated', 'charge.updated', ...verdict] },
  };
}

/** Payments that the cardholder's bank takes back, or wants to. */
export const disputeScenarios: readonly Scenario[] = [
  {
    id: 'dispute-won',
    title: 'Dispute that is won',
    teaches:
      'The money leaves when a dispute opens and comes back when it is won; the intent stays succeeded throughout.',
    steps: [
      disputedPayment('pm_card_createDispute', OPENED),
      findDispute,
      respond('winning_evidence', ['charge.dispute.funds_reinstated', 'charge.dispute.closed']),
    ],
  },
  {
    id: 'dispute-lost',
    title: 'Dispute that is lost',
    teaches: 'charge.dispute.closed ends it; status of the dispute says who has the money.',
    steps: [
      disputedPayment('pm_card_createDispute', OPENED),
      findDispute,
      respond('losing_evidence', ['charge.dispute.closed']),
    ],
  },
  {
    id: 'dispute-inquiry',
    title: 'Inquiry that is closed',
    teaches: 'An inquiry is a question: no money moves, and answering it can prevent a dispute.',
    steps: [
      disputedPayment('pm_card_createDisputeInquiry', ['charge.dispute.created']),
      findDispute,
      {
        title: 'Close the inquiry',
        why: 'The customer has understood, or was refunded: there is nothing to argue about.',
        call: 'disputes.close',
        on: '${disputes.data.0.id}',
        expect: { status: 'succeeded', events: ['charge.dispute.closed', 'charge.updated'] },
      },
    ],
  },
  {
    id: 'early-fraud-warning',
    title: 'Early fraud warning',
    teaches:
      'The card network warns of fraud before the dispute: a refund now is cheaper than a dispute later.',
    steps: [
      disputedPayment('pm_card_createIssuerFraudRecord', []),
      {
        title: 'Wait for the network',
        why: 'The cardholder has told the bank. A dispute may follow, and has not yet.',
        advance: '3s',
        expect: { status: 'succeeded', events: ['radar.early_fraud_warning.created'] },
      },
    ],
  },
];
