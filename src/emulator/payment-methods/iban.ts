/** Where a country keeps the bank and the branch in its IBANs, as counts of characters after `skip`. */
interface IbanShape {
  readonly length: number;
  readonly bank: number;
  readonly branch?: number;
  /** Characters between the check digits and the bank code. */
  readonly skip?: number;
}

/**
 * The SEPA countries (IBAN registry). Bank and branch as Stripe cuts them is recorded for Denmark, Finland, France and
 * Croatia; the rest follow the registry.
 */
const SHAPES: Readonly<Record<string, IbanShape>> = {
  AD: { length: 24, bank: 4, branch: 4 },
  AT: { length: 20, bank: 5 },
  BE: { length: 16, bank: 3 },
  BG: { length: 22, bank: 4, branch: 4 },
  CH: { length: 21, bank: 5 },
  CY: { length: 28, bank: 3, branch: 5 },
  CZ: { length: 24, bank: 4 },
  DE: { length: 22, bank: 8 },
  DK: { length: 18, bank: 4 },
  EE: { length: 20, bank: 2 },
  ES: { length: 24, bank: 4, branch: 4 },
  FI: { length: 18, bank: 6 },
  FR: { length: 27, bank: 5, branch: 5 },
  GB: { length: 22, bank: 4, branch: 6 },
  GI: { length: 23, bank: 4 },
  GR: { length: 27, bank: 3, branch: 4 },
  HR: { length: 21, bank: 7 },
  HU: { length: 28, bank: 3, branch: 4 },
  IE: { length: 22, bank: 4, branch: 6 },
  IS: { length: 26, bank: 4 },
  IT: { length: 27, bank: 5, branch: 5, skip: 1 },
  LI: { length: 21, bank: 5 },
  LT: { length: 20, bank: 5 },
  LU: { length: 20, bank: 3 },
  LV: { length: 21, bank: 4 },
  MC: { length: 27, bank: 5, branch: 5 },
  MT: { length: 31, bank: 4, branch: 5 },
  NL: { length: 18, bank: 4 },
  NO: { length: 15, bank: 4 },
  PL: { length: 28, bank: 8 },
  PT: { length: 25, bank: 4, branch: 4 },
  RO: { length: 24, bank: 4 },
  SE: { length: 24, bank: 3 },
  SI: { length: 19, bank: 5 },
  SK: { length: 24, bank: 4 },
  SM: { length: 27, bank: 5, branch: 5, skip: 1 },
};

export interface Iban {
  /** Without spaces, in capitals. */
  readonly iban: string;
  readonly country: string;
  readonly bankCode: string;
  /** Empty where the country has none (recorded). */
  readonly branchCode: string;
  readonly last4: string;
}

/** Takes an IBAN apart. Undefined when it is not one: wrong country, length or check digits. */
export function readIban(given: string): Iban | undefined {
  const iban = given.replace(/[\s-]/g, '').toUpperCase();
  const country = iban.slice(0, 2);
  const shape = Object.hasOwn(SHAPES, country) ? SHAPES[country] : undefined;
  if (shape === undefined || iban.length !== shape.length || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban))
    return undefined;
  if (remainder97(iban.slice(4) + iban.slice(0, 4)) !== 1) return undefined;
  const bankAt = 4 + (shape.skip ?? 0);
  const branchAt = bankAt + shape.bank;
  return {
    iban,
    country,
    bankCode: iban.slice(bankAt, branchAt),
    branchCode: iban.slice(branchAt, branchAt + (shape.branch ?? 0)),
    last4: iban.slice(-4),
  };
}

/** The IBAN of a country's account (`bban`), with the check digits it needs. */
export function makeIban(country: string, bban: string): string {
  const check = 98 - remainder97(`${bban}${country}00`);
  return `${country}${String(check).padStart(2, '0')}${bban}`;
}

/** ISO 7064: letters count from 10 (A) to 35 (Z). */
function remainder97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
