import type { CardBrand } from '../../domain/test-cards.ts';
import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { ReadCard } from './typed-card.ts';

/** Card objects write brands out (recorded 2026-06 for Visa; the others: documentation of the card object). */
const BRAND_NAMES: Readonly<Record<CardBrand, string>> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'MasterCard',
  unionpay: 'UnionPay',
  unknown: 'Unknown',
  visa: 'Visa',
};

const TEXT_FIELDS = [
  'address_city',
  'address_country',
  'address_line1',
  'address_line2',
  'address_state',
  'address_zip',
  'name',
] as const;

export interface CardObjectTerms extends ReadCard {
  /** Name and address as typed with the card, `address_line1` and so on. */
  readonly details: ApiHash;
}

/** The old card object inside a token (fields as recorded 2026-06). It is not stored by itself. */
export function cardObject(world: World, terms: CardObjectTerms): ApiObject {
  const { details, expiry, identity } = terms;
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, textOrNull(details[field])]));
  const networks = details['networks'] as ApiHash | undefined;
  return buildObject('card', {
    ...texts,
    id: world.ids.plain('card', world.now),
    address_line1_check: texts['address_line1'] === null ? null : 'unchecked',
    address_zip_check: texts['address_zip'] === null ? null : 'unchecked',
    brand: BRAND_NAMES[identity.brand],
    country: identity.country,
    currency: details['currency'],
    cvc_check: terms.cvcGiven ? 'unchecked' : null,
    exp_month: expiry.month,
    exp_year: expiry.year,
    fingerprint: identity.fingerprint,
    funding: identity.funding,
    last4: identity.last4,
    metadata: {},
    networks: { preferred: networks?.['preferred'] ?? null },
    regulated_status: 'unregulated',
  });
}

const textOrNull = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
