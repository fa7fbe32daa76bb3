import type { ApiHash } from './objects.ts';
import { cashBalanceOf } from './payments/cash-balance.ts';
import { totalCountOf } from './search/search.ts';
import type { Collection } from './store/collections.ts';
import type { World } from './world.ts';

type Include = (world: World, id: string) => unknown;

/** Fields that an answer carries only when they are expanded, by the kind of object they are of. */
const INCLUDED: Readonly<Record<string, Readonly<Record<string, Include>>>> = {
  charge: {
    refunds: (world, id) => sublist(world, 'refunds', 'charge', id, `/v1/charges/${id}/refunds`),
  },
  customer: {
    cash_balance: cashBalanceOf,
    invoice_credit_balance: () => ({}),
    sources: (world, id) => sublist(world, 'sources', 'customer', id, `/v1/customers/${id}/sources`),
    // Subscriptions and tax ids are not emulated, so no customer has any.
    subscriptions: (_world, id) => emptyList(`/v1/customers/${id}/subscriptions`),
    tax: () => UNKNOWN_TAX,
    tax_ids: (_world, id) => emptyList(`/v1/customers/${id}/tax_ids`),
  },
};

/** What is said of a customer whose place is not known (recorded 2025). */
const UNKNOWN_TAX = {
  automatic_tax: 'unrecognized_location',
  ip_address: null,
  location: null,
  provider: 'stripe',
};

const SUBLIST_LIMIT = 10;

/** The value of a field that is there only when asked for; undefined when there is nothing to offer. */
export function includeField(world: World, owner: ApiHash, field: string): unknown {
  if (owner['object'] === 'search_result') return field === 'total_count' ? totalCountOf(owner) : undefined;
  const include = INCLUDED[owner['object'] as string]?.[field];
  return include?.(world, owner['id'] as string);
}

/** The newest objects of an owner, with their number (recorded for refunds and for sources). */
function sublist(world: World, collection: Collection, field: string, id: string, url: string): ApiHash {
  const page = world.store.list({ collection, where: { [field]: id }, limit: SUBLIST_LIMIT });
  return {
    object: 'list',
    data: page.data,
    has_more: page.hasMore,
    total_count: world.store.count(collection, { [field]: id }),
    url,
  };
}

const emptyList = (url: string): ApiHash => ({
  object: 'list',
  data: [],
  has_more: false,
  total_count: 0,
  url,
});
