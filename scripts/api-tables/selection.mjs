// What the generator extracts: the part of Stripe's API that concerns payments. Everything else is only known as a route.

/** Resource classes whose methods become operations: [file below esm/resources, id prefix, methods (absent = all)]. */
export const RESOURCES = [
  ['PaymentIntents', 'payment_intents'],
  ['PaymentMethods', 'payment_methods'],
  ['Customers', 'customers'],
  ['TestHelpers/Customers', 'test_helpers.customers'],
  ['Charges', 'charges'],
  ['Refunds', 'refunds'],
  ['TestHelpers/Refunds', 'test_helpers.refunds'],
  ['SetupIntents', 'setup_intents'],
  ['SetupAttempts', 'setup_attempts'],
  ['Disputes', 'disputes'],
  ['Mandates', 'mandates'],
  ['Tokens', 'tokens'],
  ['ConfirmationTokens', 'confirmation_tokens'],
  ['TestHelpers/ConfirmationTokens', 'test_helpers.confirmation_tokens'],
  ['Balance', 'balance'],
  ['BalanceTransactions', 'balance_transactions'],
  ['Events', 'events'],
  ['WebhookEndpoints', 'webhook_endpoints'],
  ['Accounts', 'accounts', ['retrieve', 'retrieveCurrent']],
];

/** Objects to describe: [file below esm/resources, interface]. `Event` is a union of every event type, its base is the object. */
export const OBJECTS = [
  ['PaymentIntents', 'PaymentIntent'],
  ['PaymentIntentAmountDetailsLineItems', 'PaymentIntentAmountDetailsLineItem'],
  ['PaymentMethods', 'PaymentMethod'],
  ['Customers', 'Customer'],
  ['Customers', 'DeletedCustomer'],
  ['Discounts', 'Discount'],
  ['TaxIds', 'TaxId'],
  ['TaxIds', 'DeletedTaxId'],
  ['CustomerBalanceTransactions', 'CustomerBalanceTransaction'],
  ['CashBalances', 'CashBalance'],
  ['CustomerCashBalanceTransactions', 'CustomerCashBalanceTransaction'],
  ['FundingInstructions', 'FundingInstructions'],
  ['Charges', 'Charge'],
  ['Refunds', 'Refund'],
  ['SetupIntents', 'SetupIntent'],
  ['SetupAttempts', 'SetupAttempt'],
  ['Disputes', 'Dispute'],
  ['Mandates', 'Mandate'],
  ['Tokens', 'Token'],
  ['Cards', 'Card'],
  ['Cards', 'DeletedCard'],
  ['BankAccounts', 'BankAccount'],
  ['BankAccounts', 'DeletedBankAccount'],
  ['Sources', 'Source'],
  ['ConfirmationTokens', 'ConfirmationToken'],
  ['Balance', 'Balance'],
  ['BalanceTransactions', 'BalanceTransaction'],
  ['Events', 'EventBase'],
  ['WebhookEndpoints', 'WebhookEndpoint'],
  ['WebhookEndpoints', 'DeletedWebhookEndpoint'],
  ['Accounts', 'Account'],
  ['Reviews', 'Review'],
  ['Radar/EarlyFraudWarnings', 'EarlyFraudWarning'],
  ['Applications', 'Application'],
];

/** Fields whose values are arbitrary objects although the types declare an empty interface. */
export const OPEN_INTERFACES = new Set(['Event.Data.Object', 'Event.Data.PreviousAttributes']);

/** The types say `number` for integers and floats alike. These fields carry fractions. */
export const FLOAT_FIELDS = new Set(['exchange_rate', 'latitude', 'longitude']);

/** Names for shapes that many declarations repeat. */
export const COMMON_SHAPES = {
  empty: {},
  expand_only: { expand: '[string]' },
  page: { expand: '[string]', ending_before: 'string', limit: 'integer', starting_after: 'string' },
  search: { query: '!string', expand: '[string]', limit: 'integer', page: 'string' },
};

/**
 * Routes that Stripe's API serves and the SDK has dropped: the sub-resources of a charge. (Stripe's public OpenAPI
 * description lists them.) `like` names the operation whose parameters they share, `without` what is in the path instead.
 */
export const LEGACY_OPERATIONS = [
  {
    id: 'charges.refund',
    method: 'POST',
    path: '/v1/charges/{charge}/refund',
    like: 'refunds.create',
    without: ['charge', 'payment_intent', 'customer', 'origin', 'currency'],
    returns: 'charge',
  },
  {
    id: 'charges.create_refund',
    method: 'POST',
    path: '/v1/charges/{charge}/refunds',
    like: 'refunds.create',
    without: ['charge'],
    returns: 'refund',
  },
  {
    id: 'charges.list_refunds',
    method: 'GET',
    path: '/v1/charges/{charge}/refunds',
    like: 'refunds.list',
    without: ['charge', 'payment_intent', 'created'],
    returns: 'refund',
    type: 'list',
  },
  {
    id: 'charges.retrieve_refund',
    method: 'GET',
    path: '/v1/charges/{charge}/refunds/{refund}',
    like: 'refunds.retrieve',
    returns: 'refund',
  },
  {
    id: 'charges.update_refund',
    method: 'POST',
    path: '/v1/charges/{charge}/refunds/{refund}',
    like: 'refunds.update',
    returns: 'refund',
  },
  {
    id: 'charges.retrieve_dispute',
    method: 'GET',
    path: '/v1/charges/{charge}/dispute',
    like: 'disputes.retrieve',
    returns: 'dispute',
  },
  {
    id: 'charges.update_dispute',
    method: 'POST',
    path: '/v1/charges/{charge}/dispute',
    like: 'disputes.update',
    returns: 'dispute',
  },
  {
    id: 'charges.close_dispute',
    method: 'POST',
    path: '/v1/charges/{charge}/dispute/close',
    like: 'disputes.close',
    returns: 'dispute',
  },
  {
    id: 'balance.list_history',
    method: 'GET',
    path: '/v1/balance/history',
    like: 'balance_transactions.list',
    returns: 'balance_transaction',
    type: 'list',
  },
  {
    id: 'balance.retrieve_history',
    method: 'GET',
    path: '/v1/balance/history/{id}',
    like: 'balance_transactions.retrieve',
    returns: 'balance_transaction',
  },
];

/** Older routes that exist but have no operation here. */
export const LEGACY_ROUTES = [
  ['/v1/customers/{customer}/bank_accounts', 'GET POST'],
  ['/v1/customers/{customer}/bank_accounts/{id}', 'DELETE GET POST'],
  ['/v1/customers/{customer}/cards', 'GET POST'],
  ['/v1/customers/{customer}/cards/{id}', 'DELETE GET POST'],
  ['/v1/customers/{customer}/discount', 'DELETE GET'],
  ['/v1/customers/{customer}/subscriptions', 'GET POST'],
  ['/v1/customers/{customer}/subscriptions/{id}', 'DELETE GET POST'],
  ['/v1/files', 'GET POST'],
];
