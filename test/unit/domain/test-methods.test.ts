import { describe, expect, it } from 'vitest';
import { TEST_BANK_ACCOUNTS } from '../../../src/domain/bank-accounts.ts';
import { TEST_CARDS } from '../../../src/domain/test-cards.ts';
import {
  findTestMethod,
  findTestMethodByPm,
  TEST_METHOD_GROUPS,
  TEST_METHODS,
  testMethodNames,
} from '../../../src/domain/test-methods.ts';

describe('short names of test methods', () => {
  it.each([
    ['visa', 'pm_card_visa'],
    ['mastercard', 'pm_card_mastercard'],
    ['declined', 'pm_card_visa_chargeDeclined'],
    ['insufficient-funds', 'pm_card_visa_chargeDeclinedInsufficientFunds'],
    ['insufficient_funds', 'pm_card_visa_chargeDeclinedInsufficientFunds'],
    ['expired', 'pm_card_chargeDeclinedExpiredCard'],
    ['lost', 'pm_card_visa_chargeDeclinedLostCard'],
    ['stolen', 'pm_card_visa_chargeDeclinedStolenCard'],
    ['lost_card', 'pm_card_visa_chargeDeclinedLostCard'],
    ['incorrect-cvc', 'pm_card_chargeDeclinedIncorrectCvc'],
    ['processing-error', 'pm_card_chargeDeclinedProcessingError'],
    ['3ds', 'pm_card_threeDSecure2Required'],
    ['3DS', 'pm_card_threeDSecure2Required'],
    ['dispute', 'pm_card_createDispute'],
    ['refund-fail', 'pm_card_refundFail'],
    ['visa-de', 'pm_card_de'],
    ['sepa', 'pm_sepaDebit_success_de'],
    ['sepa-failed', 'pm_sepaDebit_failed_de'],
    ['sepa-fr', 'pm_sepaDebit_success_fr'],
    ['us-bank', 'pm_usBankAccount_success'],
    ['ach', 'pm_usBankAccount_success'],
    ['us-bank-insufficient-funds', 'pm_usBankAccount_insufficientFunds'],
    ['bacs', 'pm_bacsDebit_success'],
  ])('%s is %s', (name, pm) => {
    expect(findTestMethod(name)?.pm).toBe(pm);
  });

  it('name methods that have no id by their type', () => {
    expect(findTestMethod('ideal')).toMatchObject({ type: 'ideal', group: 'redirect' });
    expect(findTestMethod('ideal')).not.toHaveProperty('pm');
    expect(findTestMethod('oxxo')).toMatchObject({ type: 'oxxo', group: 'voucher' });
  });

  it('reach every documented id', () => {
    const documented = [
      ...TEST_CARDS.filter((card) => card.group !== 'in_person').map((card) => card.pm),
      ...TEST_BANK_ACCOUNTS.map((account) => account.pm),
    ];
    for (const pm of documented) if (pm !== undefined) expect(findTestMethodByPm(pm)?.pm).toBe(pm);
  });

  it('are all different, and in known groups', () => {
    expect(testMethodNames()).toHaveLength(TEST_METHODS.length);
    for (const method of TEST_METHODS) {
      expect(method.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(TEST_METHOD_GROUPS).toContain(method.group);
    }
  });

  it('put at least one well-known method into most groups', () => {
    const groups = new Set(TEST_METHODS.filter((method) => method.common).map((method) => method.group));
    expect(groups.size).toBeGreaterThanOrEqual(8);
  });

  it('know nothing of the rest', () => {
    expect(findTestMethod('vsia')).toBeUndefined();
    expect(findTestMethodByPm('pm_card_nope')).toBeUndefined();
  });
});
