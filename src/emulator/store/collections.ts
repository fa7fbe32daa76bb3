/**
 * What is stored and how it can be asked for. Each collection is one table. A filter names a top-level string field of
 * the object that lists and scans may select by; `indexed` filters are the ones with which a list must stay fast however
 * many objects there are, `plain` ones narrow down what an index or a scan already found.
 *
 * Adding a filter to a collection changes the schema: raise the version in `schema.ts` and add a migration.
 */
interface CollectionSpec {
  readonly indexed: readonly string[];
  readonly plain: readonly string[];
}

const COLLECTIONS = {
  payment_intents: { indexed: ['customer'], plain: ['status', 'customer_account'] },
  payment_methods: { indexed: ['customer'], plain: ['type', 'allow_redisplay', 'customer_account'] },
  customers: { indexed: ['email'], plain: ['test_clock'] },
  charges: { indexed: ['payment_intent', 'customer', 'transfer_group'], plain: ['status'] },
  refunds: { indexed: ['charge', 'payment_intent'], plain: ['status'] },
  setup_intents: { indexed: ['customer', 'payment_method'], plain: ['status', 'customer_account'] },
  setup_attempts: { indexed: ['setup_intent'], plain: [] },
  disputes: { indexed: ['charge', 'payment_intent'], plain: ['status'] },
  mandates: { indexed: ['payment_method'], plain: [] },
  tokens: { indexed: [], plain: [] },
  confirmation_tokens: { indexed: [], plain: [] },
  sources: { indexed: ['customer'], plain: ['object'] },
  balance_transactions: { indexed: ['source', 'type'], plain: ['currency', 'payout'] },
  cash_balance_transactions: { indexed: ['customer'], plain: ['type'] },
  events: { indexed: ['type'], plain: [] },
  webhook_endpoints: { indexed: [], plain: ['status'] },
  webhook_deliveries: { indexed: ['event', 'endpoint'], plain: ['status'] },
  payment_method_configurations: { indexed: [], plain: [] },
} as const satisfies Record<string, CollectionSpec>;

export type Collection = keyof typeof COLLECTIONS;

export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as Collection[];

/** All filters of a collection, in the order of its columns. */
export function filtersOf(collection: Collection): readonly string[] {
  const spec: CollectionSpec = COLLECTIONS[collection];
  return [...spec.indexed, ...spec.plain];
}

export function indexedFiltersOf(collection: Collection): readonly string[] {
  return COLLECTIONS[collection].indexed;
}

export function isCollection(name: string): name is Collection {
  return Object.hasOwn(COLLECTIONS, name);
}
