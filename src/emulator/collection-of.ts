import type { ApiHash } from './objects.ts';
import { transactionNow } from './payments/balance-transaction.ts';
import type { Collection } from './store/collections.ts';
import type { World } from './world.ts';

/** Which collection keeps the objects of a kind; kinds that are not stored are not here. */
const COLLECTIONS: Readonly<Record<string, Collection>> = {
  balance_transaction: 'balance_transactions',
  bank_account: 'sources',
  card: 'sources',
  charge: 'charges',
  confirmation_token: 'confirmation_tokens',
  customer: 'customers',
  customer_cash_balance_transaction: 'cash_balance_transactions',
  dispute: 'disputes',
  event: 'events',
  mandate: 'mandates',
  payment_intent: 'payment_intents',
  payment_method: 'payment_methods',
  refund: 'refunds',
  setup_attempt: 'setup_attempts',
  setup_intent: 'setup_intents',
  token: 'tokens',
  webhook_endpoint: 'webhook_endpoints',
};

/** The object an id stands for, by the kinds it may be of; a deleted customer comes back as its stub. */
export function objectOf(world: World, kinds: readonly string[], id: string): ApiHash | undefined {
  for (const kind of kinds) {
    const collection = COLLECTIONS[kind];
    const found = collection === undefined ? undefined : world.get(collection, id);
    if (found !== undefined) return kind === 'balance_transaction' ? transactionNow(world, found) : found;
  }
  if (kinds.includes('deleted_customer') && world.store.getDeleted('customers', id)) {
    return { id, object: 'customer', deleted: true };
  }
  return undefined;
}
