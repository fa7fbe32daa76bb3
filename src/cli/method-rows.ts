import { type BankOutcome, findTestBankAccount } from '../domain/bank-accounts.ts';
import { findTestCard, type TestCard } from '../domain/test-cards.ts';
import { TEST_METHODS, type TestMethod, type TestMethodGroup } from '../domain/test-methods.ts';
import type { MethodOutcome } from './method-outcomes.ts';

/** One line of `payintent methods`: what a test method is called and what it does. */
export interface MethodRow {
  readonly name: string;
  readonly outcome: MethodOutcome;
  readonly type: string;
  readonly brand: string | null;
  /** The documented id; null for methods made of their type alone. */
  readonly payment_method: string | null;
  readonly number: string | null;
  readonly description: string;
  readonly group: TestMethodGroup;
  readonly common: boolean;
}

const outcomeOfGroup: Readonly<Record<TestMethodGroup, MethodOutcome>> = {
  success: 'succeed',
  decline: 'decline',
  authentication: '3ds',
  fraud: 'succeed',
  dispute: 'dispute',
  refund: 'refund',
  balance: 'succeed',
  country: 'succeed',
  'bank debit': 'succeed',
  redirect: 'action',
  'app or QR code': 'action',
  voucher: 'action',
  'bank transfer': 'action',
  wallet: 'action',
};

const outcomeOfBank: Readonly<Record<BankOutcome, MethodOutcome>> = {
  succeeds: 'succeed',
  fails: 'decline',
  succeeds_then_dispute: 'dispute',
  stays_processing: 'processing',
  blocked: 'block',
  microdeposits_fail: 'decline',
  mandate_refused: 'decline',
  setup_rejected: 'decline',
};

/** Every test method that has a name, in the order of the groups. */
export function methodRows(): MethodRow[] {
  return TEST_METHODS.map((method) => {
    const card =
      method.type === 'card' && method.pm !== undefined ? findTestCard({ pm: method.pm }) : undefined;
    return {
      name: method.name,
      outcome: outcomeOf(method, card),
      type: method.type,
      brand: card?.brand ?? null,
      payment_method: method.pm ?? null,
      number: card?.number ?? null,
      description: method.title,
      group: method.group,
      common: method.common,
    };
  });
}

function outcomeOf(method: TestMethod, card: TestCard | undefined): MethodOutcome {
  if (card?.block !== undefined) return 'block';
  if (method.group !== 'bank debit' || method.pm === undefined) return outcomeOfGroup[method.group];
  const account = findTestBankAccount(method.pm);
  return account === undefined ? 'succeed' : outcomeOfBank[account.outcome];
}
