import type { JobHandlers } from '../jobs.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { reinstateFunds, withdrawFunds } from './dispute-funds.ts';
import {
  DEADLINE_JOB,
  fileDeadline,
  isClosed,
  isInquiry,
  responseDue,
  VERDICT_JOB,
  type Verdict,
} from './dispute-schedule.ts';

export const disputeJobs: JobHandlers = {
  [VERDICT_JOB]: (world, id, payload) => {
    const dispute = world.get('disputes', id);
    if (dispute === undefined || isClosed(dispute)) return;
    applyVerdict(world, dispute, payload['verdict'] as Verdict);
  },
  [DEADLINE_JOB]: (world, id) => {
    const dispute = world.get('disputes', id);
    if (dispute === undefined) return;
    if (isInquiry(dispute) && !isClosed(dispute)) concludeDispute(world, dispute, 'warning_closed');
    else if (dispute['status'] === 'needs_response') missDeadline(world, dispute);
  },
};

/** Whoever does not respond in time has lost (Stripe docs: disputes). */
function missDeadline(world: World, dispute: ApiObject): void {
  const details = { ...(dispute['evidence_details'] as ApiHash), past_due: true };
  concludeDispute(world, { ...dispute, evidence_details: details }, 'lost', dispute);
}

function applyVerdict(world: World, dispute: ApiObject, verdict: Verdict): void {
  if (isInquiry(dispute)) {
    // Nothing more is taken once the payment was refunded in full (the types).
    const refunded = world.require('charges', dispute['charge'])['refunded'] === true;
    if (verdict === 'escalated' && !refunded) escalate(world, dispute);
    else concludeDispute(world, dispute, 'warning_closed');
  } else if (verdict === 'won') {
    win(world, dispute);
  } else if (verdict === 'lost') {
    concludeDispute(world, dispute, 'lost');
  }
}

/**
 * Closes a dispute and tells of it.
 *
 * @param before what it was, when more than the status has changed already
 */
export function concludeDispute(
  world: World,
  dispute: ApiObject,
  status: 'lost' | 'warning_closed' | 'won',
  before: ApiObject = structuredClone(dispute),
): void {
  world.store.cancelJobs(dispute.id);
  dispute['status'] = status;
  world.update('disputes', dispute);
  world.emit('charge.dispute.closed', dispute, before);
}

/** The money comes back, and the charge may be refunded again (probed 2026-09, also the order of the events). */
function win(world: World, dispute: ApiObject): void {
  const before = structuredClone(dispute);
  Object.assign(dispute, { is_charge_refundable: true, status: 'won' });
  const closed = structuredClone(dispute);
  reinstateFunds(world, dispute, world.require('charges', dispute['charge']));
  world.emit('charge.dispute.funds_reinstated', dispute, closed);
  const { balance_transaction, balance_transactions } = dispute;
  concludeDispute(world, dispute, 'won', { ...before, balance_transaction, balance_transactions });
}

/** The cardholder's bank makes a dispute of its inquiry: now the money goes, and a response is due. */
function escalate(world: World, dispute: ApiObject): void {
  const before = structuredClone(dispute);
  const details = dispute['payment_method_details'] as { card?: ApiHash } | undefined;
  if (details?.card !== undefined) {
    Object.assign(details.card, { case_type: 'chargeback', network_reason_code: '10.4' });
  }
  Object.assign(dispute['evidence_details'] as ApiHash, { due_by: responseDue(world.now) });
  Object.assign(dispute, { is_charge_refundable: false, status: 'needs_response' });
  world.update('disputes', dispute);
  world.emit('charge.dispute.updated', dispute, before);
  withdrawFunds(world, dispute, world.require('charges', dispute['charge']));
  fileDeadline(world, dispute);
}
