import { createHash, randomBytes } from 'node:crypto';
import { OFFLINE_ACCOUNT, OFFLINE_MARK } from '../domain/id-target.ts';

/**
 * Ids with the structure of Stripe's (recorded 2026-08). The 24 characters after most prefixes are: a digit (always `0`
 * here, so that an offline id is recognised), 5 characters of time, the last 10 characters of the account id, a digit
 * and 7 random characters. Times are unix seconds on the emulator's clock.
 */
export interface Ids {
  /** The account that all objects belong to, `acct_...`. */
  readonly account: string;
  /** An id for an intent, whose first 17 characters after the prefix all that it causes will share. */
  intent(prefix: string, now: number): string;
  /** An id for something an intent caused: its charges, refunds, balance transactions, payment attempts, events. */
  related(prefix: string, intentId: string): string;
  /** An id for anything else; the shorter form for customers. Prefixes are given without `_`. */
  plain(prefix: string, now: number): string;
  /** `req_...`. */
  request(now: number): string;
  /** The client secret of a PaymentIntent or a SetupIntent (recorded: 25 and 31 characters after `_secret_`). */
  clientSecret(intentId: string): string;
  /** Signing secret of a webhook endpoint, `whsec_...`. */
  signingSecret(): string;
  /** A customer's prefix of invoice numbers: 8 capitals or digits. */
  invoicePrefix(): string;
  /** The same for the same card or account number in one emulated account, as Stripe has it: 16 characters. */
  fingerprint(of: string): string;
  /** Random decimal digits, e.g. of an authorization code. */
  digits(count: number): string;
  uuid(): string;
}

/** In the order of their codes, so that ids sort by time wherever texts are compared by bytes. */
const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CAPITALS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** 2020-01-01 in unix seconds: five base-62 characters count 29 years from here. */
const EPOCH = 1_577_836_800;
const TIME_LENGTH = 5;
const FAMILY_LENGTH = 17;
const ACCOUNT_LENGTH = 10;
const SETUP_SECRET_LENGTH = 31;
const PAYMENT_SECRET_LENGTH = 25;
const POOL_BYTES = 4096;

/**
 * How many ids of one second share the digit. Ids made one after the other then lie close together in the store's
 * indexes, which makes a commit of many of them a fifth cheaper than with a digit at random.
 */
const DIGIT_STAYS_FOR = 512;

export interface IdOptions {
  /** `acct_` and at least ten base-62 characters. */
  readonly account?: string;
  /** Source of random bytes; tests give their own. */
  readonly random?: (bytes: number) => Uint8Array;
}

export function createIds(options: IdOptions = {}): Ids {
  const account = options.account ?? OFFLINE_ACCOUNT;
  const accountPart = account.slice(-ACCOUNT_LENGTH);
  const random = createCharacters(options.random ?? randomBytes);
  let encodedAt = Number.NaN;
  let encoded = '';
  let firstDigit = 0;
  let families = 0;

  function time(now: number): string {
    if (now !== encodedAt) {
      encodedAt = now;
      encoded = encodeTime(now);
      firstDigit = Number(random(DIGITS, 1));
      families = 0;
    }
    return encoded;
  }

  function family(now: number): string {
    const start = OFFLINE_MARK + time(now) + accountPart;
    const digit = (firstDigit + Math.floor(families / DIGIT_STAYS_FOR)) % DIGITS.length;
    families += 1;
    return start + digit;
  }

  return {
    account,
    intent: (prefix, now) => `${prefix}_${family(now)}${random(BASE_62, 7)}`,
    related(prefix, intentId) {
      const start = intentId.indexOf('_') + 1;
      return `${prefix}_${intentId.slice(start, start + FAMILY_LENGTH)}${random(BASE_62, 7)}`;
    },
    plain(prefix, now) {
      if (prefix === 'cus') return `cus_${OFFLINE_MARK}${time(now)}${random(BASE_62, 8)}`;
      return `${prefix}_${family(now)}${random(BASE_62, 7)}`;
    },
    request: (now) => `req_${OFFLINE_MARK}${time(now)}${random(BASE_62, 8)}`,
    clientSecret(intentId) {
      if (!intentId.startsWith('seti_'))
        return `${intentId}_secret_${random(BASE_62, PAYMENT_SECRET_LENGTH)}`;
      // A SetupIntent's secret begins with the characters of its time, like a customer's id.
      const start = intentId.slice('seti_'.length, 'seti_'.length + 1 + TIME_LENGTH);
      return `${intentId}_secret_${start}${random(BASE_62, SETUP_SECRET_LENGTH - start.length)}`;
    },
    signingSecret: () => `whsec_${random(BASE_62, 32)}`,
    invoicePrefix: () => random(CAPITALS, 8),
    fingerprint: (of) => digest(`${account} ${of}`, 16),
    digits: (count) => random(DIGITS, count),
    uuid() {
      const hex = random('0123456789abcdef', 30);
      const variant = random('89ab', 1);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
    },
  };
}

function encodeTime(now: number): string {
  let rest = Math.max(0, Math.floor(now) - EPOCH);
  let text = '';
  for (let place = 0; place < TIME_LENGTH; place += 1) {
    text = BASE_62.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

function digest(of: string, length: number): string {
  const bytes = createHash('sha256').update(of).digest();
  return Array.from(bytes.subarray(0, length), (byte) => BASE_62.charAt(byte % 62)).join('');
}

/** Random characters of an alphabet, each as likely as the others. Bytes are drawn in bulk: one call costs as much as many. */
function createCharacters(
  source: (bytes: number) => Uint8Array,
): (alphabet: string, count: number) => string {
  let pool: Uint8Array = new Uint8Array(0);
  let next = 0;
  return (alphabet, count) => {
    const fair = 256 - (256 % alphabet.length);
    let text = '';
    while (text.length < count) {
      if (next === pool.length) {
        pool = source(POOL_BYTES);
        next = 0;
      }
      const byte = pool[next++] as number;
      if (byte < fair) text += alphabet.charAt(byte % alphabet.length);
    }
    return text;
  };
}
