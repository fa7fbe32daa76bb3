import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** A hold on a card lasts seven days online (recorded: `capture_before` is `created` plus 604800). */
export const AUTHORIZATION_SECONDS = 7 * 24 * 60 * 60;

export interface CardUse {
  readonly method: ApiObject;
  /** Minor units. */
  readonly amount: number;
  readonly declined: boolean;
  readonly manualCapture: boolean;
  readonly threeDSecure: ApiHash | null;
  readonly mandate: string | null;
  /** `payment_method_options.card` of the intent: features of the hold are there when they were asked for. */
  readonly options: ApiHash;
}

/** `payment_method_details.card` of a charge (fields and order as recorded 2026-08). */
export function cardDetails(world: World, use: CardUse): ApiHash {
  const card = use.method['card'] as ApiHash;
  const feature = (name: string) => ({
    status: use.options[`request_${name}`] === 'if_available' ? 'available' : 'unavailable',
  });
  return {
    amount_authorized: use.declined ? null : use.amount,
    authorization_code: use.declined ? null : world.ids.digits(6),
    brand: card['brand'],
    ...(use.manualCapture && !use.declined ? { capture_before: world.now + AUTHORIZATION_SECONDS } : {}),
    checks: card['checks'],
    country: card['country'],
    electronic_commerce_indicator: use.threeDSecure === null ? '07' : '05',
    exp_month: card['exp_month'],
    exp_year: card['exp_year'],
    extended_authorization: {
      status: use.options['request_extended_authorization'] === 'if_available' ? 'enabled' : 'disabled',
    },
    fingerprint: card['fingerprint'],
    funding: card['funding'],
    incremental_authorization: feature('incremental_authorization'),
    installments: null,
    last4: card['last4'],
    mandate: use.mandate,
    multicapture: feature('multicapture'),
    network: networkOf(card['brand'] as string),
    network_token: { used: false },
    network_transaction_id: world.ids.digits(15),
    overcapture: { maximum_amount_capturable: use.amount, ...feature('overcapture') },
    regulated_status: card['regulated_status'],
    three_d_secure: use.threeDSecure,
    transaction_link_id: null,
    wallet: null,
  };
}

const networkOf = (brand: string) => (brand === 'american_express' ? 'amex' : brand);
