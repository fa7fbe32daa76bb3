import { missingParam, unknownParams } from '../api/param-errors.ts';
import { pathOf } from '../api/param-path.ts';
import { unsupported } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { bankMethodFromData } from './bank.ts';
import { createCardMethod } from './card.ts';
import { billingDetailsOfCard, takeCardToken } from './card-token.ts';
import { localDetails } from './local-details.ts';
import { insertMethod } from './new-method.ts';
import { requireBillingDetails } from './required-billing.ts';
import { readTypedCard } from './typed-card.ts';

/** Parameters that every type takes. */
const COMMON = new Set(['allow_redisplay', 'billing_details', 'metadata', 'radar_options', 'type']);

/** Types that stand for a bank account. */
const BANK_TYPES: ReadonlySet<string> = new Set([
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'nz_bank_account',
  'sepa_debit',
  'us_bank_account',
]);

/**
 * A new, unattached method from the parameters of `POST /v1/payment_methods` or of `payment_method_data`.
 *
 * @param prefix how the parameters are named in errors: empty, or `payment_method_data`
 * @throws ApiError 400 for parameters that do not fit the type, 402 for card data that cannot be right
 */
export function methodFromData(world: World, data: ApiHash, prefix: string): ApiObject {
  const type = data['type'] as string | undefined;
  if (type === undefined) throw missingParam(pathOf(prefix, 'type'));
  const foreign = Object.keys(data).filter((name) => !COMMON.has(name) && name !== type);
  if (foreign.length > 0) throw unknownParams(foreign.map((name) => pathOf(prefix, name)));
  if (type === 'card') return cardFromData(world, data, prefix);
  if (BANK_TYPES.has(type)) return bankMethodFromData(world, data, prefix);
  requireBillingDetails(type, data);
  const details = localDetails(type, data, prefix);
  if (details === undefined) throw unsupported(`A payment method of type ${type}`, pathOf(prefix, 'type'));
  return insertMethod(world, { type, details, data });
}

function cardFromData(world: World, data: ApiHash, prefix: string): ApiObject {
  const path = pathOf(prefix, 'card');
  const card = data['card'] as ApiHash | undefined;
  if (card === undefined) throw missingParam(path);
  const preferredNetwork = (card['networks'] as ApiHash | undefined)?.['preferred'] as string | undefined;
  if (typeof card['token'] === 'string') {
    const token = takeCardToken(world, card['token'], pathOf(path, 'token'));
    const { card: object, ...read } = token;
    const billing = data['billing_details'] ?? (object === null ? undefined : billingDetailsOfCard(object));
    return createCardMethod(world, {
      ...read,
      preferredNetwork,
      data: billing === undefined ? data : { ...data, billing_details: billing },
    });
  }
  return createCardMethod(world, { ...readTypedCard(world, card, path), preferredNetwork, data });
}
