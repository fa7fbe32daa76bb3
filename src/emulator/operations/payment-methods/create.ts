import { unsupported } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { methodFromData } from '../../payment-methods/from-data.ts';
import type { Call } from '../../world.ts';

/**
 * `POST /v1/payment_methods`: a new method that belongs to nobody.
 *
 * @throws ApiError 400 for parameters that do not fit the type, 402 for card data that cannot be right
 */
export function createPaymentMethod({ world, params }: Call): ApiObject {
  for (const name of ['customer', 'payment_method'] as const) {
    if (params[name] !== undefined)
      throw unsupported('Cloning a payment method to a connected account', name);
  }
  return methodFromData(world, params, '');
}
