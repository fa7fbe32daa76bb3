import type { ApiHash } from '../objects.ts';
import { makeIban } from '../payment-methods/iban.ts';
import type { World } from '../world.ts';

export type TransferType =
  | 'eu_bank_transfer'
  | 'gb_bank_transfer'
  | 'jp_bank_transfer'
  | 'mx_bank_transfer'
  | 'us_bank_transfer';

/** Which currency each kind of transfer brings (Stripe documentation: bank transfers). */
export const TRANSFER_CURRENCIES: Readonly<Record<TransferType, string>> = {
  eu_bank_transfer: 'eur',
  gb_bank_transfer: 'gbp',
  jp_bank_transfer: 'jpy',
  mx_bank_transfer: 'mxn',
  us_bank_transfer: 'usd',
};

/** The kind of transfer that brings a currency; undefined where there is none. */
export function transferTypeFor(currency: string): TransferType | undefined {
  return (Object.keys(TRANSFER_CURRENCIES) as TransferType[]).find(
    (type) => TRANSFER_CURRENCIES[type] === currency,
  );
}

/** Countries that a European transfer can be received in (Stripe documentation: bank transfers). */
export const EU_COUNTRIES = ['BE', 'DE', 'ES', 'FR', 'IE', 'NL'] as const;

const HOLDER = 'Payintent Emulator';
const BANK = 'STRIPE TEST BANK';

/**
 * Where a customer sends money: made-up accounts of this customer's own, always the same ones, whose numbers pass the
 * checks that a bank's form makes (fields from the types).
 *
 * @param country where the account is; chosen by the caller for European transfers
 */
export function fundingAddresses(
  world: World,
  customer: string,
  type: TransferType,
  country: string,
): ApiHash[] {
  const digits = (count: number, of: string) => digitsFrom(world, `${customer} ${type} ${of}`, count);
  const holder = {
    account_holder_address: address(country),
    account_holder_name: HOLDER,
    bank_address: address(country),
  };
  switch (type) {
    case 'us_bank_transfer':
      return [
        {
          aba: usAccount(holder, digits(12, 'aba'), { routing_number: '110000000' }),
          supported_networks: ['ach', 'domestic_wire_us'],
          type: 'aba',
        },
        {
          supported_networks: ['swift'],
          swift: usAccount(holder, digits(12, 'aba'), { swift_code: 'TSTEZ122' }),
          type: 'swift',
        },
      ];
    case 'eu_bank_transfer':
      return [
        {
          iban: {
            ...holder,
            bic: `TEST${country}22`,
            country,
            iban: makeIban(
              country,
              bban(country, (count) => digits(count, 'iban')),
            ),
          },
          supported_networks: ['sepa'],
          type: 'iban',
        },
      ];
    case 'gb_bank_transfer': {
      const { account_holder_address, account_holder_name, bank_address } = holder;
      return [
        {
          sort_code: {
            account_holder_address,
            account_holder_name,
            account_number: digits(8, 'sort'),
            bank_address,
            sort_code: '108800',
          },
          supported_networks: ['bacs', 'fps'],
          type: 'sort_code',
        },
      ];
    }
    case 'jp_bank_transfer':
      return [
        {
          supported_networks: ['zengin'],
          type: 'zengin',
          zengin: {
            account_holder_address: holder.account_holder_address,
            account_holder_name: HOLDER,
            account_number: digits(7, 'zengin'),
            account_type: 'futsu',
            bank_address: holder.bank_address,
            bank_code: '1100',
            bank_name: BANK,
            branch_code: '000',
            branch_name: 'TEST BRANCH',
          },
        },
      ];
    case 'mx_bank_transfer':
      return [
        {
          spei: {
            ...holder,
            bank_code: '646',
            bank_name: BANK,
            clabe: clabe(`646180${digits(11, 'clabe')}`),
          },
          supported_networks: ['spei'],
          type: 'spei',
        },
      ];
  }
}

type Holder = { account_holder_address: ApiHash; account_holder_name: string; bank_address: ApiHash };

function usAccount(holder: Holder, accountNumber: string, code: ApiHash): ApiHash {
  return {
    account_holder_address: holder.account_holder_address,
    account_holder_name: holder.account_holder_name,
    account_number: accountNumber,
    account_type: 'checking',
    bank_address: holder.bank_address,
    bank_name: BANK,
    ...code,
  };
}

/** An account number in the shape of its country's. */
function bban(country: string, digits: (count: number) => string): string {
  switch (country) {
    case 'BE':
      return digits(12);
    case 'ES':
      return digits(20);
    case 'FR':
      return digits(23);
    case 'IE':
      return `TEST${digits(14)}`;
    case 'NL':
      return `TEST${digits(10)}`;
    default:
      return digits(18);
  }
}

/** The last digit of a Mexican account number checks the others: weights 3, 7, 1. */
function clabe(first17: string): string {
  const sum = [...first17].reduce(
    (total, digit, at) => total + ((Number(digit) * ([3, 7, 1][at % 3] as number)) % 10),
    0,
  );
  return `${first17}${(10 - (sum % 10)) % 10}`;
}

function digitsFrom(world: World, of: string, count: number): string {
  let digits = '';
  for (let round = 0; digits.length < count; round += 1) {
    for (const character of world.ids.fingerprint(`${of} ${round}`))
      digits += String(character.charCodeAt(0) % 10);
  }
  return digits.slice(0, count);
}

function address(country: string): ApiHash {
  return {
    city: 'Test City',
    country,
    line1: '1 Test Street',
    line2: null,
    postal_code: '12345',
    state: null,
  };
}
