import { buildNested, buildObject } from '../../api/build-object.ts';
import { invalidRequest, unsupported } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { addressHash } from '../../payment-methods/billing-details.ts';

/** Texts that land on the customer as they are; an empty string clears. */
const TEXTS = ['description', 'email'] as const;

/** Texts that lose the spaces around them (public tests against the live API). */
const TRIMMED = ['business_name', 'individual_name', 'name', 'phone'] as const;

/** Of these only the presence of a value can be told: billing and tax are no part of the emulator. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  tax: 'Automatic tax on customers',
  tax_id_data: 'Tax ids on customers',
  test_clock: 'A test clock (advance the clock of the emulator instead)',
};

/**
 * The customer with what a create or an update gives. What refers to other objects (`payment_method`, `source`,
 * `invoice_settings[default_payment_method]`) is left to the caller.
 *
 * @throws ApiError 400
 */
export function withCustomerParams(customer: ApiObject, params: ApiHash): ApiObject {
  for (const [name, what] of Object.entries(UNSUPPORTED)) {
    if (params[name] !== undefined) throw unsupported(what, name);
  }
  const changes: ApiHash = {};
  for (const name of TEXTS) if (params[name] !== undefined) changes[name] = params[name] || null;
  for (const name of TRIMMED) {
    if (params[name] !== undefined) changes[name] = (params[name] as string).trim() || null;
  }
  if (typeof changes['email'] === 'string') requireEmail(changes['email']);
  if (params['address'] !== undefined) changes['address'] = addressHash(params['address']);
  if (params['shipping'] !== undefined) changes['shipping'] = shippingHash(params['shipping']);
  if (params['metadata'] !== undefined) {
    changes['metadata'] = mergeMetadata(customer['metadata'], params['metadata']);
  }
  if (params['tax_exempt'] !== undefined) changes['tax_exempt'] = params['tax_exempt'] || 'none';
  if (params['balance'] !== undefined) changes['balance'] = params['balance'];
  if (params['preferred_locales'] !== undefined) changes['preferred_locales'] = params['preferred_locales'];
  if (params['next_invoice_sequence'] !== undefined) {
    changes['next_invoice_sequence'] = params['next_invoice_sequence'];
  }
  if (params['invoice_prefix'] !== undefined)
    changes['invoice_prefix'] = readPrefix(params['invoice_prefix']);
  if (params['invoice_settings'] !== undefined) {
    const current = customer['invoice_settings'] as ApiHash;
    changes['invoice_settings'] = invoiceSettings(current, params['invoice_settings'] as ApiHash);
  }
  // The two newest names are there only when they have a value.
  for (const name of ['business_name', 'individual_name']) {
    if (changes[name] === null) changes[name] = undefined;
  }
  return buildObject('customer', { ...customer, ...changes });
}

/** Message second-hand (2026-09). */
function requireEmail(email: string): void {
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return;
  throw invalidRequest(`Invalid email address: ${email}`, { code: 'email_invalid', param: 'email' });
}

function readPrefix(prefix: unknown): unknown {
  if (/^[A-Z0-9]{3,12}$/.test(prefix as string)) return prefix;
  throw invalidRequest('Invoice prefixes must have 3 to 12 characters, capital letters or digits.', {
    param: 'invoice_prefix',
  });
}

function shippingHash(given: unknown): ApiHash | null {
  if (given === '') return null;
  const { address, name, phone } = given as ApiHash;
  return { address: addressHash(address), name, phone: phone || null };
}

function invoiceSettings(current: ApiHash, given: ApiHash): ApiHash {
  const settings = { ...current };
  if (given['custom_fields'] !== undefined) settings['custom_fields'] = given['custom_fields'] || null;
  if (given['footer'] !== undefined) settings['footer'] = given['footer'] || null;
  const rendering = given['rendering_options'];
  if (rendering === '') settings['rendering_options'] = null;
  else if (rendering !== undefined) {
    const { amount_tax_display, template } = rendering as ApiHash;
    settings['rendering_options'] = buildNested('customer.invoice_settings.rendering_options', {
      amount_tax_display: amount_tax_display || null,
      template,
    });
  }
  return settings;
}
