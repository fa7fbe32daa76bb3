import { noSuch } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { applyCashSettings } from '../../payments/cash-balance.ts';
import type { Call, World } from '../../world.ts';
import { applyDefaultMethod } from './default-method.ts';
import { withCustomerParams } from './params.ts';
import { addSource, dropSource } from './sources.ts';

/**
 * `POST /v1/customers/{id}`. An event follows when anything did change.
 *
 * @throws ApiError 404 for an unknown customer, 400 for a deleted one (public tests against the live API)
 */
export function updateCustomer({ world, params, path }: Call): ApiObject {
  const id = path[0] as string;
  const before = world.get('customers', id);
  if (before === undefined) {
    throw noSuch('customer', id, 'id', world.store.getDeleted('customers', id) ? 'parameter' : 'path');
  }
  // The customer itself shows nothing of it, so it causes no event.
  applyCashSettings(world, id, (params['cash_balance'] as ApiHash | undefined)?.['settings']);
  const customer = withCustomerParams(structuredClone(before), params);
  applyDefaultMethod(world, customer, params);
  applySources(world, customer, params);
  if (JSON.stringify(before) === JSON.stringify(customer)) return customer;
  world.update('customers', customer);
  world.emit('customer.updated', customer, before);
  return customer;
}

/** A new `source` takes the place of the default one, which is deleted (documented). */
function applySources(world: World, customer: ApiObject, params: Call['params']): void {
  const { default_source, source = params['card'] } = params;
  if (source !== undefined) {
    const replaced = customer['default_source'];
    customer['default_source'] = addSource(world, customer.id, source as string).id;
    if (typeof replaced === 'string') dropSource(world, replaced);
  }
  if (default_source === undefined) return;
  if (world.get('sources', default_source)?.['customer'] !== customer.id) {
    throw noSuch('source', default_source as string, 'default_source', 'parameter');
  }
  customer['default_source'] = default_source;
}
