import { noSuch } from '../../api-error.ts';
import type { ApiHash } from '../../objects.ts';
import { existingCustomer } from '../../payments/intent-params.ts';
import type { Call } from '../../world.ts';
import { listObjects } from '../list.ts';

/** `GET /v1/charges`. @throws ApiError 400 for an unknown customer or intent */
export function listCharges(call: Call): ApiHash {
  const { world, params } = call;
  const { customer, payment_intent: intent } = params;
  if (typeof customer === 'string') existingCustomer(world, customer);
  if (typeof intent === 'string' && world.get('payment_intents', intent) === undefined) {
    throw noSuch('payment_intent', intent, 'payment_intent', 'parameter');
  }
  return listObjects(call, {
    collection: 'charges',
    noun: 'charge',
    filters: ['customer', 'payment_intent', 'transfer_group'],
  });
}
