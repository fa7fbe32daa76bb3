import type { TestCard } from '../../domain/test-cards.ts';
import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { sorted } from '../payments/method-options.ts';
import type { MethodFacts } from '../payments/facts.ts';
import type { World } from '../world.ts';

export interface CardTerms {
  readonly card: TestCard;
  readonly expMonth?: number;
  readonly expYear?: number;
  /** False for a number given without a CVC: there is nothing to check then. */
  readonly cvcGiven: boolean;
  readonly billingDetails?: ApiHash;
  readonly metadata?: ApiHash;
  readonly allowRedisplay?: string;
}

/** Stores a new, unattached card. Test cards expire in this month of next year (recorded). */
export function createCardMethod(world: World, terms: CardTerms): ApiObject {
  const method = world.insert(
    'payment_methods',
    buildObject('payment_method', {
      id: world.ids.plain('pm', world.now),
      allow_redisplay: terms.allowRedisplay ?? 'unspecified',
      billing_details: billingDetails(terms.billingDetails ?? {}),
      card: cardHash(world, terms),
      created: world.now,
      livemode: false,
      metadata: terms.metadata ?? {},
      type: 'card',
    }),
  );
  world.remember<MethodFacts>(method.id, { testCard: terms.card.id });
  return method;
}

/** The `card` hash of a method (fields and order as recorded 2026-06). */
export function cardHash(world: World, terms: CardTerms): ApiHash {
  const { card, billingDetails: billing } = terms;
  const date = new Date(world.now * 1000);
  const address = (billing?.['address'] ?? {}) as ApiHash;
  const brand = card.brand === 'amex' ? 'american_express' : card.brand;
  return {
    brand: card.brand,
    checks: {
      address_line1_check: present(address['line1']) ? 'unchecked' : null,
      address_postal_code_check: present(address['postal_code']) ? 'unchecked' : null,
      cvc_check: terms.cvcGiven ? 'unchecked' : null,
    },
    country: card.country,
    display_brand: brand,
    exp_month: terms.expMonth ?? date.getUTCMonth() + 1,
    exp_year: terms.expYear ?? date.getUTCFullYear() + 1,
    fingerprint: world.ids.fingerprint(card.numbers[0] ?? card.id),
    funding: card.funding,
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.threeDS.requirement !== 'not-supported' },
    wallet: null,
  };
}

const present = (value: unknown) => typeof value === 'string' && value !== '';

/** `billing_details` with every field there, null where nothing was given. */
export function billingDetails(given: ApiHash): ApiHash {
  const address = (given['address'] ?? {}) as ApiHash;
  const text = (hash: ApiHash, key: string) => (present(hash[key]) ? hash[key] : null);
  return {
    address: Object.fromEntries(
      ['city', 'country', 'line1', 'line2', 'postal_code', 'state'].map((key) => [key, text(address, key)]),
    ),
    email: text(given, 'email'),
    name: text(given, 'name'),
    phone: text(given, 'phone'),
    tax_id: text(given, 'tax_id'),
  };
}

/** A postal address as other objects show it: six fields, null where nothing was given. */
export function addressHash(given: unknown): ApiHash | null {
  if (typeof given !== 'object' || given === null) return null;
  const hash = given as ApiHash;
  return sorted(
    Object.fromEntries(
      ['city', 'country', 'line1', 'line2', 'postal_code', 'state'].map((key) => [key, present(hash[key]) ? hash[key] : null]),
    ),
  );
}
