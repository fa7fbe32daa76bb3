import { describe, expect, it } from 'vitest';
import {
  brandOfNumber,
  cardDigits,
  liveCardError,
  passesLuhn,
  testCardOfNumber,
  typedCardProblem,
} from '../../../src/domain/card-data.ts';
import { TEST_CARDS } from '../../../src/domain/test-cards.ts';

const NOW = { year: 2026, month: 8 };
const good = { number: '4242424242424242', exp_month: 12, exp_year: 2030, cvc: '123' };

describe('a typed card', () => {
  it.each([
    [good],
    [{ ...good, number: '4242 4242 4242 4242' }],
    [{ ...good, exp_year: 26, exp_month: 8 }],
    [{ number: good.number, exp_month: 1, exp_year: 2027 }],
    [{ ...good, number: '378282246310005', cvc: '1234' }],
    [{ ...good, number: '6205500000000000004' }],
  ])('%j is taken', (card) => {
    expect(typedCardProblem(card, NOW)).toBeUndefined();
  });

  it.each([
    [{ ...good, number: '4242424242424241' }, 'incorrect_number', 'number', 'Your card number is incorrect.'],
    [{ ...good, number: '4242' }, 'incorrect_number', 'number', 'Your card number is incorrect.'],
    [{ ...good, number: 'abcd' }, 'incorrect_number', 'number', 'Your card number is incorrect.'],
    [
      { ...good, exp_month: 13 },
      'invalid_expiry_month',
      'exp_month',
      "Your card's expiration month is invalid.",
    ],
    [
      { ...good, exp_month: 0 },
      'invalid_expiry_month',
      'exp_month',
      "Your card's expiration month is invalid.",
    ],
    [
      { ...good, exp_year: 2025 },
      'invalid_expiry_year',
      'exp_year',
      "Your card's expiration year is invalid.",
    ],
    [{ ...good, exp_year: 95 }, 'invalid_expiry_year', 'exp_year', "Your card's expiration year is invalid."],
    [
      { ...good, exp_year: 2026, exp_month: 7 },
      'invalid_expiry_month',
      'exp_month',
      "Your card's expiration month is invalid.",
    ],
    [{ ...good, cvc: '99' }, 'invalid_cvc', 'cvc', "Your card's security code is invalid."],
    [{ ...good, cvc: '1234' }, 'invalid_cvc', 'cvc', "Your card's security code is invalid."],
  ])('%j is %s', (card, code, param, message) => {
    expect(typedCardProblem(card, NOW)).toEqual({ type: 'card_error', code, param, message });
  });

  it('has the brand of its test card', () => {
    for (const card of TEST_CARDS) {
      if (card.number !== undefined) expect(brandOfNumber(card.number), card.number).toBe(card.brand);
    }
  });

  it('is a live card when nobody documented it', () => {
    expect(testCardOfNumber('4111 1111 1111 1111')).toBeUndefined();
    expect(passesLuhn(cardDigits('4111 1111 1111 1111'))).toBe(true);
    expect(liveCardError()).toMatchObject({ code: 'card_declined', decline_code: 'test_mode_live_card' });
  });
});
