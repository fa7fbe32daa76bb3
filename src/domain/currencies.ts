import rows from './data/currencies.json' with { type: 'json' };

export interface Currency {
  /** Lower case, as the API writes it. */
  code: string;
  name: string;
  /** The Arabic name, where the lessons need one. */
  nameAr?: string;
  /** How many digits of the amount stand behind the decimal point. */
  decimals: number;
  /** The least amount Stripe documents, minor units; undefined where none is documented. */
  minimum?: number;
  /** Amounts must divide by this: 10 for three-decimal currencies, 100 for isk and ugx. */
  multipleOf: number;
  /** The largest amount for cards, minor units. */
  maximumCard: number;
  /** The largest amount for every other method, minor units. */
  maximumNonCard: number;
  uncertain: boolean;
}

interface Row {
  code: string;
  name: string;
  nameAr?: string;
  decimals?: number;
  minimum?: number;
  multipleOf?: number;
  maximumNonCard?: number;
  uncertain?: boolean;
}

const CARD_MAXIMUM = 999_999_999_999;
const NON_CARD_MAXIMUM = 99_999_999;

/** Every currency, in the order of Stripe's own error message (usd first, then the alphabet, then the odd ones). */
export const CURRENCIES: readonly Currency[] = (rows as readonly Row[]).map((row) => ({
  code: row.code,
  name: row.name,
  ...(row.nameAr === undefined ? {} : { nameAr: row.nameAr }),
  decimals: row.decimals ?? 2,
  ...(row.minimum === undefined ? {} : { minimum: row.minimum }),
  multipleOf: row.multipleOf ?? 1,
  maximumCard: CARD_MAXIMUM,
  maximumNonCard: row.maximumNonCard ?? NON_CARD_MAXIMUM,
  uncertain: row.uncertain === true,
}));

const BY_CODE = new Map(CURRENCIES.map((currency) => [currency.code, currency]));

/** The currency with this code, in either case; undefined when Stripe does not know it. */
export function findCurrency(code: string): Currency | undefined {
  return BY_CODE.get(code.toLowerCase());
}

/** The refusal of an unknown currency: no code, param `currency` (recorded 2026-09; the list differs per account). */
export function invalidCurrencyMessage(given: string): string {
  const list = CURRENCIES.map((currency) => currency.code);
  return `Invalid currency: ${given}. Stripe currently supports these currencies: ${list.join(', ')}`;
}
