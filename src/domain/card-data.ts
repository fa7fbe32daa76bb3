import type { CardError } from './card-declines.ts';
import { type CardBrand, findTestCard, type TestCard } from './test-cards.ts';

/** A card as somebody typed it. `now` is injected: this module knows no clock. */
export interface TypedCard {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc?: string;
}

/** Year and month (1 to 12) of the moment the card is typed. */
export interface YearMonth {
  year: number;
  month: number;
}

/** The Luhn check of card numbers. Digits only. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Spaces are accepted in numbers (recorded 2023), and so are hyphens. */
export function cardDigits(number: string): string {
  return number.replace(/[\s-]/g, '');
}

/** The brand of a number by its first digits, for numbers that are no test card. */
export function brandOfNumber(number: string): CardBrand {
  const digits = cardDigits(number);
  if (/^4/.test(digits)) return 'visa';
  if (/^(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/.test(digits)) return 'mastercard';
  if (/^3[47]/.test(digits)) return 'amex';
  if (/^3(?:0[0-5]|[689])/.test(digits)) return 'diners';
  if (/^35(?:2[89]|[3-8])/.test(digits)) return 'jcb';
  if (/^62/.test(digits)) return 'unionpay';
  if (/^6(?:011|4[4-9]|5)/.test(digits)) return 'discover';
  return 'unknown';
}

/** Two-digit years are this century (the API takes both). */
export function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/**
 * Why a typed card is refused when a PaymentMethod or token is made of it; undefined when it is accepted. All are HTTP
 * 402 `card_error`. `incorrect_number` is recorded, the others come from the testing page and public test suites.
 */
export function typedCardProblem(card: TypedCard, now: YearMonth): CardError | undefined {
  const digits = cardDigits(card.number);
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) {
    return problem('incorrect_number', 'Your card number is incorrect.', 'number');
  }
  if (!Number.isInteger(card.exp_month) || card.exp_month < 1 || card.exp_month > 12) {
    return problem('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
  const year = fullYear(card.exp_year);
  if (!Number.isInteger(year) || year < now.year || year > now.year + 50) {
    return problem('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (year === now.year && card.exp_month < now.month) {
    return problem('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
  if (card.cvc !== undefined && !cvcFits(card.cvc, digits)) {
    return problem('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  }
  return undefined;
}

function cvcFits(cvc: string, digits: string): boolean {
  return brandOfNumber(digits) === 'amex' ? /^\d{3,4}$/.test(cvc) : /^\d{3}$/.test(cvc);
}

function problem(code: string, message: string, param: string): CardError {
  return { type: 'card_error', code, message, param };
}

/** A well-formed number that is no test card: declined wherever it is charged or saved (public logs). */
export function liveCardError(): CardError {
  return {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'test_mode_live_card',
    message:
      'Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.',
  };
}

/** The test card with this number, if it is one. */
export function testCardOfNumber(number: string): TestCard | undefined {
  return findTestCard({ number: cardDigits(number) });
}
