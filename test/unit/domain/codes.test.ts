import { describe, expect, it } from 'vitest';
import { cardDeclineError } from '../../../src/domain/card-declines.ts';
import { DECLINE_CODES, findDeclineCode } from '../../../src/domain/decline-codes.ts';
import { ERROR_CODES, errorDocUrl, findErrorCode } from '../../../src/domain/error-codes.ts';
import { findPaymentIntentField, PAYMENT_INTENT_FIELDS } from '../../../src/domain/payment-intent-fields.ts';
import { TEST_CARDS } from '../../../src/domain/test-cards.ts';
import { findTestMethodByPm } from '../../../src/domain/test-methods.ts';

describe('the tables behind `explain`', () => {
  it('explain every decline that a test card can cause', () => {
    for (const card of TEST_CARDS) {
      if (card.decline === undefined) continue;
      const error = cardDeclineError(card.decline);
      expect(findDeclineCode(card.decline)?.code).toBe(card.decline);
      expect(findDeclineCode(card.decline)?.errorCode).toBe(error.code);
      expect(findErrorCode(error.code)?.type).toBe('card_error');
    }
  });

  it('name test methods that exist', () => {
    for (const row of DECLINE_CODES) {
      const pm = row.testCard?.split(' ')[0];
      if (pm?.startsWith('pm_') === true) expect(findTestMethodByPm(pm)?.pm, row.code).toBe(pm);
    }
  });

  it('keep from the customer what the customer must not read', () => {
    for (const code of ['fraudulent', 'lost_card', 'stolen_card', 'merchant_blacklist']) {
      expect(findDeclineCode(code)?.hideFromCustomer, code).toBe(true);
    }
    expect(findDeclineCode('insufficient_funds')?.hideFromCustomer).toBeUndefined();
  });

  it('have each code once, for cards and for other methods', () => {
    expect(new Set(DECLINE_CODES.map((row) => `${row.appliesTo} ${row.code}`)).size).toBe(
      DECLINE_CODES.length,
    );
    expect(findDeclineCode('insufficient_funds')?.appliesTo).toBe('card');
    expect(new Set(ERROR_CODES.map((row) => row.code)).size).toBe(ERROR_CODES.length);
  });

  it('link codes as doc_url does', () => {
    expect(errorDocUrl('payment_intent_unexpected_state')).toBe(
      'https://stripe.com/docs/error-codes/payment-intent-unexpected-state',
    );
  });

  it('describe the fields of a PaymentIntent', () => {
    expect(PAYMENT_INTENT_FIELDS).toHaveLength(47);
    expect(findPaymentIntentField('client_secret')?.description).toMatch(/never log/i);
    expect(findPaymentIntentField('latest_charge')?.nullable).toBe(true);
    expect(findPaymentIntentField('charges')).toBeUndefined();
  });

  it('say nothing about how they were put together', () => {
    const text = JSON.stringify([DECLINE_CODES, ERROR_CODES, PAYMENT_INTENT_FIELDS]);
    expect(text).not.toMatch(/recorded|cassette|support table|docs copy|\.json/i);
  });
});
