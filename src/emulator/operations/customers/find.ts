import { noSuch } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import type { Call } from '../../world.ts';

/** The customer of the path, who must not be deleted. @throws ApiError 404 */
export function customerOfCall({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  const customer = world.get('customers', id);
  if (customer === undefined) throw noSuch('customer', id, 'id', 'path');
  return customer;
}

/** `GET /v1/customers/{id}`; a deleted customer leaves a stub (recorded 2026-08). @throws ApiError 404 */
export function retrieveCustomer(call: Call): ApiHash {
  const id = call.path[0] as string;
  if (call.world.store.getDeleted('customers', id)) return { id, object: 'customer', deleted: true };
  return customerOfCall(call);
}
