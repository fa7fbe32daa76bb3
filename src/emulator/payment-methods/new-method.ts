import { buildObject } from '../api/build-object.ts';
import { mergeMetadata } from '../metadata.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { MethodFacts } from '../payments/facts.ts';
import type { World } from '../world.ts';
import { billingDetails } from './billing-details.ts';

export interface NewMethod {
  readonly type: string;
  /** The hash under the type's name. */
  readonly details: ApiHash;
  /** Parameters that all types share: `allow_redisplay`, `billing_details`, `metadata`, `radar_options`. */
  readonly data?: ApiHash;
  readonly facts?: Partial<MethodFacts>;
  /** Only cards saved the old way keep an id that is not `pm_...`. */
  readonly id?: string;
}

/** Stores a new method that belongs to nobody yet. No event tells of it (recorded 2026-08). */
export function insertMethod(world: World, terms: NewMethod): ApiObject {
  const data = terms.data ?? {};
  const method = world.insert(
    'payment_methods',
    buildObject('payment_method', {
      id: terms.id ?? world.ids.plain('pm', world.now),
      allow_redisplay: data['allow_redisplay'] ?? 'unspecified',
      billing_details: billingDetails((data['billing_details'] as ApiHash | undefined) ?? {}),
      created: world.now,
      livemode: false,
      metadata: mergeMetadata({}, data['metadata']),
      radar_options: data['radar_options'],
      type: terms.type,
      [terms.type]: terms.details,
    }),
  );
  if (terms.facts !== undefined) world.remember<MethodFacts>(method.id, terms.facts);
  return method;
}
