import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { invalidRequest } from '../api-error.ts';
import { mergeMetadata } from '../metadata.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { existingCustomer } from '../payments/intent-params.ts';
import { setupMethodOptions } from '../payments/method-options.ts';
import { automaticMethodTypes, unknownMethodType } from '../payments/method-types.ts';
import { requireSupportedParams } from '../payments/unsupported-params.ts';
import type { World } from '../world.ts';

const PLAIN = ['attach_to_self', 'description', 'on_behalf_of'] as const;
const LISTS = ['allowed_payment_method_types', 'excluded_payment_method_types', 'flow_directions'] as const;

/**
 * Writes the parameters that create, update and confirm have in common onto a SetupIntent (in place, not stored).
 *
 * @throws ApiError 400 for values that cannot be.
 */
export function applySetupParams(world: World, intent: ApiObject, params: ApiHash): void {
  requireSupportedParams(params);
  for (const name of PLAIN) {
    if (params[name] !== undefined) intent[name] = params[name] === '' ? null : params[name];
  }
  for (const name of LISTS) {
    if (params[name] !== undefined) intent[name] = params[name] === '' ? null : params[name];
  }
  if (params['customer'] !== undefined) {
    intent['customer'] =
      params['customer'] === '' ? null : existingCustomer(world, params['customer'] as string);
  }
  if (params['metadata'] !== undefined)
    intent['metadata'] = mergeMetadata(intent['metadata'], params['metadata']);
  applyTypes(intent, params);
  if (params['usage'] !== undefined) intent['usage'] = usageOf(intent, params['usage'] as string);
}

/** A card is always set up for `off_session`, whatever is asked (recorded 2026-08); other methods echo the request. */
function usageOf(intent: ApiObject, asked: string): string {
  return (intent['payment_method_types'] as string[]).includes('card') ? 'off_session' : asked;
}

function applyTypes(intent: ApiObject, params: ApiHash): void {
  if (Array.isArray(params['payment_method_types'])) {
    for (const type of params['payment_method_types'] as string[]) requireSetup(type);
    intent['payment_method_types'] = params['payment_method_types'];
    intent['automatic_payment_methods'] = null;
    intent['payment_method_configuration_details'] = null;
  } else if (intent['automatic_payment_methods'] !== null) {
    const automatic = intent['automatic_payment_methods'] as ApiHash;
    intent['payment_method_types'] = automaticMethodTypes({
      currency: '',
      redirectsAllowed: automatic['allow_redirects'] !== 'never',
      excluded: (intent['excluded_payment_method_types'] as string[] | null) ?? [],
      allowed: (intent['allowed_payment_method_types'] as string[] | null) ?? undefined,
      forSetup: true,
    });
  }
  intent['payment_method_options'] = setupMethodOptions(
    intent['payment_method_types'] as string[],
    (params['payment_method_options'] as ApiHash | undefined) ?? {},
    (intent['payment_method_options'] as ApiHash | null) ?? {},
  );
}

function requireSetup(type: string): void {
  const known = findPaymentMethodType(type);
  if (known === undefined) throw unknownMethodType(type);
  if (known.setupIntents) return;
  throw invalidRequest(`The payment method type "${type}" cannot be used with SetupIntents.`, {
    param: 'payment_method_types',
  });
}
