import { invalidRequest } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import type { World } from '../../world.ts';

/**
 * Sets the method that invoices are paid with, when the parameters name one; an empty string unsets.
 *
 * @param saved the method that the same request saved, as the parameters called it and as it is called now
 * @throws ApiError 400 for a method that is not this customer's (sentence from public logs)
 */
export function applyDefaultMethod(
  world: World,
  customer: ApiObject,
  params: ApiHash,
  saved?: { readonly asked: string; readonly id: string },
): void {
  const asked = (params['invoice_settings'] as ApiHash | undefined)?.['default_payment_method'];
  if (asked === undefined) return;
  const settings = customer['invoice_settings'] as ApiHash;
  const id = asked === saved?.asked ? saved?.id : asked;
  if (id === '') settings['default_payment_method'] = null;
  else if (world.get('payment_methods', id)?.['customer'] === customer.id) {
    settings['default_payment_method'] = id;
  } else {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${asked}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
    );
  }
}
