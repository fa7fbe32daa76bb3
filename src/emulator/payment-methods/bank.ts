import { type BankDebitType, findTestBankAccount, type TestBankAccount } from '../../domain/bank-accounts.ts';
import { missingParam } from '../api/param-errors.ts';
import { pathOf } from '../api/param-path.ts';
import { invalidRequest, unsupported } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { type Iban, readIban } from './iban.ts';
import { insertMethod } from './new-method.ts';
import { requireBillingDetails } from './required-billing.ts';
import { accountForNumbers, accountKey, type BankFacts } from './test-account.ts';

/** The bank behind all test accounts (recorded for us_bank_account 2024). */
const TEST_BANK = 'STRIPE TEST BANK';

/** A bank account that is known by its test id only shows this number's end. */
const DEFAULT_NUMBER = '000123456789';

/** A new bank account for a test id such as `pm_usBankAccount_success`, or undefined when the id is none. */
export function mintTestAccount(world: World, id: string, metadata: ApiHash): ApiObject | undefined {
  const row = findTestBankAccount(id);
  if (row === undefined) return undefined;
  const given: ApiHash = {
    account_number: DEFAULT_NUMBER,
    account_holder_type: 'individual',
    ...row.details,
  };
  const method = insertMethod(world, {
    type: row.type,
    details: shownDetails(world, row.type, given, readIban(String(given['iban'] ?? ''))),
    data: { metadata },
  });
  world.remember<BankFacts>(method.id, {
    testAccount: accountKey(row),
    verified: row.outcome !== 'microdeposits_fail',
  });
  return method;
}

/**
 * A new bank account from the numbers a customer typed. US and Canadian accounts are not verified yet.
 *
 * @param data the parameters of the whole method
 * @param prefix how the parameters are named in errors: empty, or `payment_method_data`
 * @throws ApiError 400 for numbers that are none, or that test mode does not know
 */
export function bankMethodFromData(world: World, data: ApiHash, prefix: string): ApiObject {
  const type = data['type'] as BankDebitType;
  const path = pathOf(prefix, type);
  const given = data[type] as ApiHash | undefined;
  if (given === undefined) throw missingParam(path);
  requireBillingDetails(type, data);
  requireNumbers(type, given, path);
  const iban = type === 'sepa_debit' ? requireIban(given, path) : undefined;
  const row = accountForNumbers(type, given);
  if (row === undefined && iban === undefined) throw notATestAccount(path);
  if (row?.outcome === 'setup_rejected') throw wrongAccountNumber(path);
  const method = insertMethod(world, { type, details: shownDetails(world, type, given, iban), data });
  world.remember<BankFacts>(method.id, {
    ...(row === undefined ? {} : { testAccount: accountKey(row) }),
    verified: !needsVerification(type, row),
  });
  return method;
}

const needsVerification = (type: BankDebitType, row: TestBankAccount | undefined) =>
  type === 'us_bank_account' || row?.needsMicrodeposits === true;

const NUMBERS: Readonly<Record<BankDebitType, readonly string[]>> = {
  acss_debit: ['account_number', 'institution_number', 'transit_number'],
  au_becs_debit: ['account_number', 'bsb_number'],
  bacs_debit: ['account_number', 'sort_code'],
  nz_bank_account: ['account_number', 'bank_code', 'branch_code', 'suffix'],
  sepa_debit: ['iban'],
  us_bank_account: ['account_number', 'routing_number'],
};

function requireNumbers(type: BankDebitType, given: ApiHash, path: string): void {
  if (given['financial_connections_account'] !== undefined) {
    throw unsupported('A Financial Connections account', pathOf(path, 'financial_connections_account'));
  }
  for (const name of NUMBERS[type]) {
    if (typeof given[name] !== 'string' || given[name] === '') throw missingParam(pathOf(path, name));
  }
  if (type === 'us_bank_account' && !isRoutingNumber(String(given['routing_number']))) {
    throw invalidRequest(
      `Invalid routing number for US: ${String(given['routing_number'])}. A routing number has nine digits, the last of which checks the others.`,
      { code: 'routing_number_invalid', param: pathOf(path, 'routing_number') },
    );
  }
}

/** The check of the American Bankers Association: digits weighted 3, 7, 1 add up to a multiple of ten. */
function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const sum = [...text].reduce(
    (total, digit, at) => total + Number(digit) * ([3, 7, 1][at % 3] as number),
    0,
  );
  return sum % 10 === 0;
}

function requireIban(given: ApiHash, path: string): Iban {
  const iban = readIban(String(given['iban']));
  if (iban !== undefined) return iban;
  throw invalidRequest('The IBAN you provided is invalid.', {
    code: 'payment_method_invalid_parameter',
    param: pathOf(path, 'iban'),
  });
}

/** Only the numbers of the testing page exist in test mode (the wording is ours). */
function notATestAccount(path: string) {
  return invalidRequest(
    'You must use a test bank account number in test mode. See https://stripe.com/docs/testing for the numbers there are.',
    { code: 'payment_method_invalid_parameter_testmode', param: pathOf(path, 'account_number') },
  );
}

function wrongAccountNumber(path: string) {
  return invalidRequest('The account number you provided is invalid for this bank.', {
    code: 'account_number_invalid',
    param: pathOf(path, 'account_number'),
  });
}

const digitsOf = (value: unknown) => String(value ?? '').replace(/[\s-]/g, '');

/** The hash under the type's name (fields recorded for sepa_debit and us_bank_account, from the types for the others). */
function shownDetails(world: World, type: BankDebitType, given: ApiHash, iban: Iban | undefined): ApiHash {
  const number = iban?.iban ?? digitsOf(given['account_number']);
  const last4 = number.slice(-4);
  const identity = NUMBERS[type].map((name) => digitsOf(given[name])).join(' ');
  const fingerprint = world.ids.fingerprint(`${type} ${identity}`);
  switch (type) {
    case 'acss_debit':
      return {
        bank_name: TEST_BANK,
        fingerprint,
        institution_number: digitsOf(given['institution_number']),
        last4,
        transit_number: digitsOf(given['transit_number']),
      };
    case 'au_becs_debit':
      return { bsb_number: digitsOf(given['bsb_number']), fingerprint, last4 };
    case 'bacs_debit':
      return { fingerprint, last4, sort_code: digitsOf(given['sort_code']) };
    case 'nz_bank_account':
      return {
        account_holder_name: given['account_holder_name'] ?? null,
        bank_code: digitsOf(given['bank_code']),
        bank_name: TEST_BANK,
        branch_code: digitsOf(given['branch_code']),
        last4,
        suffix: digitsOf(given['suffix']),
      };
    case 'sepa_debit':
      return {
        bank_code: iban?.bankCode ?? null,
        branch_code: iban?.branchCode ?? null,
        country: iban?.country ?? null,
        fingerprint,
        generated_from: { charge: null, setup_attempt: null },
        last4,
      };
    case 'us_bank_account':
      return {
        account_holder_type: given['account_holder_type'] ?? null,
        account_type: given['account_type'] ?? 'checking',
        bank_name: TEST_BANK,
        financial_connections_account: null,
        fingerprint,
        last4,
        networks: { preferred: 'ach', supported: ['ach'] },
        routing_number: digitsOf(given['routing_number']),
        status_details: {},
      };
  }
}
