import { buildObject } from '../../api/build-object.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { findMethod } from '../../payment-methods/find.ts';
import { applyCashSettings } from '../../payments/cash-balance.ts';
import type { Call, World } from '../../world.ts';
import { saveForCustomer } from '../payment-methods/attach.ts';
import { applyDefaultMethod } from './default-method.ts';
import { withCustomerParams } from './params.ts';
import { addSource } from './sources.ts';

/**
 * `POST /v1/customers`. A method or a token given along is saved for the new customer.
 *
 * @throws ApiError 400; 402 when the card is declined, and then there is no customer (recorded 2023)
 */
export function createCustomer({ world, params }: Call): ApiObject {
  const customer = withCustomerParams(blankCustomer(world), params);
  world.insert('customers', customer);
  applyCashSettings(world, customer.id, (params['cash_balance'] as ApiHash | undefined)?.['settings']);
  world.emit('customer.created', customer);
  const saved = saveGivenMethod(world, customer.id, params['payment_method']);
  applyDefaultMethod(world, customer, params, saved);
  const source = params['source'] ?? params['card'];
  if (source !== undefined) customer['default_source'] = addSource(world, customer.id, source as string).id;
  return world.update('customers', customer);
}

function saveGivenMethod(
  world: World,
  customer: string,
  given: unknown,
): { asked: string; id: string } | undefined {
  if (typeof given !== 'string') return undefined;
  const method = findMethod(world, given, 'parameter');
  saveForCustomer(world, method, customer);
  return { asked: given, id: method.id };
}

/** A customer with nothing but what every customer starts with (recorded 2026-08). */
function blankCustomer(world: World): ApiObject {
  return buildObject('customer', {
    id: world.ids.plain('cus', world.now),
    address: null,
    balance: 0,
    created: world.now,
    currency: null,
    customer_account: null,
    delinquent: false,
    discount: null,
    invoice_prefix: world.ids.invoicePrefix(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    tax_exempt: 'none',
    test_clock: null,
  });
}
