import { describe, expect, it } from 'vitest';
import { parseAmountArgument } from '../../../src/domain/amount-argument.ts';
import { CURRENCIES, findCurrency, invalidCurrencyMessage } from '../../../src/domain/currencies.ts';
import { amountProblem, formatAmount, formatAmountInError } from '../../../src/domain/money.ts';

describe('currencies', () => {
  it.each([
    ['usd', 2, 50, 1],
    ['jpy', 0, 50, 1],
    ['krw', 0, 50, 1],
    ['kwd', 3, undefined, 10],
    ['isk', 2, undefined, 100],
    ['ugx', 2, undefined, 100],
    ['huf', 2, 17500, 1],
    ['gbp', 2, 30, 1],
  ])('%s has %d decimals', (code, decimals, minimum, multipleOf) => {
    const currency = findCurrency(code);
    expect(currency).toMatchObject({ decimals, multipleOf });
    expect(currency?.minimum).toBe(minimum);
  });

  it('are found in either case, and only when Stripe has them', () => {
    expect(findCurrency('EUR')?.code).toBe('eur');
    expect(findCurrency('ppp')).toBeUndefined();
  });

  it('are listed in the order of the error message', () => {
    const message = invalidCurrencyMessage('ppp');
    expect(message).toMatch(
      /^Invalid currency: ppp\. Stripe currently supports these currencies: usd, aed, afn, all, amd, ang, /,
    );
    expect(message).toMatch(/, usdc, btn, ghs, eek, lvl, svc, vef, ltl, sll, mro$/);
    expect(message).toContain(', xcd, xcg, xof, ');
  });

  it('have minimums that their own multiple allows', () => {
    for (const currency of CURRENCIES) {
      if (currency.minimum !== undefined) expect(currency.minimum % currency.multipleOf).toBe(0);
    }
  });
});

describe('amounts for people', () => {
  it.each([
    [1099, 'usd', '$10.99'],
    [1099, 'EUR', '€10.99'],
    [500, 'jpy', '¥500'],
    [1234, 'kwd', 'KWD 1.234'],
    [123456789, 'usd', '$1,234,567.89'],
    [1234567, 'jpy', '¥1,234,567'],
    [5, 'usd', '$0.05'],
    [0, 'usd', '$0.00'],
    [5, 'kwd', 'KWD 0.005'],
    [-500, 'usd', '-$5.00'],
    [1000, 'cad', 'CA$10.00'],
    [1000, 'chf', 'CHF 10.00'],
    [1000, 'zzz', 'ZZZ 10.00'],
  ])('%d %s is %s', (minor, currency, text) => {
    expect(formatAmount(minor, currency)).toBe(text);
  });

  it('are written without the country in errors', () => {
    expect(formatAmountInError(1100, 'usd')).toBe('$11.00');
    expect(formatAmountInError(1100, 'cad')).toBe('$11.00');
    expect(formatAmountInError(5000, 'pkr')).toBe('₨50.00');
  });
});

describe('amounts that Stripe refuses', () => {
  it('zero and below, with the recorded text', () => {
    const zero = amountProblem(0, 'usd');
    expect(zero).toEqual({
      code: 'parameter_invalid_integer',
      param: 'amount',
      message:
        'The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents',
    });
    expect(amountProblem(-1, 'usd')).toEqual(zero);
  });

  it.each([
    [49, 'usd', 'Amount must be at least $0.50 usd'],
    [49, 'eur', 'Amount must be at least €0.50 eur'],
    [29, 'gbp', 'Amount must be at least £0.30 gbp'],
    [49, 'jpy', 'Amount must be at least ¥50 jpy'],
    [17499, 'huf', 'Amount must be at least Ft175.00 huf'],
  ])('%d %s is too small', (amount, currency, message) => {
    expect(amountProblem(amount, currency)).toEqual({ code: 'amount_too_small', message, param: 'amount' });
    expect(amountProblem(amount + 1, currency)).toBeUndefined();
  });

  it('more than eight digits, or twelve with cards', () => {
    expect(amountProblem(99_999_999, 'usd')).toBeUndefined();
    expect(amountProblem(100_000_000, 'usd')).toEqual({
      code: 'amount_too_large',
      message: 'Amount must be no more than $999,999.99',
    });
    expect(amountProblem(100_000_000, 'usd', 'card')).toBeUndefined();
    expect(amountProblem(1_000_000_000_000, 'usd', 'card')?.code).toBe('amount_too_large');
    expect(amountProblem(100_000_000, 'idr')).toBeUndefined();
  });

  it.each([
    [5124, 'kwd', false],
    [5120, 'kwd', true],
    [550, 'isk', false],
    [500, 'isk', true],
  ])('%d %s: allowed %s', (amount, currency, allowed) => {
    expect(amountProblem(amount, currency) === undefined).toBe(allowed);
  });

  it('takes amounts of currencies without a documented minimum from 1 on', () => {
    expect(amountProblem(1, 'afn')).toBeUndefined();
  });
});

describe('amounts typed on the command line', () => {
  it.each([
    ['1099', 1099],
    [' 50 ', 50],
    ['0', 0],
    ['007', 7],
    ['999999999999', 999_999_999_999],
  ])('%j is %d', (text, amount) => {
    expect(parseAmountArgument(text)).toEqual({ ok: true, amount });
  });

  it.each([
    ['10.99', 'usd', '1099'],
    ['10,99', 'eur', '1099'],
    ['10.9', 'usd', '1090'],
    ['0.50', 'usd', '50'],
    ['.50', 'usd', '50'],
    ['$5', 'usd', '500'],
    ['€ 12.50', 'eur', '1250'],
    ['5 USD', 'usd', '500'],
    ['5usd', 'usd', '500'],
    ['1,000', 'usd', '100000'],
    ['1,000.50', 'usd', '100050'],
    ['1.000,50', 'eur', '100050'],
    ['1_000', 'usd', '100000'],
    ['¥500', 'jpy', '500'],
    ['1,000', 'jpy', '1000'],
    ['1.234', 'kwd', '1234'],
    ['5.1', 'kwd', '5100'],
  ])('%j of %s is refused with %s', (text, currency, hint) => {
    const answer = parseAmountArgument(text, currency);
    expect(answer).toMatchObject({ ok: false, hint });
    if (!answer.ok) expect(answer.message).toContain(hint);
  });

  it.each([
    ['abc'],
    ['-5'],
    ['10.999'],
    ['1e3'],
    ['1099 cents please'],
    ['1'.repeat(13)],
    ['9'.repeat(22)],
    [''],
    ['.'],
    ['$'],
    ['12:30'],
  ])('%j is refused', (text) => {
    const answer = parseAmountArgument(text, 'usd');
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.message.length).toBeGreaterThan(10);
    // Nobody who typed this meant 10.99.
    expect(answer).not.toMatchObject({ hint: '1099' });
  });

  it('refuses decimals where the currency has none', () => {
    expect(parseAmountArgument('500.5', 'jpy')).toMatchObject({
      ok: false,
      message: expect.stringContaining('JPY'),
    });
  });

  it('says what the typed amount would have meant', () => {
    expect(parseAmountArgument('10.99', 'usd')).toMatchObject({
      message: 'Amounts are whole numbers in the smallest currency unit. For $10.99 use 1099.',
    });
  });
});
