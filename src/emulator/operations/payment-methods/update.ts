import { unknownParams } from '../../api/param-errors.ts';
import { invalidRequest } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { mergeBillingDetails } from '../../payment-methods/billing-details.ts';
import { findMethod } from '../../payment-methods/find.ts';
import { requireExpiry } from '../../payment-methods/typed-card.ts';
import type { Call, World } from '../../world.ts';

const NOT_SAVED = 'You must save this PaymentMethod to a customer before you can update it.';

/**
 * `POST /v1/payment_methods/{id}`. Only a method that belongs to a customer can be changed (recorded 2019). An event
 * follows when anything did change.
 *
 * @throws ApiError 400; 402 for an expiry that cannot be
 */
export function updatePaymentMethod({ world, params, path }: Call): ApiObject {
  const method = findMethod(world, path[0] as string, 'path');
  if (method['customer'] === null) throw invalidRequest(NOT_SAVED);
  const before = structuredClone(method);
  for (const type of ['card', 'us_bank_account'] as const) {
    if (params[type] !== undefined && method['type'] !== type) throw unknownParams([type]);
  }
  if (params['allow_redisplay'] !== undefined) method['allow_redisplay'] = params['allow_redisplay'];
  if (params['billing_details'] !== undefined) {
    const current = method['billing_details'] as ApiHash;
    method['billing_details'] = mergeBillingDetails(current, params['billing_details'] as ApiHash);
  }
  if (params['metadata'] !== undefined) {
    method['metadata'] = mergeMetadata(method['metadata'], params['metadata']);
  }
  if (params['card'] !== undefined) updateCard(world, method['card'] as ApiHash, params['card'] as ApiHash);
  if (params['us_bank_account'] !== undefined) {
    Object.assign(method['us_bank_account'] as ApiHash, params['us_bank_account']);
  }
  if (JSON.stringify(before) === JSON.stringify(method)) return method;
  world.update('payment_methods', method);
  world.emit('payment_method.updated', method, before);
  return method;
}

function updateCard(world: World, card: ApiHash, given: ApiHash): void {
  const { exp_month, exp_year, networks } = given;
  if (exp_month !== undefined || exp_year !== undefined) {
    const month = (exp_month ?? card['exp_month']) as number;
    const year = (exp_year ?? card['exp_year']) as number;
    const expiry = requireExpiry(world, { month, year });
    Object.assign(card, { exp_month: expiry.month, exp_year: expiry.year });
  }
  const preferred = (networks as ApiHash | undefined)?.['preferred'];
  if (preferred !== undefined) {
    Object.assign(card['networks'] as ApiHash, { preferred: preferred === '' ? null : preferred });
  }
}
