import rows from './data/payment-method-types.json' with { type: 'json' };
import type { Refusal } from './refusals.ts';
import type { PaymentIntentStatus } from './statuses.ts';

export type PaymentMethodFamily =
  | 'bank_debit'
  | 'bank_redirect'
  | 'bank_transfer'
  | 'buy_now_pay_later'
  | 'card'
  | 'crypto'
  | 'custom'
  | 'real_time'
  | 'voucher'
  | 'wallet';

/** How a confirmed payment behaves. */
export type PaymentMethodBehavior =
  /** The result comes with the confirm call, 3D Secure aside. */
  | 'immediate'
  /** requires_action until the customer returns from another page. */
  | 'redirect'
  /** requires_action until the customer approves in an app. */
  | 'app_approval'
  /** requires_action until a QR code is paid. */
  | 'qr'
  /** processing for days. */
  | 'delayed'
  /** requires_action until cash is paid. */
  | 'voucher'
  /** requires_action until a transfer arrives. */
  | 'bank_transfer'
  /** Needs a Terminal reader. */
  | 'in_person'
  /** Not processed by Stripe. */
  | 'external';

export interface PaymentMethodType {
  type: string;
  name: string;
  family: PaymentMethodFamily;
  behavior: PaymentMethodBehavior;
  /** The status when confirm returns, on the happy path with automatic capture. */
  afterConfirm: PaymentIntentStatus | null;
  /** The status once the customer has done what next_action asks. */
  afterCustomerActs: PaymentIntentStatus | null;
  nextActions: readonly string[];
  /** Lower-case codes; undefined when nearly every currency is fine. */
  currencies?: readonly string[];
  /** The final result arrives later, by webhook. */
  delayed: boolean;
  /** Confirm needs a return_url. */
  redirects: boolean;
  /** Confirm needs mandate_data. */
  mandate: boolean;
  setupIntents: boolean;
  manualCapture: boolean;
  /** The values of setup_future_usage it takes. */
  setupFutureUsage: readonly string[];
  refunds: 'none' | 'full' | 'partial';
  refundNote?: string;
  disputes: boolean;
  lifecycle?: string;
  timing?: string;
  authorizationWindow?: string;
  uncertain: boolean;
}

type Row = Partial<PaymentMethodType> &
  Pick<
    PaymentMethodType,
    'type' | 'name' | 'family' | 'behavior' | 'afterConfirm' | 'afterCustomerActs' | 'refunds'
  >;

/** Every payment method type of the PaymentIntents API, in alphabetical order. */
export const PAYMENT_METHOD_TYPES: readonly PaymentMethodType[] = (
  rows as readonly unknown[] as readonly Row[]
).map((row) => ({
  ...row,
  nextActions: row.nextActions ?? [],
  delayed: row.delayed ?? false,
  redirects: row.redirects ?? false,
  mandate: row.mandate ?? false,
  setupIntents: row.setupIntents ?? false,
  manualCapture: row.manualCapture ?? false,
  setupFutureUsage: row.setupFutureUsage ?? [],
  disputes: row.disputes ?? false,
  uncertain: row.uncertain ?? false,
}));

/**
 * The types that an account of the emulator has switched on in its dashboard, in the order in which an intent with
 * automatic payment methods lists them: the card first (recorded).
 */
export const SWITCHED_ON_TYPES: readonly string[] = [
  'card',
  'acss_debit',
  'affirm',
  'afterpay_clearpay',
  'alipay',
  'amazon_pay',
  'bancontact',
  'cashapp',
  'eps',
  'ideal',
  'klarna',
  'link',
  'p24',
  'sepa_debit',
  'us_bank_account',
  'wechat_pay',
];

const BY_TYPE = new Map(PAYMENT_METHOD_TYPES.map((row) => [row.type, row]));

export function findPaymentMethodType(type: string): PaymentMethodType | undefined {
  return BY_TYPE.get(type);
}

/** Whether a payment in this currency can use the type; false for types nobody knows. */
export function acceptsCurrency(type: string, currency: string): boolean {
  const known = BY_TYPE.get(type);
  if (known === undefined) return false;
  return known.currencies === undefined || known.currencies.includes(currency.toLowerCase());
}

/**
 * Why these explicit `payment_method_types` cannot take this currency; undefined when they can. HTTP 400. The sentence
 * for one type is recorded (2020, iOS SDK), the one for several is second-hand.
 */
export function currencyRefusal(types: readonly string[], currency: string): Refusal | undefined {
  const refused = types.find((type) => BY_TYPE.has(type) && !acceptsCurrency(type, currency));
  if (refused === undefined) return undefined;
  const code = currency.toLowerCase();
  if (types.length > 1) {
    return {
      message: `The currency provided (${code}) is invalid for one or more payment method types on this PaymentIntent.`,
      param: 'currency',
    };
  }
  const supported = BY_TYPE.get(refused)?.currencies ?? [];
  return {
    message: `The currency provided (${code}) is invalid. Payments with ${refused} support the following currencies: ${supported.join(', ')}.`,
    param: 'currency',
  };
}
