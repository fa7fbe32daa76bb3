import { invalidRequest, noSuch, unsupported } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { existingCustomer } from '../../payments/intent-params.ts';
import type { Call } from '../../world.ts';
import { listObjects } from '../list.ts';

const TERMS = {
  collection: 'payment_methods',
  noun: 'PaymentMethod',
  filters: ['allow_redisplay', 'type'],
} as const;

/**
 * `GET /v1/payment_methods`: those of one customer; without a customer the list is empty (recorded 2026-08).
 *
 * @throws ApiError 400 for an unknown or deleted customer
 */
export function listPaymentMethods(call: Call): ApiHash {
  if (call.params['customer_account'] !== undefined) throw unsupported('Accounts v2', 'customer_account');
  const customer = call.params['customer'];
  if (customer !== undefined) existingCustomer(call.world, customer as string);
  return listObjects(call, { ...TERMS, where: { customer: (customer as string | undefined) ?? '' } });
}

/** `GET /v1/customers/{id}/payment_methods` @throws ApiError 404 for an unknown or deleted customer */
export function listPaymentMethodsOfCustomer(call: Call): ApiHash {
  const id = call.path[0] as string;
  if (call.world.get('customers', id) === undefined) throw noSuch('customer', id, 'id', 'path');
  return listObjects(call, { ...TERMS, where: { customer: id } });
}

/**
 * `GET /v1/customers/{customer}/payment_methods/{id}`
 *
 * @throws ApiError 404; the error for a method of somebody else says no more than that (recorded 2026-08)
 */
export function retrievePaymentMethodOfCustomer({ world, path }: Call): ApiObject {
  const [customer, id] = path as [string, string];
  if (world.get('customers', customer) === undefined) throw noSuch('customer', customer, 'id', 'path');
  const method = world.get('payment_methods', id);
  if (method === undefined) throw noSuch('PaymentMethod', id, 'payment_method', 'path');
  if (method['customer'] !== customer) {
    throw invalidRequest('Invalid request', { param: 'customer' }, { status: 404 });
  }
  return method;
}
