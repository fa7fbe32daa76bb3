import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { optionsOf } from './method-option.ts';

/** Who pays in test mode when the method does not say: banks and wallets verify a name. */
const PAYER = 'Jenny Rosen';

type Details = (payment: Payment) => ApiHash;

interface Payment {
  readonly world: World;
  readonly intent: ApiObject;
  readonly method: ApiObject;
  /** The hash under the method's type. */
  readonly chosen: ApiHash;
  readonly billing: { readonly address: ApiHash; readonly [field: string]: unknown };
}

const transaction: Details = ({ world }) => ({ transaction_id: world.ids.digits(17) });
const buyerAndTransaction: Details = ({ world }) => ({
  buyer_id: world.ids.digits(16),
  transaction_id: world.ids.digits(17),
});
const nameOf = ({ billing }: Payment) => billing['name'] ?? PAYER;
const noSepaDebit = { generated_sepa_debit: null, generated_sepa_debit_mandate: null };

const walletCard: Details = (payment) => ({
  funding: {
    card: { brand: 'visa', country: 'US', ...expiryIn(payment.world), funding: 'credit', last4: '4242' },
    type: 'card',
  },
  ...transaction(payment),
});

/** Cards behind wallets expire as test cards do: in this month of next year. */
function expiryIn(world: World): { exp_month: number; exp_year: number } {
  const date = new Date(world.now * 1000);
  return { exp_month: date.getUTCMonth() + 1, exp_year: date.getUTCFullYear() + 1 };
}

/**
 * What a charge shows of a payment by each type, beyond an empty hash: what the customer chose, and made-up references
 * where a bank or wallet would give some (fields from the types).
 */
const DETAILS: Readonly<Record<string, Details>> = {
  affirm: transaction,
  afterpay_clearpay: ({ world, intent }) => ({
    order_id: world.ids.digits(12),
    reference: optionsOf(intent, 'afterpay_clearpay')['reference'] ?? null,
  }),
  alipay: ({ world }) => ({
    buyer_id: world.ids.digits(16),
    fingerprint: world.ids.fingerprint('alipay'),
    transaction_id: world.ids.digits(28),
  }),
  alma: (payment) => ({ installments: { count: 3 }, ...transaction(payment) }),
  amazon_pay: walletCard,
  bancontact: (payment) => ({
    bank_code: 'VAPE',
    bank_name: 'VAN DE PUT & CO',
    bic: 'VAPEBE22',
    ...noSepaDebit,
    iban_last4: '7061',
    preferred_language: optionsOf(payment.intent, 'bancontact')['preferred_language'] ?? null,
    verified_name: nameOf(payment),
  }),
  billie: transaction,
  bizum: buyerAndTransaction,
  blik: () => ({ buyer_id: null }),
  boleto: ({ chosen }) => ({ tax_id: chosen['tax_id'] }),
  cashapp: ({ world }) => ({
    buyer_id: `cust_${world.ids.digits(16)}`,
    cashtag: '$jenny_rosen',
    transaction_id: world.ids.digits(17),
  }),
  crypto: () => ({ network: 'base', token_currency: 'usdc' }),
  eps: (payment) => ({ bank: payment.chosen['bank'] ?? null, verified_name: nameOf(payment) }),
  fpx: (payment) => ({
    account_holder_type: payment.chosen['account_holder_type'] ?? null,
    bank: payment.chosen['bank'],
    ...transaction(payment),
  }),
  giropay: (payment) => ({ bank_code: null, bank_name: null, bic: null, verified_name: nameOf(payment) }),
  grabpay: transaction,
  ideal: (payment) => ({
    bank: payment.chosen['bank'] ?? 'rabobank',
    bic: payment.chosen['bic'] ?? 'RABONL2U',
    ...noSepaDebit,
    iban_last4: '5264',
    transaction_id: payment.world.ids.digits(16),
    verified_name: nameOf(payment),
  }),
  kakao_pay: buyerAndTransaction,
  klarna: ({ intent, billing }) => ({
    payer_details: { address: { country: billing.address['country'] ?? null } },
    payment_method_category: 'pay_later',
    preferred_locale: optionsOf(intent, 'klarna')['preferred_locale'] ?? null,
  }),
  konbini: () => ({ store: { chain: 'familymart' } }),
  kr_card: ({ world }) => ({
    brand: 'kookmin',
    buyer_id: world.ids.digits(16),
    last4: '4242',
    transaction_id: world.ids.digits(17),
  }),
  mobilepay: ({ world }) => ({
    card: { brand: 'visa', country: 'DK', ...expiryIn(world), last4: '4242' },
  }),
  multibanco: ({ intent }) => {
    const shown = shownDetails(intent, 'multibanco_display_details');
    return { entity: shown['entity'] ?? null, reference: shown['reference'] ?? null };
  },
  naver_pay: buyerAndTransaction,
  oxxo: ({ intent }) => ({ number: shownDetails(intent, 'oxxo_display_details')['number'] ?? null }),
  p24: (payment) => ({
    bank: payment.chosen['bank'] ?? null,
    reference: `P24-${payment.world.ids.digits(3)}-${payment.world.ids.digits(3)}-${payment.world.ids.digits(3)}`,
    verified_name: nameOf(payment),
  }),
  payco: buyerAndTransaction,
  paynow: ({ world }) => ({ reference: world.ids.digits(12) }),
  paypal: ({ world, billing }) => ({
    country: billing.address['country'] ?? null,
    payer_email: billing['email'] ?? 'jenny@example.com',
    payer_id: world.ids.digits(13),
    payer_name: billing['name'] ?? PAYER,
    seller_protection: { dispute_categories: ['fraudulent', 'product_not_received'], status: 'eligible' },
    transaction_id: world.ids.digits(17),
  }),
  pix: ({ world }) => ({ bank_transaction_id: world.ids.digits(32) }),
  promptpay: ({ world }) => ({ reference: world.ids.digits(12) }),
  revolut_pay: walletCard,
  samsung_pay: buyerAndTransaction,
  satispay: transaction,
  scalapay: transaction,
  sequra: transaction,
  sofort: (payment) => ({
    bank_code: null,
    bank_name: null,
    bic: null,
    country: payment.chosen['country'],
    ...noSepaDebit,
    iban_last4: null,
    preferred_language: optionsOf(payment.intent, 'sofort')['preferred_language'] ?? null,
    verified_name: nameOf(payment),
  }),
  sunbit: transaction,
  swish: ({ world }) => ({
    fingerprint: world.ids.fingerprint('swish'),
    payment_reference: world.ids.digits(32),
    verified_phone_last4: '4567',
  }),
  upi: ({ chosen }) => ({ vpa: chosen['vpa'] ?? null }),
  wechat_pay: ({ world }) => ({ fingerprint: null, transaction_id: world.ids.digits(28) }),
};

/** `payment_method_details[<type>]` of a charge by anything but a card or a bank debit. */
export function paidDetails(world: World, intent: ApiObject, method: ApiObject): ApiHash {
  const type = method['type'] as string;
  return (
    DETAILS[type]?.({
      world,
      intent,
      method,
      chosen: method[type] as ApiHash,
      billing: method['billing_details'] as Payment['billing'],
    }) ?? {}
  );
}

/** What the waiting customer was shown; the voucher's numbers return on the charge. */
function shownDetails(intent: ApiObject, name: string): ApiHash {
  return ((intent['next_action'] as ApiHash | null)?.[name] ?? {}) as ApiHash;
}
