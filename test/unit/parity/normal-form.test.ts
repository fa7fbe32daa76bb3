import { describe, expect, test } from 'vitest';
import { NormalForm } from '../../../src/parity/normal-form.ts';

const [pi, other, ch, cus] = [
  'pi_3QxyzAbCdEfGhIjK0LmNoPqR',
  'pi_3QxyzAbCdEfGhIjK1LmNoPqS',
  'ch_3QxyzAbCdEfGhIjK0AbCdEfG',
  'cus_RabcdefgHijklM',
];

const form = () => new NormalForm({ run: 'parity_0123456789abcdef' });

describe('ids', () => {
  test('are counted, each prefix by itself, and stay the same', () => {
    const normal = form();
    expect(normal.of({ id: pi, latest_charge: ch, customer: cus })).toEqual({
      id: 'pi_1',
      latest_charge: 'ch_1',
      customer: 'cus_1',
    });
    expect(normal.of([other, pi])).toEqual(['pi_2', 'pi_1']);
  });

  test('are counted alike whatever order the fields have', () => {
    expect(form().of({ b: other, a: pi })).toEqual({ a: 'pi_1', b: 'pi_2' });
    expect(form().of({ a: pi, b: other })).toEqual({ a: 'pi_1', b: 'pi_2' });
  });

  test('are found inside texts', () => {
    expect(form().of(`No such payment_intent: '${pi}'`)).toBe("No such payment_intent: 'pi_1'");
  });

  test.each([
    'requires_payment_method',
    'payment_intent_unexpected_state',
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    'pm_usBankAccount_insufficientFunds',
    'us_bank_account',
    'automatic_async',
    'card_authenticationrequired',
    'test_verylongwordindeed',
  ])('%s is none', (word) => {
    expect(form().of(word)).toBe(word);
  });
});

describe('times', () => {
  test('count from the first thing created, whatever the clock says', () => {
    const normal = form();
    expect(normal.of({ expires_at: 1_800_604_800, created: 1_800_000_000 })).toEqual({
      expires_at: '<time +604800>',
      created: '<time +0>',
    });
    expect(normal.of({ canceled_at: 1_799_999_990 })).toEqual({ canceled_at: '<time -10>' });
  });

  test('are not amounts', () => {
    expect(form().of({ amount: 99_999_999, count: 0, part: 1_800_000_000.5 })).toEqual({
      amount: 99_999_999,
      count: 0,
      part: 1_800_000_000.5,
    });
  });

  test('dates are only there', () => {
    expect(form().of({ expected_debit_date: '2026-11-25', released: '2026-10-28.endive' })).toEqual({
      expected_debit_date: '<date>',
      released: '2026-10-28.endive',
    });
  });
});

describe('what cannot be compared by its value', () => {
  test.each([
    ['client_secret', `${pi}_secret_abcDEF123456789`, '<secret>'],
    ['note', `see ${pi}_secret_abcDEF123456789`, '<secret>'],
    ['receipt_url', 'https://pay.stripe.com/receipts/x', '<url>'],
    ['text', 'go to http://127.0.0.1:4242/x now', 'go to <url> now'],
    [
      'doc_url',
      'https://stripe.com/docs/error-codes/card-declined',
      'https://stripe.com/docs/error-codes/card-declined',
    ],
    ['authorization_code', '123456', '<random>'],
    ['risk_score', 33, '<random>'],
    ['account_number', '', ''],
    ['fingerprint', 'AbCd1234EfGh5678', 'fingerprint_1'],
  ])('%s', (field, value, expected) => {
    expect(form().of({ [field]: value })).toEqual({ [field]: expected });
  });

  test('keys and webhook secrets are masked, if ever one comes back', () => {
    const key = ['sk', 'test', 'abcdefgh12345678'].join('_');
    expect(JSON.stringify(form().of({ message: `Invalid API Key: ${key}` }))).not.toContain('abcdefgh');
  });

  test("what Stripe's own scripts read is opaque but for its type", () => {
    expect(
      form().of({ use_stripe_sdk: { type: 'three_d_secure_redirect', source: 'x', deep: { a: 1 } } }),
    ).toEqual({
      use_stripe_sdk: { type: 'three_d_secure_redirect', contents: '<opaque>' },
    });
  });

  test('what was told comes back as it is', () => {
    const normal = form();
    expect(
      normal.told({
        return_url: 'https://example.com/return',
        metadata: { payintent_parity: 'parity_0123456789abcdef' },
      }),
    ).toEqual({ return_url: 'https://example.com/return', metadata: { payintent_parity: '<run>' } });
    expect(normal.of({ return_url: 'https://example.com/return', account_number: '000123456789' })).toEqual({
      return_url: 'https://example.com/return',
      account_number: '<random>',
    });
    normal.told({ account_number: '000123456789' });
    expect(normal.of({ account_number: '000123456789' })).toEqual({ account_number: '000123456789' });
    expect(normal.of('a key of parity_0123456789abcdef')).toBe('a key of <run>');
  });
});
