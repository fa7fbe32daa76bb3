import { noSuch } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import type { Call } from '../../world.ts';

/**
 * The charge a request is about: the first id of the path.
 *
 * @param param what the error calls the id: `id` for the charge itself, `charge` for what hangs on it (recorded 2026-08)
 * @throws ApiError 404
 */
export function chargeOfCall({ world, path }: Call, param: 'charge' | 'id' = 'id'): ApiObject {
  const id = path[0] as string;
  const charge = world.get('charges', id);
  if (charge === undefined) throw noSuch('charge', id, param, 'path');
  return charge;
}
