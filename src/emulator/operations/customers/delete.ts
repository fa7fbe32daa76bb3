import type { ApiHash } from '../../objects.ts';
import type { Call } from '../../world.ts';
import { detachMethod } from '../payment-methods/detach.ts';
import { customerOfCall } from './find.ts';

/**
 * `DELETE /v1/customers/{id}`. Its methods are detached, so that nothing saved refers to nobody; whether Stripe does
 * that is not known.
 *
 * @throws ApiError 404, also for a customer who is deleted already
 */
export function deleteCustomer(call: Call): ApiHash {
  const { world } = call;
  const customer = customerOfCall(call);
  const methods = [...world.store.scan('payment_methods', { customer: customer.id })];
  for (const method of methods) detachMethod(world, method);
  world.store.remove('customers', customer.id);
  world.emit('customer.deleted', customer);
  return { id: customer.id, object: 'customer', deleted: true };
}
