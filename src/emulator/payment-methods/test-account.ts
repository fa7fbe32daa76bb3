import {
  type BankDebitType,
  findTestBankAccount,
  findTestBankAccountByDetails,
  TEST_BANK_ACCOUNTS,
  type TestBankAccount,
} from '../../domain/bank-accounts.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** What the emulator knows of a bank account and the API never shows. */
export interface BankFacts {
  /** Key of its row in the table of test accounts; absent for an IBAN that is in no table. */
  testAccount: string;
  /** Its microdeposits were verified, or it came from a test id, which stands for a verified account. */
  verified: boolean;
  /** Failed verifications so far. */
  verificationAttempts: number;
}

const BANK_DEBITS: ReadonlySet<string> = new Set<BankDebitType>([
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'nz_bank_account',
  'sepa_debit',
  'us_bank_account',
]);

export const isBankDebit = (type: string): type is BankDebitType => BANK_DEBITS.has(type);

/** The name under which a row is remembered: its id, or its type and number where it has none. */
export function accountKey(row: TestBankAccount): string {
  return row.pm ?? `${row.type} ${row.details['account_number']}`;
}

/** The row that says how a method behaves; undefined for an IBAN that is in no table, which simply pays. */
export function testAccountOf(world: World, method: ApiObject): TestBankAccount | undefined {
  const key = world.facts<BankFacts>(method.id).testAccount;
  if (key === undefined) return undefined;
  return findTestBankAccount(key) ?? TEST_BANK_ACCOUNTS.find((row) => accountKey(row) === key);
}

/** Any routing number will do in test mode, as long as it is one: the account number picks the behaviour. */
export function accountForNumbers(type: BankDebitType, given: ApiHash): TestBankAccount | undefined {
  return findTestBankAccountByDetails(
    type,
    type === 'us_bank_account' ? { ...given, routing_number: '110000000' } : given,
  );
}
