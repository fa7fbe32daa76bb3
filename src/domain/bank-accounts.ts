import data from './data/test-bank-accounts.json' with { type: 'json' };

export type BankDebitType =
  | 'acss_debit'
  | 'au_becs_debit'
  | 'bacs_debit'
  | 'nz_bank_account'
  | 'sepa_debit'
  | 'us_bank_account';

export type BankOutcome =
  | 'succeeds'
  | 'fails'
  | 'succeeds_then_dispute'
  /** Never leaves processing. */
  | 'stays_processing'
  /** Radar refuses the payment. */
  | 'blocked'
  /** The microdeposits cannot be sent. */
  | 'microdeposits_fail'
  /** The PaymentMethod exists, the bank refuses its mandate. */
  | 'mandate_refused'
  /** The account number is refused before a PaymentMethod exists. */
  | 'setup_rejected';

/** One documented test account. */
export interface TestBankAccount {
  type: BankDebitType;
  /** The documented PaymentMethod id; some accounts have only numbers. */
  pm?: string;
  /** The short name for `--payment-method`; accounts without a pm id have none. */
  name?: string;
  title: string;
  outcome: BankOutcome;
  /** The failure code, where one is documented or can be inferred. */
  failureCode?: string;
  /** Seconds from processing to the result; 0 is at once. */
  delaySeconds: number;
  /** The failure makes the mandate inactive. */
  endsMandate: boolean;
  /** Typed details have to be verified first; the pm ids are verified already. */
  needsMicrodeposits: boolean;
  /** The account numbers by their API field names; empty for accounts known by id only. */
  details: Readonly<Record<string, string>>;
  last4?: string;
  /** ISO 3166 code, from the IBAN. */
  country?: string;
  uncertain: boolean;
}

/** JSON column names to API field names. */
const DETAIL_FIELDS: Readonly<Record<string, string>> = {
  routingNumber: 'routing_number',
  accountNumber: 'account_number',
  sortCode: 'sort_code',
  bsb: 'bsb_number',
  institutionNumber: 'institution_number',
  transitNumber: 'transit_number',
  bankCode: 'bank_code',
  branchCode: 'branch_code',
  suffix: 'suffix',
};

const SHORT_TYPES: Readonly<Record<Exclude<BankDebitType, 'sepa_debit'>, string>> = {
  acss_debit: 'acss',
  au_becs_debit: 'becs',
  bacs_debit: 'bacs',
  nz_bank_account: 'nz-bank',
  us_bank_account: 'us-bank',
};

/** The eight SEPA behaviours, in the column order of the data: every country has the same ones. */
const SEPA_KINDS: readonly {
  suffix: string;
  outcome: BankOutcome;
  title: string;
  failureCode?: string;
  delaySeconds?: number;
}[] = [
  { suffix: 'success', outcome: 'succeeds', title: 'Succeeds' },
  { suffix: 'successDelayed', outcome: 'succeeds', title: 'Succeeds after three minutes', delaySeconds: 180 },
  { suffix: 'failed', outcome: 'fails', title: 'Fails' },
  { suffix: 'failedDelayed', outcome: 'fails', title: 'Fails after three minutes', delaySeconds: 180 },
  { suffix: 'disputed', outcome: 'succeeds_then_dispute', title: 'Succeeds, then a dispute opens at once' },
  {
    suffix: 'exceedsWeeklyVolumeLimit',
    outcome: 'fails',
    title: 'Fails: weekly volume limit',
    failureCode: 'charge_exceeds_source_limit',
  },
  {
    suffix: 'exceedsWeeklyTransactionLimit',
    outcome: 'fails',
    title: 'Fails: weekly transaction limit',
    failureCode: 'charge_exceeds_weekly_limit',
  },
  {
    suffix: 'insufficientFunds',
    outcome: 'fails',
    title: 'Fails: insufficient funds',
    failureCode: 'insufficient_funds',
  },
];

type Row = Readonly<Record<string, string | number | boolean | undefined>>;

