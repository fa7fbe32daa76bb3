import { unsupported } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/**
 * A new, unattached method from the parameters of `POST /v1/payment_methods` or of `payment_method_data`.
 *
 * @param prefix how the parameters are named in errors: empty, or `payment_method_data`
 */
export function methodFromData(_world: World, data: ApiHash, prefix: string): ApiObject {
  throw unsupported(`A payment method of type ${String(data['type'])}`, prefix);
}
