import { invalidRequest } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { findMethod } from '../../payment-methods/find.ts';
import type { MethodFacts } from '../../payments/facts.ts';
import type { Call, World } from '../../world.ts';

/**
 * `POST /v1/payment_methods/{id}/detach`: the method can never be used again.
 *
 * @throws ApiError 400 when it belongs to nobody (recorded 2026-08)
 */
export function detachPaymentMethod({ world, path }: Call): ApiObject {
  const method = findMethod(world, path[0] as string, 'path');
  const owner = method['customer'];
  if (typeof owner !== 'string') {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  detachMethod(world, method);
  forgetDefault(world, owner, method.id);
  return method;
}

/** Takes a method away from its customer for good. Changes `method` in place. */
export function detachMethod(world: World, method: ApiObject): void {
  const before = { ...method };
  method['customer'] = null;
  world.update('payment_methods', method);
  world.remember<MethodFacts>(method.id, { spent: true });
  if (world.get('sources', method.id) !== undefined) world.store.remove('sources', method.id);
  world.emit('payment_method.detached', method, before);
}

/** A customer's default cannot be a method that is gone. */
function forgetDefault(world: World, id: string, method: string): void {
  const customer = world.get('customers', id);
  if (customer === undefined) return;
  const before = structuredClone(customer);
  const settings = customer['invoice_settings'] as ApiHash;
  if (settings['default_payment_method'] === method) settings['default_payment_method'] = null;
  if (customer['default_source'] === method) customer['default_source'] = null;
  if (JSON.stringify(before) === JSON.stringify(customer)) return;
  world.update('customers', customer);
  world.emit('customer.updated', customer, before);
}
