import { brandOfNumber, cardDigits, testCardOfNumber } from '../../domain/card-data.ts';
import type { CardBrand, CardFunding, TestCard } from '../../domain/test-cards.ts';
import type { World } from '../world.ts';

/** What is left of a card once its number is gone. */
export interface CardIdentity {
  /** Id of the row in the table of test cards; null for a number that is none, which every payment declines. */
  readonly testCard: string | null;
  readonly brand: CardBrand;
  readonly country: string | null;
  readonly funding: CardFunding;
  readonly last4: string;
  /** Every network the card can be charged on. */
  readonly networks: readonly string[];
  /** The same for the same number. */
  readonly fingerprint: string;
  readonly threeDSecureSupported: boolean;
}

/** The identity of a test card, however it was named. */
export function identityOfTestCard(world: World, card: TestCard): CardIdentity {
  return {
    testCard: card.id,
    brand: card.brand,
    country: card.country,
    funding: card.funding,
    last4: card.last4,
    networks: card.networks,
    fingerprint: world.ids.fingerprint(card.number ?? card.id),
    threeDSecureSupported: card.authentication !== 'unsupported',
  };
}

/** The identity behind a number that passed the checks; all that is known of an unlisted number is its brand. */
export function identityOfNumber(world: World, number: string): CardIdentity {
  const card = testCardOfNumber(number);
  if (card !== undefined) return identityOfTestCard(world, card);
  const digits = cardDigits(number);
  const brand = brandOfNumber(digits);
  return {
    testCard: null,
    brand,
    country: 'US',
    funding: 'credit',
    last4: digits.slice(-4),
    networks: [brand],
    fingerprint: world.ids.fingerprint(digits),
    threeDSecureSupported: true,
  };
}
