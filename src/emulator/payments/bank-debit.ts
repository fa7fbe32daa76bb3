import type { TestBankAccount } from '../../domain/bank-accounts.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { testAccountOf } from '../payment-methods/test-account.ts';
import type { World } from '../world.ts';
import { attachForReuse } from './attach.ts';
import type { AttemptTerms } from './attempt.ts';
import { recordCharge } from './charge.ts';
import { concludeFailed, concludePaid, concludeProcessing, markSpent } from './conclude.ts';
import type { ChargeFacts, IntentFacts } from './facts.ts';
import { blockedByRadar, debitFailure } from './failures.ts';
import { endMandate, mandateFor, useUpMandate } from './mandate.ts';
import { sorted } from './method-options.ts';
import { askForMicrodeposits, needsVerification } from './microdeposits.ts';
import { blockedOutcome, scoredOutcome, unscoredOutcome } from './other-outcome.ts';

export const DEBIT_JOB = 'charge.bank_debit';

/** "At once" on the testing page: the result follows, so that `processing` is seen first. */
const SOON_SECONDS = 2;

/**
 * Debits a bank account: the intent goes to `processing` with a pending charge, and the bank answers later. An account
 * whose details the customer typed is verified by microdeposits first.
 *
 * @throws ApiError 400 without a mandate, 402 when Radar blocks the payment; the latter is kept.
 */
export function attemptBankDebit(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  terms: AttemptTerms,
): void {
  const mandate = mandateFor(world, intent, method, terms, { payment_intent: intent });
  world.remember<IntentFacts>(intent.id, { mandate: mandate.id });
  if (needsVerification(world, method)) askForMicrodeposits(world, intent, method);
  else if (testAccountOf(world, method)?.outcome === 'blocked')
    throw blockDebit(world, intent, method, mandate.id);
  else sendDebit(world, intent, method);
}

/** Sends a debit to the bank under the mandate the intent remembers. */
export function sendDebit(world: World, intent: ApiObject, method: ApiObject): void {
  const row = testAccountOf(world, method);
  const mandate = world.facts<IntentFacts>(intent.id).mandate ?? null;
  const sepa = method['type'] === 'sepa_debit';
  markSpent(world, method);
  const charge = recordCharge(world, {
    intent,
    method,
    details: debitDetails(method, mandate),
    outcome: sepa ? scoredOutcome(world) : unscoredOutcome(),
    status: 'pending',
    captured: true,
  });
  // Both are null on a pending SEPA debit (recorded 2026); the descriptor stays so.
  world.update(
    'charges',
    Object.assign(charge, { calculated_statement_descriptor: null, receipt_url: null }),
  );
  attachForReuse(world, intent, method);
  concludeProcessing(world, intent, charge, method);
  useUpMandate(world, mandate);
  if (row?.outcome === 'stays_processing') return;
  world.schedule(DEBIT_JOB, charge.id, Math.max(row?.delaySeconds ?? 0, SOON_SECONDS));
}

/** The job behind a debit: the bank's answer. */
export function settleDebit(world: World, chargeId: string): void {
  const charge = world.get('charges', chargeId);
  if (charge === undefined || charge['status'] !== 'pending') return;
  const intent = world.require('payment_intents', charge['payment_intent']);
  if (intent['status'] !== 'processing' || intent['latest_charge'] !== chargeId) return;
  const method = world.require('payment_methods', charge['payment_method']);
  const row = testAccountOf(world, method);
  const mandate = world.facts<IntentFacts>(intent.id).mandate;
  if (row === undefined || row.outcome === 'succeeds' || row.outcome === 'succeeds_then_dispute') {
    if (row?.outcome === 'succeeds_then_dispute') willBeDisputed(world, charge, row);
    paid(world, charge, method);
    concludePaid(world, intent, charge, method);
    return;
  }
  const failure = debitFailure(row.failureCode);
  Object.assign(charge, {
    amount_captured: 0,
    captured: false,
    failure_code: failure.charge.code,
    failure_message: failure.charge.message,
    status: 'failed',
  });
  world.update('charges', charge);
  concludeFailed(world, intent, method, failure.error, charge);
  if (row.endsMandate)
    endMandate(world, mandate, row.outcome === 'mandate_refused' ? undefined : row.failureCode);
}

/** What a debit shows once it was paid: the receipt, the day of the debit, the bank's own reference (recorded 2026). */
function paid(world: World, charge: ApiObject, method: ApiObject): void {
  const type = method['type'] as string;
  const details = charge['payment_method_details'] as Record<string, ApiHash>;
  details[type] = sorted({
    ...details[type],
    expected_debit_date: new Date(world.now * 1000).toISOString().slice(0, 10),
    ...(type === 'us_bank_account' ? { payment_reference: world.ids.digits(15) } : {}),
  });
  Object.assign(charge, {
    paid: true,
    receipt_url: `${world.setup.baseUrl()}/_payintent/receipts/${charge.id}`,
    status: 'succeeded',
  });
  world.update('charges', charge);
}

/** Customers dispute debits with their bank, which names no other reason than that they did not agree. */
function willBeDisputed(world: World, charge: ApiObject, row: TestBankAccount): void {
  const reason = row.type === 'us_bank_account' ? 'debit_not_authorized' : 'customer_initiated';
  world.remember<ChargeFacts>(charge.id, { afterwards: { kind: 'dispute', reason } });
}

function blockDebit(world: World, intent: ApiObject, method: ApiObject, mandate: string) {
  const failure = blockedByRadar();
  markSpent(world, method);
  const charge = recordCharge(world, {
    intent,
    method,
    details: debitDetails(method, mandate),
    outcome: blockedOutcome(),
    status: 'failed',
    captured: false,
    failure: { code: failure.code, message: failure.message },
  });
  return concludeFailed(world, intent, method, failure, charge);
}

/** Fields of a bank account that its charges do not repeat. */
const METHOD_ONLY = new Set([
  'financial_connections_account',
  'generated_from',
  'networks',
  'status_details',
]);

/** `payment_method_details` of a debit: the account, and the mandate where the type has one (sepa_debit recorded). */
function debitDetails(method: ApiObject, mandate: string | null): ApiHash {
  const type = method['type'] as string;
  const account = Object.entries(method[type] as ApiHash).filter(([name]) => !METHOD_ONLY.has(name));
  return sorted({
    ...Object.fromEntries(account),
    ...(type === 'nz_bank_account' ? {} : { mandate }),
    ...(type === 'us_bank_account' ? { payment_reference: null } : {}),
  });
}
