import { findCurrency, invalidCurrencyMessage } from '../../domain/currencies.ts';
import { amountProblem } from '../../domain/money.ts';
import { currencyRefusal, findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { invalidRequest, noSuch, refused } from '../api-error.ts';
import { mergeMetadata } from '../metadata.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { addressHash } from '../payment-methods/billing-details.ts';
import type { World } from '../world.ts';
import { requireDestination } from './destination.ts';
import type { IntentFacts } from './facts.ts';
import { paymentMethodOptions, sorted } from './method-options.ts';
import { automaticMethodTypes, unknownMethodType } from './method-types.ts';
import { requireSupportedParams } from './unsupported-params.ts';

/** Parameters that land on the intent as they are; an empty string unsets. */
const PLAIN = [
  'application_fee_amount',
  'capture_method',
  'confirmation_method',
  'description',
  'on_behalf_of',
  'receipt_email',
  'setup_future_usage',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_group',
] as const;

/**
 * Writes the parameters that create, update and confirm have in common onto an intent (in place, not stored).
 * Amount and currency are checked, metadata is merged key by key, method types and options are worked out again.
 *
 * @throws ApiError 400 for values that cannot be (amount, currency, customer).
 */
export function applyIntentParams(world: World, intent: ApiObject, params: ApiHash): void {
  requireSupportedParams(params);
  if (params['currency'] !== undefined) intent['currency'] = readCurrency(params['currency'] as string);
  if (params['amount'] !== undefined) intent['amount'] = params['amount'];
  for (const name of PLAIN) {
    if (params[name] !== undefined) intent[name] = params[name] === '' ? null : params[name];
  }
  if (params['customer'] !== undefined) {
    intent['customer'] =
      params['customer'] === '' ? null : existingCustomer(world, params['customer'] as string);
  }
  if (params['metadata'] !== undefined)
    intent['metadata'] = mergeMetadata(intent['metadata'], params['metadata']);
  if (params['shipping'] !== undefined) intent['shipping'] = shippingHash(params['shipping']);
  if (params['transfer_data'] !== undefined) {
    requireDestination(params['transfer_data'] as ApiHash);
    intent['transfer_data'] = sorted({
      ...((intent['transfer_data'] as ApiHash | null) ?? {}),
      ...(params['transfer_data'] as ApiHash),
    });
  }
  if (params['amount_details'] !== undefined)
    intent['amount_details'] = amountDetails(params['amount_details']);
  if (params['excluded_payment_method_types'] !== undefined) {
    intent['excluded_payment_method_types'] = emptyToNull(params['excluded_payment_method_types']);
  }
  if (params['allowed_payment_method_types'] !== undefined) {
    intent['allowed_payment_method_types'] = emptyToNull(params['allowed_payment_method_types']);
  }
  if (params['amount'] !== undefined || params['currency'] !== undefined) requirePossibleAmount(intent);
  applyMethodTypes(world, intent, params);
}

/** @throws ApiError 400 when the account takes no such currency. Upper case is accepted and lowered (recorded). */
export function readCurrency(given: string): string {
  if (findCurrency(given) === undefined) {
    throw invalidRequest(invalidCurrencyMessage(given), { param: 'currency' }, { whileReading: true });
  }
  return given.toLowerCase();
}

/** @throws ApiError 400 `resource_missing` for an unknown or deleted customer. */
export function existingCustomer(world: World, id: string, param = 'customer'): string {
  if (world.get('customers', id) === undefined) throw noSuch('customer', id, param, 'parameter');
  return id;
}

function requirePossibleAmount(intent: ApiObject): void {
  const problem = amountProblem(intent['amount'] as number, intent['currency'] as string);
  if (problem !== undefined) throw refused(problem);
}

function applyMethodTypes(world: World, intent: ApiObject, params: ApiHash): void {
  if (Array.isArray(params['payment_method_types'])) {
    const types = params['payment_method_types'] as string[];
    requireKnownTypes(types);
    const refusal = currencyRefusal(types, intent['currency'] as string);
    if (refusal !== undefined) throw refused(refusal);
    intent['payment_method_types'] = types;
    intent['automatic_payment_methods'] = null;
    intent['payment_method_configuration_details'] = null;
  } else if (intent['automatic_payment_methods'] !== null) {
    const automatic = intent['automatic_payment_methods'] as ApiHash;
    intent['payment_method_types'] = automaticMethodTypes({
      currency: intent['currency'] as string,
      amount: intent['amount'] as number,
      captureMethod: intent['capture_method'] as string,
      redirectsAllowed: automatic['allow_redirects'] !== 'never',
      excluded: (intent['excluded_payment_method_types'] as string[] | null) ?? [],
      allowed: (intent['allowed_payment_method_types'] as string[] | null) ?? undefined,
    });
  }
  intent['payment_method_options'] = paymentMethodOptions(
    intent['payment_method_types'] as string[],
    (params['payment_method_options'] as ApiHash | undefined) ?? {},
    (intent['payment_method_options'] as ApiHash | null) ?? {},
  );
  const blik = (params['payment_method_options'] as Record<string, ApiHash> | undefined)?.['blik']?.['code'];
  if (blik !== undefined) world.remember<IntentFacts>(intent.id, { blikCode: String(blik) });
}

function requireKnownTypes(types: readonly string[]): void {
  for (const type of types) {
    if (findPaymentMethodType(type) === undefined) throw unknownMethodType(type);
  }
}

/** A shipping address with every field there (recorded order: alphabetical). */
export function shippingHash(given: unknown): ApiHash | null {
  if (typeof given !== 'object' || given === null) return null;
  const { address, carrier, name, phone, tracking_number } = given as ApiHash;
  const text = (value: unknown) => (value === undefined || value === '' ? null : value);
  return {
    address: addressHash(address),
    carrier: text(carrier),
    // An empty name stays one (recorded 2022).
    name: name ?? null,
    phone: text(phone),
    tracking_number: text(tracking_number),
  };
}

function amountDetails(given: unknown): ApiHash {
  const hash = typeof given === 'object' && given !== null ? (given as ApiHash) : {};
  return sorted({ ...hash, tip: (hash['tip'] as ApiHash | undefined) ?? {} });
}

const emptyToNull = (value: unknown) => (value === '' ? null : value);
