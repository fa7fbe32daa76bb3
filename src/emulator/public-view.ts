import { compareKeys } from './api/build-object.ts';
import type { ApiHash } from './objects.ts';

/** What a publishable key with a client secret may see of an intent (recorded from the iOS SDK, 2025). */
const PUBLIC_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  payment_intent: new Set([
    'id',
    'object',
    'amount',
    'amount_details',
    'automatic_payment_methods',
    'canceled_at',
    'cancellation_reason',
    'capture_method',
    'client_secret',
    'confirmation_method',
    'created',
    'currency',
    'description',
    'excluded_payment_method_types',
    'last_payment_error',
    'livemode',
    'next_action',
    'payment_method',
    'payment_method_configuration_details',
    'payment_method_types',
    'processing',
    'receipt_email',
    'setup_future_usage',
    'shipping',
    'source',
    'status',
  ]),
  setup_intent: new Set([
    'id',
    'object',
    'automatic_payment_methods',
    'cancellation_reason',
    'client_secret',
    'created',
    'description',
    'last_setup_error',
    'livemode',
    'next_action',
    'payment_method',
    'payment_method_configuration_details',
    'payment_method_types',
    'status',
    'usage',
  ]),
};

/** An object as a browser sees it: intents lose everything private, other objects stay as they are. */
export function publicView(object: ApiHash): ApiHash {
  const fields = PUBLIC_FIELDS[object['object'] as string];
  if (fields === undefined) return object;
  const shown = Object.fromEntries(Object.entries(object).filter(([name]) => fields.has(name)));
  return withBankOptions(object, shown);
}

/** How a US bank account will be verified is the one option that clients see (recorded 2025, of a SetupIntent). */
function withBankOptions(object: ApiHash, shown: ApiHash): ApiHash {
  const options = object['payment_method_options'] as Record<string, ApiHash> | null | undefined;
  const method = options?.['us_bank_account']?.['verification_method'];
  if (method === undefined) return shown;
  return sorted({ ...shown, payment_method_options: { us_bank_account: { verification_method: method } } });
}

function sorted(hash: ApiHash): ApiHash {
  return Object.fromEntries(Object.entries(hash).sort(([a], [b]) => compareKeys(a, b)));
}
