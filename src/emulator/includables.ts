import type { ApiHash } from './objects.ts';
import type { World } from './world.ts';

/** Fields that an answer carries only when they are expanded: the refunds of a charge and the like. */
export function includeField(world: World, owner: ApiHash, field: string): unknown {
  if (owner['object'] === 'charge' && field === 'refunds') return refundsOf(world, owner['id'] as string);
  return undefined;
}

/** The newest refunds of a charge as a sub-list, with their number (recorded). */
function refundsOf(world: World, charge: string): ApiHash {
  const page = world.store.list({ collection: 'refunds', where: { charge }, limit: 10 });
  return {
    object: 'list',
    data: page.data,
    has_more: page.hasMore,
    total_count: world.store.count('refunds', { charge }),
    url: `/v1/charges/${charge}/refunds`,
  };
}
