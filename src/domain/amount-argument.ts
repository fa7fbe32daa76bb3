import { findCurrency } from './currencies.ts';
import { formatAmount } from './money.ts';

/** The answer to an amount that a person typed. `amount` is in minor units; `hint` is what to type instead. */
export type AmountArgument = { ok: true; amount: number } | { ok: false; message: string; hint?: string };

/** Twelve digits are the most any currency and method takes. */
const MOST_DIGITS = 12;

/**
 * Reads an amount argument. Only a whole number of minor units is an amount, as in the API; whatever else people type
 * is refused with the number they meant, when that can be told. `currency` (default usd) decides the decimals.
 */
export function parseAmountArgument(text: string, currency = 'usd'): AmountArgument {
  const given = text.trim().replace(/^\.(?=\d)/, '0.');
  if (/^\d+$/.test(given)) return fromDigits(given);
  if (given === '') return refuse('The amount is empty. Give a whole number in the smallest currency unit.');
  if (/^[-−]/.test(given))
    return refuse(`The amount ${given} is negative. Amounts are positive whole numbers.`);

  const money = /^(?:[^\d.,\s-]{1,4}\s*)?(\d[\d.,'_ ]*?)(?:\s*[^\d.,\s-]{1,4})?$/u.exec(given);
  if (money?.[1] === undefined || /\d[eE]\d/.test(given)) {
    return refuse('An amount is a whole number in the smallest currency unit: 1099 is $10.99.');
  }
  return fromMajorUnits(given, money[1], currency);
}

function fromDigits(digits: string): AmountArgument {
  if (digits.replace(/^0+/, '').length > MOST_DIGITS) {
    return refuse(`The amount ${digits} is too large: no currency takes more than ${MOST_DIGITS} digits.`);
  }
  return { ok: true, amount: Number(digits) };
}

/** `10.99`, `$5`, `1,000`: somebody thought in major units. */
function fromMajorUnits(given: string, number: string, currency: string): AmountArgument {
  const known = findCurrency(currency);
  const decimals = known?.decimals ?? 2;
  const code = currency.toUpperCase();
  const reading = readNumber(number, decimals);
  if (reading === undefined) {
    return refuse(
      decimals === 0
        ? `"${given}" has decimals, but ${code} has none. Give whole ${code}.`
        : `"${given}" has more than the ${decimals} decimals of ${code}. Amounts are whole numbers in the smallest currency unit.`,
    );
  }
  const hint = reading.replace(/^0+(?=\d)/, '');
  if (hint.length > MOST_DIGITS) return refuse(`The amount ${given} is too large.`);
  const meant = formatAmount(Number(hint), currency);
  return refuse(
    decimals === 0
      ? `Amounts are whole numbers. For ${meant} use ${hint}.`
      : `Amounts are whole numbers in the smallest currency unit. For ${meant} use ${hint}.`,
    hint,
  );
}

/**
 * The digits of a number in major units, shifted to minor units. The last separator is the decimal point when at most
 * `decimals` digits follow it, otherwise every separator groups thousands; undefined when neither reading fits.
 */
function readNumber(number: string, decimals: number): string | undefined {
  const trimmed = number.replace(/[^\d]+$/, '');
  const last = Math.max(trimmed.lastIndexOf('.'), trimmed.lastIndexOf(','));
  if (last >= 0) {
    const fraction = trimmed.slice(last + 1);
    const groups = fraction.length === 3 && /^\d{1,3}(?:[.,'_ ]\d{3})+$/.test(trimmed) && decimals !== 3;
    if (!groups) {
      if (fraction.length > decimals) return undefined;
      return trimmed.slice(0, last).replace(/\D/g, '') + fraction.padEnd(decimals, '0');
    }
  }
  return trimmed.replace(/\D/g, '') + '0'.repeat(decimals);
}

function refuse(message: string, hint?: string): AmountArgument {
  return hint === undefined ? { ok: false, message } : { ok: false, message, hint };
}
