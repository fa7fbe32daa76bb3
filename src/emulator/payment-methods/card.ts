import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { CardIdentity } from './card-identity.ts';
import { insertMethod } from './new-method.ts';

export interface CardTerms {
  readonly identity: CardIdentity;
  /** Month and year of expiry; test cards named by an id expire in this month of next year (recorded). */
  readonly expiry?: CardExpiry;
  /** False for a number given without a CVC: there is nothing to check then. */
  readonly cvcGiven: boolean;
  /** `card[networks][preferred]` */
  readonly preferredNetwork?: string | undefined;
  /** Parameters that all types share, see `NewMethod`. */
  readonly data?: ApiHash;
  /** Only cards saved the old way keep an id that is not `pm_...`. */
  readonly id?: string;
}

export interface CardExpiry {
  readonly month: number;
  readonly year: number;
}

/** Stores a new, unattached card. */
export function createCardMethod(world: World, terms: CardTerms): ApiObject {
  return insertMethod(world, {
    type: 'card',
    details: cardHash(world, terms),
    facts: { testCard: terms.identity.testCard ?? UNLISTED_CARD },
    ...(terms.data === undefined ? {} : { data: terms.data }),
    ...(terms.id === undefined ? {} : { id: terms.id }),
  });
}

/** `MethodFacts.testCard` of a card that is in no table of test cards. */
export const UNLISTED_CARD = 'unlisted';

/** The expiry of a test card that was named by an id (recorded). */
export function testCardExpiry(world: World): CardExpiry {
  const date = new Date(world.now * 1000);
  return { month: date.getUTCMonth() + 1, year: date.getUTCFullYear() + 1 };
}

/** The `card` hash of a method (fields and order as recorded 2026-06). */
function cardHash(world: World, terms: CardTerms): ApiHash {
  const { identity } = terms;
  const expiry = terms.expiry ?? testCardExpiry(world);
  const billing = terms.data?.['billing_details'] as { address?: ApiHash } | undefined;
  const address = typeof billing?.address === 'object' ? billing.address : {};
  return {
    brand: identity.brand,
    checks: {
      address_line1_check: present(address['line1']) ? 'unchecked' : null,
      address_postal_code_check: present(address['postal_code']) ? 'unchecked' : null,
      cvc_check: terms.cvcGiven ? 'unchecked' : null,
    },
    country: identity.country,
    display_brand: identity.brand === 'amex' ? 'american_express' : identity.brand,
    exp_month: expiry.month,
    exp_year: expiry.year,
    fingerprint: identity.fingerprint,
    funding: identity.funding,
    generated_from: null,
    last4: identity.last4,
    networks: { available: identity.networks, preferred: terms.preferredNetwork ?? null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: identity.threeDSecureSupported },
    wallet: null,
  };
}

const present = (value: unknown) => typeof value === 'string' && value !== '';