function kebab(text: string): string {
  return text.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
}

/** `pm_usBankAccount_accountClosed` is `us-bank-account-closed`, the success of each type is the short type itself. */
function shortName(prefix: string, suffix: string): string {
  return suffix === 'success' ? prefix : `${prefix}-${kebab(suffix)}`;
}

function account(type: Exclude<BankDebitType, 'sepa_debit'>, row: Row): TestBankAccount {
  const details: Record<string, string> = {};
  for (const [column, field] of Object.entries(DETAIL_FIELDS)) {
    const value = row[column];
    if (value !== undefined) details[field] = String(value);
  }
  const pm = row.pm === undefined ? undefined : String(row.pm);
  const number = row.accountNumber;
  return {
    type,
    ...(pm === undefined ? {} : { pm, name: shortName(SHORT_TYPES[type], pm.split('_')[2] ?? '') }),
    title: String(row.title),
    outcome: row.outcome as BankOutcome,
    ...(row.failureCode === undefined ? {} : { failureCode: String(row.failureCode) }),
    delaySeconds: Number(row.delaySeconds ?? 0),
    endsMandate: row.endsMandate === true,
    needsMicrodeposits: row.needsMicrodeposits === true,
    details,
    ...(number === undefined ? {} : { last4: String(number).slice(-4) }),
    uncertain: row.uncertain === true,
  };
}

function sepaAccounts(): TestBankAccount[] {
  return Object.entries(data.sepa_debit as Readonly<Record<string, readonly string[]>>).flatMap(
    ([country, ibans]) =>
      SEPA_KINDS.map((kind, column): TestBankAccount => {
        const iban = ibans[column] ?? '';
        return {
          type: 'sepa_debit',
          pm: `pm_sepaDebit_${kind.suffix}_${country}`,
          // Germany stands for SEPA where no country is named.
          name: shortName(country === 'de' ? 'sepa' : `sepa-${country}`, kind.suffix),
          title: kind.title,
          outcome: kind.outcome,
          ...(kind.failureCode === undefined ? {} : { failureCode: kind.failureCode }),
          delaySeconds: kind.delaySeconds ?? 0,
          endsMandate: false,
          needsMicrodeposits: false,
          details: { iban },
          last4: iban.slice(-4),
          country: country.toUpperCase(),
          uncertain: false,
        };
      }),
  );
}

/** Every test account of Stripe's testing pages. */
export const TEST_BANK_ACCOUNTS: readonly TestBankAccount[] = [
  ...(Object.keys(SHORT_TYPES) as Exclude<BankDebitType, 'sepa_debit'>[]).flatMap((type) =>
    (data[type] as readonly unknown[] as readonly Row[]).map((row) => account(type, row)),
  ),
  ...sepaAccounts(),
];

const BY_PM = new Map(
  TEST_BANK_ACCOUNTS.flatMap((row) => (row.pm === undefined ? [] : [[row.pm, row] as const])),
);

export function findTestBankAccount(pm: string): TestBankAccount | undefined {
  return BY_PM.get(pm);
}

/** An account whose documented numbers all match what was given (spaces and hyphens do not count). */
export function findTestBankAccountByDetails(
  type: BankDebitType,
  given: Readonly<Record<string, unknown>>,
): TestBankAccount | undefined {
  return TEST_BANK_ACCOUNTS.find(
    (row) =>
      row.type === type &&
      (row.details.account_number ?? row.details.iban) !== undefined &&
      Object.entries(row.details).every(([field, value]) => plain(given[field]) === value),
  );
}

/** Every test account with this account number or IBAN: banks of several countries have the same ones. */
export function testBankAccountsOfNumber(number: string): readonly TestBankAccount[] {
  const wanted = plain(number);
  return TEST_BANK_ACCOUNTS.filter(({ details }) => (details.account_number ?? details.iban) === wanted);
}

function plain(value: unknown): string {
  return String(value ?? '')
    .replace(/[\s-]/g, '')
    .toUpperCase();
}
