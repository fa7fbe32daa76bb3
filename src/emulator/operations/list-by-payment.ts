import { noSuch } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';
import type { Call } from '../world.ts';
import { listObjects } from './list.ts';

/**
 * Refunds or disputes, of one charge or intent if asked for. Those of a charge come with an undocumented `count`, right
 * after `object` (recorded 2026-08).
 *
 * @throws ApiError 400 for an unknown charge or intent
 */
export function listByPayment(call: Call, collection: 'disputes' | 'refunds', noun: string): ApiHash {
  const { world, params } = call;
  const charge = params['charge'];
  const intent = params['payment_intent'];
  if (typeof charge === 'string' && world.get('charges', charge) === undefined) {
    throw noSuch('charge', charge, 'charge', 'parameter');
  }
  if (typeof intent === 'string' && world.get('payment_intents', intent) === undefined) {
    throw noSuch('payment_intent', intent, 'payment_intent', 'parameter');
  }
  const { object, ...page } = listObjects(call, { collection, noun, filters: ['charge', 'payment_intent'] });
  return typeof charge === 'string'
    ? { object, count: world.store.count(collection, { charge }), ...page }
    : { object, ...page };
}
