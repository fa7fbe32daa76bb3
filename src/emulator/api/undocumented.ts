type Fields = Readonly<Record<string, string>>;

/** Intents took a list of method types until 2026-09-30.endive, and still do from callers on older versions. */
const METHOD_TYPES: Fields = { payment_method_types: '[string]' };

/**
 * Card details in `payment_method_data`, which the types leave out on purpose: sending them takes an account that handles
 * card numbers itself (recorded 2023; a maintainer of the SDK says so in a public issue).
 */
const CARD_DETAILS: Fields = {
  card: '{payment_method_create_params.card}',
  type: '!=@payment_method_list_params.type',
};

/**
 * Parameters that the API takes and the types of the SDK leave out, in the notation of the tables, by operation or by the
 * name of a nested hash.
 */
const UNDOCUMENTED_PARAMS: Readonly<Record<string, Fields>> = {
  // Recorded 2026-08: accepted, and answered with advice to use a PaymentIntent.
  'charges.create': { payment_method: 'string' },
  // The oldest name of `source`, for tokens of cards (recorded 2023).
  'customers.create': { card: 'string' },
  'customers.update': { card: 'string' },
  'payment_intent_create_params.payment_method_data': CARD_DETAILS,
  // An older name of jp_bank_transfer, which the fixtures of Stripe's own CLI still send.
  'payment_intent_create_params.payment_method_options.customer_balance.bank_transfer': {
    type: '!=@payment_intent_create_params.payment_method_options.customer_balance.bank_transfer.type,jp_bank_account',
  },
  // What Stripe.js and the mobile SDKs send for the customer in front of them (seen in their public tests).
  'payment_intent_confirm_params.mandate_data.customer_acceptance.online': { infer_from_client: 'boolean' },
  'payment_intents.create': METHOD_TYPES,
  'payment_intents.confirm': METHOD_TYPES,
  'payment_intents.update': METHOD_TYPES,
  'setup_intents.create': METHOD_TYPES,
  'setup_intents.update': METHOD_TYPES,
};

/**
 * Fields of real answers that the types lack, in the notation of the tables. Recorded 2026-06 and 2026-08: on every
 * object of the kind, null where the account does not use the feature.
 */
const UNDOCUMENTED_FIELDS: Readonly<Record<string, Fields>> = {
  card: { email: '~string', phone: '~string', wallet: '~open' },
  charge: { destination: '~&account', dispute: '~&dispute', order: '~string' },
  dispute: { balance_transaction: '~&balance_transaction' },
  payment_intent: { shared_payment_granted_token: '~string' },
  payment_method: { shared_payment_granted_token: '~string' },
};

const ownFields = (record: Readonly<Record<string, Fields>>, name: string) =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Undocumented parameters of an operation or a nested hash: name to type expression. */
export const undocumentedParams = (name: string): Fields | undefined => ownFields(UNDOCUMENTED_PARAMS, name);

/** Undocumented fields of an object: name to type expression. */
export const undocumentedFields = (object: string): Fields | undefined =>
  ownFields(UNDOCUMENTED_FIELDS, object);
