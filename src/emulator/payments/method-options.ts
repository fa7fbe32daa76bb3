import { nestedTable } from '../api/tables.ts';
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
    'setup_intent',
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
  return mergeOptions('payment_intent', types, PAYMENT_DEFAULTS, given, previous);
}

function mergeOptions(
  object: 'payment_intent' | 'setup_intent',
  types: readonly string[],
  defaults: Readonly<Record<string, ApiHash>>,
  given: ApiHash,
  previous: ApiHash,
): ApiHash {
  const options: ApiHash = {};
  for (const type of [...types].sort()) {
    const merged = { ...defaults[type], ...(previous[type] as ApiHash), ...withoutEmpty(given[type]) };
    options[type] = shownOptions(`${object}.payment_method_options.${type}`, merged);
  }
  return options;
}

/**
 * Options as the object shows them: what a request alone may hold (a BLIK code, say) is not repeated, and a field that
 * is always there is null until something is said.
 */
function shownOptions(path: string, options: ApiHash): ApiHash {
  const table = nestedTable(path);
  if (table === undefined) return sorted(options);
  const shown: ApiHash = {};
  for (const field of table.fields.values()) {
    const value = options[field.name];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      shown[field.name] = shownOptions(`${path}.${field.name}`, value as ApiHash);
    } else if (value !== undefined) shown[field.name] = value;
    else if (field.required) shown[field.name] = null;
  }
  return sorted(shown);
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
