import { describe, expect, it } from 'vitest';
import { findCurrency } from '../../../src/domain/currencies.ts';
import {
  acceptsCurrency,
  currencyRefusal,
  findPaymentMethodType,
  PAYMENT_METHOD_TYPES,
} from '../../../src/domain/payment-method-types.ts';
import { isPaymentIntentStatus } from '../../../src/domain/statuses.ts';

describe('payment method types', () => {
  it('are 59, in order, each once', () => {
    const types = PAYMENT_METHOD_TYPES.map((row) => row.type);
    expect(types).toHaveLength(59);
    expect(types).toEqual([...new Set(types)].sort());
  });

  it.each([
    ['card', 'immediate', 'succeeded', false, true],
    ['ideal', 'redirect', 'requires_action', true, false],
    ['klarna', 'redirect', 'requires_action', true, true],
    ['sepa_debit', 'delayed', 'processing', false, false],
    ['us_bank_account', 'delayed', 'processing', false, false],
    ['oxxo', 'voucher', 'requires_action', false, false],
    ['pix', 'qr', 'requires_action', false, false],
    ['customer_balance', 'bank_transfer', 'requires_action', false, false],
  ])('%s', (type, behavior, afterConfirm, redirects, manualCapture) => {
    expect(findPaymentMethodType(type)).toMatchObject({ behavior, afterConfirm, redirects, manualCapture });
  });

  it('behave as their class says', () => {
    for (const row of PAYMENT_METHOD_TYPES) {
      if (row.behavior === 'delayed')
        expect(row, row.type).toMatchObject({ afterConfirm: 'processing', mandate: true, delayed: true });
      if (row.behavior === 'redirect')
        expect(row, row.type).toMatchObject({ afterConfirm: 'requires_action', redirects: true });
      if (row.behavior === 'voucher')
        expect(row, row.type).toMatchObject({ afterConfirm: 'requires_action', delayed: true });
      if (row.afterConfirm !== null) expect(isPaymentIntentStatus(row.afterConfirm), row.type).toBe(true);
      for (const code of row.currencies ?? []) expect(findCurrency(code)?.code, row.type).toBe(code);
    }
  });

  it('take their currencies only', () => {
    expect(acceptsCurrency('bancontact', 'EUR')).toBe(true);
    expect(acceptsCurrency('bancontact', 'usd')).toBe(false);
    expect(acceptsCurrency('card', 'usd')).toBe(true);
    expect(acceptsCurrency('no_such_type', 'usd')).toBe(false);
  });

  it('refuse the others in the recorded words', () => {
    expect(currencyRefusal(['bancontact'], 'USD')?.message).toBe(
      'The currency provided (usd) is invalid. Payments with bancontact support the following currencies: eur.',
    );
    expect(currencyRefusal(['card', 'ideal'], 'gbp')?.message).toBe(
      'The currency provided (gbp) is invalid for one or more payment method types on this PaymentIntent.',
    );
    expect(currencyRefusal(['card', 'ideal'], 'eur')).toBeUndefined();
    expect(currencyRefusal(['no_such_type'], 'eur')).toBeUndefined();
  });
});
