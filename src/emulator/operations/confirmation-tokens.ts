import { buildNested, buildObject } from '../api/build-object.ts';
import { missingParam } from '../api/param-errors.ts';
import { invalidRequest, noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { addressHash } from '../payment-methods/billing-details.ts';
import type { ConfirmationTokenFacts } from '../payment-methods/confirmation-token.ts';
import { findMethod } from '../payment-methods/find.ts';
import { methodFromData } from '../payment-methods/from-data.ts';
import type { Call, Operations, World } from '../world.ts';

/** An unused token is good for twelve hours (documented). */
const LIFETIME_SECONDS = 12 * 60 * 60;

/** What a confirmation takes over from its token. */
const TAKEN_OVER = ['return_url', 'setup_future_usage', 'payment_method_options', 'shipping'] as const;

/** The endpoints of ConfirmationTokens. Stripe.js makes them; servers can only in test mode. */
export const confirmationTokens: Operations = {
  'confirmation_tokens.retrieve': ({ world, path }) => {
    const id = path[0] as string;
    const token = world.get('confirmation_tokens', id);
    if (token === undefined) throw noSuch('confirmation_token', id, 'confirmation_token', 'path');
    return token;
  },
  'test_helpers.confirmation_tokens.create': createConfirmationToken,
};

/**
 * `POST /v1/test_helpers/confirmation_tokens`: of a method that exists, or of data that would make one.
 *
 * @throws ApiError 400; 402 for card data that cannot be right
 */
function createConfirmationToken({ world, params }: Call): ApiObject {
  const method = methodOf(world, params);
  const token = buildObject('confirmation_token', {
    id: world.ids.plain('ctoken', world.now),
    created: world.now,
    expires_at: world.now + LIFETIME_SECONDS,
    livemode: false,
    payment_method_options: optionsHash(params['payment_method_options']),
    payment_method_preview: previewOf(method),
    return_url: params['return_url'],
    setup_future_usage: params['setup_future_usage'],
    shipping: shippingHash(params['shipping']),
    use_stripe_sdk: true,
  });
  const taken = TAKEN_OVER.filter((name) => params[name] !== undefined);
  world.remember<ConfirmationTokenFacts>(token.id, {
    method: method.id,
    params: Object.fromEntries(taken.map((name) => [name, params[name]])),
  });
  return world.insert('confirmation_tokens', token);
}

function methodOf(world: World, params: ApiHash): ApiObject {
  const { payment_method: id, payment_method_data: data } = params;
  if (id !== undefined && data !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: payment_method, payment_method_data.',
    );
  }
  if (id !== undefined) return findMethod(world, id as string, 'parameter');
  if (data === undefined) throw missingParam('payment_method');
  return methodFromData(world, data as ApiHash, 'payment_method_data');
}

/** The method as it will be, without what only a stored object has. */
function previewOf(method: ApiObject): ApiHash {
  const type = method['type'] as string;
  return buildNested('confirmation_token.payment_method_preview', {
    allow_redisplay: method['allow_redisplay'],
    billing_details: method['billing_details'],
    customer: method['customer'],
    type,
    [type]: method[type],
  });
}

function optionsHash(given: unknown): ApiHash | null {
  if (given === undefined) return null;
  const card = (given as ApiHash)['card'] as ApiHash | undefined;
  return { card: card === undefined ? null : { cvc_token: null, ...card } };
}

function shippingHash(given: unknown): ApiHash | null {
  if (given === undefined) return null;
  const { address, name, phone } = given as ApiHash;
  return { address: addressHash(address), name, phone: phone || null };
}
