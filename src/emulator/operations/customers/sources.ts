import { buildObject } from '../../api/build-object.ts';
import { invalidRequest, noSuch } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { createCardMethod } from '../../payment-methods/card.ts';
import { cardObject } from '../../payment-methods/card-object.ts';
import { billingDetailsOfCard, takeCardToken, useToken } from '../../payment-methods/card-token.ts';
import type { Call, World } from '../../world.ts';
import { listObjects } from '../list.ts';
import { saveForCustomer } from '../payment-methods/attach.ts';
import { detachMethod } from '../payment-methods/detach.ts';
import { customerOfCall } from './find.ts';

const NOT_A_SOURCE =
  'You cannot use a PaymentMethod as a source for Customers. Instead, use the PaymentMethods API to Attach a Customer to a PaymentMethod. See https://stripe.com/docs/api/payment_methods/attach';

/**
 * Saves the card or bank account of a token for a customer, the old way (still taken in 2026-06, recorded). A card saved
 * so is a payment method too, under the id of the card.
 *
 * @throws ApiError 400 for a token that cannot be used, 402 when the card is declined
 */
export function addSource(world: World, customer: string, token: string, metadata: ApiHash = {}): ApiObject {
  if (token.startsWith('pm_')) throw invalidRequest(NOT_A_SOURCE, { param: 'source' });
  const stored = world.get('tokens', token);
  const source =
    stored?.['type'] === 'bank_account'
      ? addBankAccount(world, customer, stored, metadata)
      : addCard(world, customer, token, metadata);
  world.emit('customer.source.created', source);
  return source;
}

function addBankAccount(world: World, customer: string, token: ApiObject, metadata: ApiHash): ApiObject {
  useToken(world, token);
  const account = token['bank_account'] as ApiObject;
  return world.insert('sources', buildObject('bank_account', { ...account, customer, metadata }));
}

function addCard(world: World, customer: string, id: string, metadata: ApiHash): ApiObject {
  const { card: made, ...read } = takeCardToken(world, id, 'source');
  const { networks: _, ...card } = made ?? cardObject(world, { ...read, details: {} });
  const method = createCardMethod(world, {
    ...read,
    id: card['id'] as string,
    data: { billing_details: billingDetailsOfCard(card), metadata },
  });
  saveForCustomer(world, method, customer);
  const checks = (method['card'] as { checks: ApiHash }).checks;
  return world.insert(
    'sources',
    buildObject('card', {
      ...card,
      address_line1_check: checks['address_line1_check'],
      address_zip_check: checks['address_postal_code_check'],
      allow_redisplay: 'unspecified',
      customer,
      cvc_check: checks['cvc_check'],
      metadata,
    }),
  );
}

/** Removes a source, and the payment method that it is too. */
export function dropSource(world: World, id: string): void {
  const method = world.get('payment_methods', id);
  if (method !== undefined) detachMethod(world, method);
  else world.store.remove('sources', id);
}

/** `POST /v1/customers/{id}/sources`: the first source becomes the default. @throws ApiError 400, 402, 404 */
export function createSource(call: Call): ApiObject {
  const { world, params } = call;
  const customer = customerOfCall(call);
  const metadata = mergeMetadata({}, params['metadata']);
  const source = addSource(world, customer.id, params['source'] as string, metadata);
  if (customer['default_source'] === null) setDefaultSource(world, customer, source.id);
  return source;
}

/** `GET /v1/customers/{id}/sources` (envelope as recorded 2026-06). @throws ApiError 404 */
export function listSources(call: Call): ApiHash {
  const customer = customerOfCall(call);
  const kind = call.params['object'];
  if (kind !== undefined && kind !== 'bank_account' && kind !== 'card') {
    return { object: 'list', data: [], has_more: false, url: call.url };
  }
  return listObjects(call, {
    collection: 'sources',
    noun: 'source',
    where: { customer: customer.id, ...(kind === undefined ? {} : { object: kind }) },
  });
}

/** `GET /v1/customers/{customer}/sources/{id}` @throws ApiError 404 */
export function retrieveSource(call: Call): ApiObject {
  const customer = customerOfCall(call);
  const id = call.path[1] as string;
  const source = call.world.get('sources', id);
  if (source?.['customer'] !== customer.id) throw noSuch('source', id, 'id', 'path');
  return source;
}

/** `DELETE /v1/customers/{customer}/sources/{id}`: the newest other source becomes the default. @throws ApiError 404 */
export function deleteSource(call: Call): ApiHash {
  const { world } = call;
  const source = retrieveSource(call);
  dropSource(world, source.id);
  world.emit('customer.source.deleted', source);
  const customer = customerOfCall(call);
  if (customer['default_source'] === source.id) {
    const [next] = world.store.list({
      collection: 'sources',
      where: { customer: customer.id },
      limit: 1,
    }).data;
    setDefaultSource(world, customer, next?.id ?? null);
  }
  return { id: source.id, object: source.object, deleted: true };
}

function setDefaultSource(world: World, customer: ApiObject, source: string | null): void {
  const before = { ...customer };
  customer['default_source'] = source;
  world.update('customers', customer);
  world.emit('customer.updated', customer, before);
}
