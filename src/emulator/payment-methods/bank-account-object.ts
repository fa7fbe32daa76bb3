import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** The old bank account object inside a token, from the parameters under `bank_account`. It is not stored by itself. */
export function bankAccountObject(world: World, given: ApiHash): ApiObject {
  const number = given['account_number'] as string;
  const routing = (given['routing_number'] as string | undefined) ?? null;
  return buildObject('bank_account', {
    id: world.ids.plain('ba', world.now),
    account_holder_name: given['account_holder_name'],
    account_holder_type: given['account_holder_type'],
    account_type: given['account_type'],
    bank_name: 'STRIPE TEST BANK',
    country: (given['country'] as string).toUpperCase(),
    currency: given['currency'],
    fingerprint: world.ids.fingerprint(`${routing ?? ''} ${number}`),
    last4: number.slice(-4),
    routing_number: routing,
    status: 'new',
  });
}
