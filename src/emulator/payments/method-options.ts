import type { ApiHash } from '../objects.ts';

/**
 * `payment_method_options` as Stripe fills them in: one entry for each type on the intent, with these defaults
 * (recorded for card, link, klarna, afterpay_clearpay, alipay, acss_debit, wechat_pay, us_bank_account, sepa_debit).
 */
const PAYMENT_DEFAULTS: Readonly<Record<string, ApiHash>> = {
  acss_debit: { verification_method: 'automatic' },
  afterpay_clearpay: { reference: null },
  bancontact: { preferred_language: 'en' },
  boleto: { expires_after_days: 3 },
  card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  customer_balance: { funding_type: null },
  klarna: { preferred_locale: null },
  konbini: {
    confirmation_number: null,
    expires_after_days: null,
    expires_at: null,
    product_description: null,
  },
  link: { persistent_token: null },
  oxxo: { expires_after_days: 3 },
  pix: { expires_after_seconds: null, expires_at: null },
  us_bank_account: {
    financial_connections: { permissions: ['payment_method'], prefetch: [] },
    mandate_options: {},
    transaction_purpose: 'unspecified',
    verification_method: 'automatic',
  },
  wechat_pay: { app_id: null, client: null },
};

const SETUP_DEFAULTS: Readonly<Record<string, ApiHash>> = {
  acss_debit: { currency: null, verification_method: 'automatic' },
  card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  us_bank_account: {
    financial_connections: { permissions: ['payment_method'], prefetch: [] },
    mandate_options: {},
    verification_method: 'automatic',
  },
};

/** SetupIntents list options for the types that have any; an empty entry is left out (recorded for sepa_debit). */
export function setupMethodOptions(
  types: readonly string[],
  given: ApiHash,
  previous: ApiHash = {},
): ApiHash {
  return mergeOptions(
    types.filter((type) => SETUP_DEFAULTS[type] !== undefined),
    SETUP_DEFAULTS,
    given,
    previous,
  );
}

/** Options of a PaymentIntent with `types`: defaults, then what the intent already had, then what the caller gives. */
export function paymentMethodOptions(
  types: readonly string[],
  given: ApiHash,
  previous: ApiHash = {},
): ApiHash {
  return mergeOptions(types, PAYMENT_DEFAULTS, given, previous);
}

function mergeOptions(
  types: readonly string[],
  defaults: Readonly<Record<string, ApiHash>>,
  given: ApiHash,
  previous: ApiHash,
): ApiHash {
  const options: ApiHash = {};
  for (const type of [...types].sort()) {
    const merged = { ...defaults[type], ...(previous[type] as ApiHash), ...withoutEmpty(given[type]) };
    options[type] = sorted(merged);
  }
  return options;
}

/** An empty string unsets an option. */
function withoutEmpty(value: unknown): ApiHash {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item === '' ? null : item]));
}

/** The same hash with its keys in alphabetical order, which is the order of Stripe's answers. */
export function sorted(hash: ApiHash): ApiHash {
  const result: ApiHash = {};
  for (const key of Object.keys(hash).sort()) result[key] = hash[key];
  return result;
}
