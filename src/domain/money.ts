import { type Currency, findCurrency } from './currencies.ts';
import { CURRENCY_SIGNS, PLAIN_SIGNS } from './currency-signs.ts';
import type { Refusal } from './refusals.ts';

/** Unknown currencies are shown with two decimals, which is what nearly all of them have. */
function decimalsOf(code: string): number {
  return findCurrency(code)?.decimals ?? 2;
}

/** The number alone, in major units: 1099 with 2 decimals is "10.99", 123456 with 0 is "123,456". */
function majorUnits(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const whole = digits.slice(0, split).replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === 0 ? whole : `${whole}.${digits.slice(split)}`;
}

/**
 * An amount for people: `$10.99`, `€10.99`, `¥500`, `KWD 1.234`, `-$5.00`. `minor` is in minor units.
 * The same text on every Node version and locale.
 */
export function formatAmount(minor: number, currency: string): string {
  const code = currency.toLowerCase();
  const sign = PLAIN_SIGNS[code] ?? `${code.toUpperCase()} `;
  return `${minor < 0 ? '-' : ''}${sign}${majorUnits(minor, decimalsOf(code))}`;
}

/** An amount as Stripe's error messages write it: `$11.00` whichever dollar it is. */
export function formatAmountInError(minor: number, currency: string): string {
  const code = currency.toLowerCase();
  const sign = CURRENCY_SIGNS[code] ?? code.toUpperCase();
  return `${minor < 0 ? '-' : ''}${sign}${majorUnits(minor, decimalsOf(code))}`;
}

/** Which maximum counts: that of cards (12 digits) or that of everything else (8 digits, with exceptions). */
export type AmountScope = 'card' | 'any_method';

/** `amount` zero or below on create or update (recorded 2025 and 2026; the two spaces are Stripe's). */
const BELOW_ONE =
  'The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents';

/**
 * Why Stripe refuses `amount` (minor units) in `currency`; undefined when it takes it. HTTP 400.
 * Known currencies only: an unknown code is another error and gives undefined here.
 * The minimum is the documented one: a real account may have a lower one, or one in its settlement currency.
 */
export function amountProblem(
  amount: number,
  currency: string,
  scope: AmountScope = 'any_method',
): (Refusal & { code: string }) | undefined {
  const known = findCurrency(currency);
  if (known === undefined) return undefined;
  if (amount <= 0) return { code: 'parameter_invalid_integer', message: BELOW_ONE, param: 'amount' };
  if (known.minimum !== undefined && amount < known.minimum) {
    return { code: 'amount_too_small', message: minimumMessage(known, known.minimum), param: 'amount' };
  }
  const maximum = scope === 'card' ? known.maximumCard : known.maximumNonCard;
  if (amount > maximum) {
    return {
      code: 'amount_too_large',
      message: `Amount must be no more than ${formatAmountInError(maximum, known.code)}`,
    };
  }
  if (amount % known.multipleOf !== 0) {
    return { code: 'invalid_charge_amount', message: multipleMessage(known), param: 'amount' };
  }
  return undefined;
}

/** Public logs: `Amount must be at least $0.50 usd`. */
function minimumMessage(currency: Currency, minimum: number): string {
  return `Amount must be at least ${formatAmountInError(minimum, currency.code)} ${currency.code}`;
}

/** The rule is documented, the wording is ours: no recording shows it. */
function multipleMessage(currency: Currency): string {
  const zeros = currency.multipleOf === 100 ? 'two zeros' : 'a zero';
  return `Invalid amount: amounts in ${currency.code} must end in ${zeros}, so they must be a multiple of ${currency.multipleOf}.`;
}
