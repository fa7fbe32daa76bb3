import { describe, expect, it } from 'vitest';
import {
  findTestBankAccount,
  findTestBankAccountByDetails,
  TEST_BANK_ACCOUNTS,
} from '../../../src/domain/bank-accounts.ts';
import { attemptExpired, bankFailure, customerRefused } from '../../../src/domain/bank-failures.ts';
import { microdepositError, microdepositResult } from '../../../src/domain/microdeposits.ts';
import { voucherOutcome } from '../../../src/domain/voucher-outcomes.ts';

function ibanIsValid(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

describe('test bank accounts', () => {
  it.each([
    ['pm_usBankAccount_success', 'us_bank_account', 'succeeds', undefined, 0],
    ['pm_usBankAccount_insufficientFunds', 'us_bank_account', 'fails', 'insufficient_funds', 0],
    ['pm_usBankAccount_processing', 'us_bank_account', 'stays_processing', undefined, 0],
    ['pm_usBankAccount_dispute', 'us_bank_account', 'succeeds_then_dispute', undefined, 0],
    ['pm_sepaDebit_success_de', 'sepa_debit', 'succeeds', undefined, 0],
    ['pm_sepaDebit_successDelayed_fr', 'sepa_debit', 'succeeds', undefined, 180],
    ['pm_sepaDebit_failed_at', 'sepa_debit', 'fails', undefined, 0],
    ['pm_sepaDebit_exceedsWeeklyVolumeLimit_nl', 'sepa_debit', 'fails', 'charge_exceeds_source_limit', 0],
    ['pm_bacsDebit_insufficientFundsDelayed', 'bacs_debit', 'fails', 'insufficient_funds', 180],
    ['pm_bacsDebit_mandateRefused', 'bacs_debit', 'mandate_refused', undefined, 0],
    ['pm_auBecsDebit_accountClosed', 'au_becs_debit', 'fails', 'account_closed', 0],
    ['pm_acssDebit_noAccount', 'acss_debit', 'fails', 'no_account', 0],
    ['pm_nzBankAccount_referToCustomer', 'nz_bank_account', 'fails', 'refer_to_customer', 0],
  ])('%s', (pm, type, outcome, failureCode, delaySeconds) => {
    const found = findTestBankAccount(pm);
    expect(found).toMatchObject({ type, outcome, delaySeconds });
    expect(found?.failureCode).toBe(failureCode);
  });

  it('count as documented', () => {
    const count = (type: string) => TEST_BANK_ACCOUNTS.filter((row) => row.type === type).length;
    expect(
      ['us_bank_account', 'sepa_debit', 'bacs_debit', 'au_becs_debit', 'acss_debit', 'nz_bank_account'].map(
        count,
      ),
    ).toEqual([12, 152, 11, 10, 13, 6]);
  });

  it('have IBANs whose check digits are right and whose country is theirs', () => {
    for (const row of TEST_BANK_ACCOUNTS) {
      if (row.type !== 'sepa_debit') continue;
      const iban = row.details.iban ?? '';
      expect(ibanIsValid(iban), iban).toBe(true);
      expect(iban.slice(0, 2)).toBe(row.country);
      expect(row.pm?.endsWith(`_${row.country?.toLowerCase()}`)).toBe(true);
    }
  });

  it('are found by what a customer types', () => {
    expect(findTestBankAccountByDetails('sepa_debit', { iban: 'DE62 3704 0044 0532 0130 01' })?.pm).toBe(
      'pm_sepaDebit_failed_de',
    );
    expect(
      findTestBankAccountByDetails('us_bank_account', {
        routing_number: '110000000',
        account_number: '000222222227',
      })?.pm,
    ).toBe('pm_usBankAccount_insufficientFunds');
    expect(
      findTestBankAccountByDetails('us_bank_account', { account_number: '000222222227' }),
    ).toBeUndefined();
    expect(
      findTestBankAccountByDetails('acss_debit', {
        institution_number: '000',
        transit_number: '11000',
        account_number: '900123456789',
      }),
    ).toMatchObject({ outcome: 'succeeds', delaySeconds: 180, needsMicrodeposits: true });
    expect(
      findTestBankAccountByDetails('acss_debit', {
        institution_number: '000',
        transit_number: '11000',
        account_number: '1',
      }),
    ).toBeUndefined();
  });

  it('end the mandate where the bank says so', () => {
    expect(findTestBankAccount('pm_bacsDebit_debitNotAuthorized')?.endsMandate).toBe(true);
    expect(findTestBankAccount('pm_bacsDebit_insufficientFunds')?.endsMandate).toBe(false);
  });

  it('have a sentence for each failure', () => {
    for (const row of TEST_BANK_ACCOUNTS)
      expect(bankFailure(row.failureCode).message, row.pm).not.toBe('The payment failed.');
    expect(bankFailure().code).toBe('generic_could_not_process');
    expect(customerRefused().code).not.toBe(attemptExpired('PromptPay').code);
  });
});

describe('microdeposits', () => {
  it.each([
    [{ amounts: [32, 45] }, 'verified'],
    [{ amounts: [45, 32] }, 'verified'],
    [{ amounts: [10, 11] }, 'too_many_attempts'],
    [{ amounts: [40, 41] }, 'timeout'],
    [{ amounts: [32, 46] }, 'mismatch'],
    [{ amounts: [32, 45, 1] }, 'mismatch'],
    [{ amounts: [32] }, 'mismatch'],
    [{ descriptorCode: 'SM11AA' }, 'verified'],
    [{ descriptorCode: 'sm33cc' }, 'too_many_attempts'],
    [{ descriptorCode: 'SM44DD' }, 'timeout'],
    [{ descriptorCode: 'SM0000' }, 'mismatch'],
  ])('%j: %s', (given, result) => {
    expect(microdepositResult(given)).toBe(result);
  });

  it('say how many attempts are left', () => {
    const error = microdepositError('mismatch', 'amounts', 2);
    expect(error.code).toBe('payment_method_microdeposit_verification_amounts_mismatch');
    expect(error.message).toContain('You have 2 verification attempts remaining.');
  });
});

describe('vouchers', () => {
  it.each([
    ['anna@example.com', { result: 'paid', afterSeconds: 180 }],
    [undefined, { result: 'paid', afterSeconds: 180 }],
    ['anna_succeed_immediately@example.com', { result: 'paid', afterSeconds: 3 }],
    ['expire_immediately@example.com', { result: 'expired', afterSeconds: 3 }],
    ['Anna.Expire_With_Delay@example.com', { result: 'expired', afterSeconds: 180 }],
    ['fill_never@example.com', { result: 'never_paid' }],
    ['fill_never.anna@example.com', { result: 'paid', afterSeconds: 180 }],
    ['anna@fill_never.example.com', { result: 'paid', afterSeconds: 180 }],
  ])('of %s', (email, outcome) => {
    expect(voucherOutcome(email)).toEqual(outcome);
  });

  it('of konbini follow the confirmation number first', () => {
    expect(voucherOutcome('fill_never@example.com', '22222222220')).toEqual({
      result: 'paid',
      afterSeconds: 3,
    });
    expect(voucherOutcome('fill_never@example.com', '09012345678')).toEqual({ result: 'never_paid' });
  });
});
