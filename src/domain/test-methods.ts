import { TEST_BANK_ACCOUNTS } from './bank-accounts.ts';
import { PAYMENT_METHOD_TYPES } from './payment-method-types.ts';
import { TEST_CARDS } from './test-cards.ts';

/** What a test method is good for; the order is that of `payintent methods`. */
export const TEST_METHOD_GROUPS = [
  'success',
  'decline',
  'authentication',
  'fraud',
  'dispute',
  'refund',
  'balance',
  'country',
  'bank debit',
  'redirect',
  'app or QR code',
  'voucher',
  'bank transfer',
  'wallet',
] as const;

export type TestMethodGroup = (typeof TEST_METHOD_GROUPS)[number];

/** One thing `--payment-method` accepts. */
export interface TestMethod {
  /** The short name. */
  name: string;
  /** What the API is given: a documented `pm_*` id; undefined for methods that are made by `type` alone. */
  pm?: string;
  /** The payment method type. */
  type: string;
  group: TestMethodGroup;
  title: string;
  /** True for the few that a list shows first. */
  common: boolean;
}

const CARD_GROUPS: Readonly<Record<string, TestMethodGroup | undefined>> = {
  authentication: 'authentication',
  balance: 'balance',
  brand: 'success',
  country: 'country',
  decline: 'decline',
  dispute: 'dispute',
  fraud: 'fraud',
  refund: 'refund',
};

const BEHAVIOR_GROUPS: Readonly<Record<string, TestMethodGroup | undefined>> = {
  app_approval: 'app or QR code',
  bank_transfer: 'bank transfer',
  qr: 'app or QR code',
  redirect: 'redirect',
  voucher: 'voucher',
};

const COMMON: ReadonlySet<string> = new Set([
  'visa',
  'mastercard',
  'amex',
  'declined',
  'insufficient-funds',
  'expired',
  'incorrect-cvc',
  '3ds',
  '3ds-unless-set-up',
  'radar-block',
  'dispute',
  'refund-fail',
  'us-bank',
  'us-bank-insufficient-funds',
  'sepa',
  'sepa-failed',
  'ideal',
  'klarna',
  'oxxo',
]);

/** Names people try that are not in the tables. */
const ALIASES: Readonly<Record<string, string>> = {
  card: 'visa',
  decline: 'declined',
  'generic-decline': 'declined',
  'lost-card': 'lost',
  'stolen-card': 'stolen',
  'expired-card': 'expired',
  cvc: 'incorrect-cvc',
  '3d-secure': '3ds',
  '3ds-required': '3ds',
  '3ds2': '3ds',
  ach: 'us-bank',
  fraud: 'radar-block',
  blocked: 'radar-block',
  'sepa-debit': 'sepa',
  'us-bank-account': 'us-bank',
  'bacs-debit': 'bacs',
  'au-becs-debit': 'becs',
  'acss-debit': 'acss',
  'nz-bank-account': 'nz-bank',
  'refund-fails': 'refund-fail',
};

function fromCards(): TestMethod[] {
  return TEST_CARDS.flatMap((card) => {
    const group = CARD_GROUPS[card.group];
    if (group === undefined || card.pm === undefined) return [];
    return [
      { name: card.name, pm: card.pm, type: 'card', group, title: card.title, common: COMMON.has(card.name) },
    ];
  });
}

function fromBanks(): TestMethod[] {
  return TEST_BANK_ACCOUNTS.flatMap((account) => {
    if (account.pm === undefined || account.name === undefined) return [];
    const { name, pm, type, title } = account;
    return [{ name, pm, type, group: 'bank debit' as const, title, common: COMMON.has(name) }];
  });
}

/** Methods without a documented id: the API makes one from `payment_method_data[type]`. */
function fromTypes(): TestMethod[] {
  return PAYMENT_METHOD_TYPES.flatMap((type) => {
    const group =
      type.family === 'wallet' && type.behavior === 'redirect' ? 'wallet' : BEHAVIOR_GROUPS[type.behavior];
    if (group === undefined) return [];
    const name = type.type.replace(/_/g, '-');
    return [{ name, type: type.type, group, title: type.name, common: COMMON.has(name) }];
  });
}

/** Every method with a short name, group by group. */
export const TEST_METHODS: readonly TestMethod[] = [...fromCards(), ...fromBanks(), ...fromTypes()].sort(
  (left, right) => TEST_METHOD_GROUPS.indexOf(left.group) - TEST_METHOD_GROUPS.indexOf(right.group),
);

const BY_NAME = new Map(TEST_METHODS.map((method) => [method.name, method]));
const BY_PM = new Map(
  TEST_METHODS.flatMap((method) => (method.pm === undefined ? [] : [[method.pm, method] as const])),
);

/** The method of a short name, in any case and with `_` for `-`; undefined when there is none. */
export function findTestMethod(name: string): TestMethod | undefined {
  const plain = name.trim().toLowerCase().replace(/_/g, '-');
  return BY_NAME.get(plain) ?? BY_NAME.get(ALIASES[plain] ?? '');
}

/** The method behind a documented `pm_*` id. */
export function findTestMethodByPm(pm: string): TestMethod | undefined {
  return BY_PM.get(pm);
}

/** Every name that works, for completion and for suggestions after a slip. */
export function testMethodNames(): string[] {
  return [...BY_NAME.keys()];
}
