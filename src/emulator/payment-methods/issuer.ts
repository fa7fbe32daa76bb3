import { liveCardError } from '../../domain/card-data.ts';
import { type CardCircumstances, type CardOutcome, cardOutcome } from '../../domain/card-outcome.ts';
import { findTestCard, type TestCard } from '../../domain/test-cards.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { MethodFacts } from '../payments/facts.ts';
import type { World } from '../world.ts';
import { UNLISTED_CARD } from './card.ts';

/** What surrounds the attempt; what is known of the card itself is added here. */
export type Attempt = Omit<
  CardCircumstances,
  'setUpForOffSession' | 'cvcProvided' | 'postalCodeProvided' | 'line1Provided'
>;

/** What the issuer of a saved card says to an attempt to charge it, set it up or save it. */
export function issuerAnswer(world: World, method: ApiObject, attempt: Attempt): CardOutcome {
  const facts = world.facts<MethodFacts>(method.id);
  const card = findTestCard({ id: facts.testCard ?? '' });
  if (card === undefined && facts.testCard !== UNLISTED_CARD) {
    throw new Error(`${method.id} is a card of no known behaviour`);
  }
  const address = (method['billing_details'] as { address: ApiHash | null }).address ?? {};
  const checks = (method['card'] as { checks: ApiHash }).checks;
  const circumstances: CardCircumstances = {
    ...attempt,
    setUpForOffSession: facts.setUp ?? false,
    cvcProvided: checks['cvc_check'] !== null,
    postalCodeProvided: typeof address['postal_code'] === 'string',
    line1Provided: typeof address['line1'] === 'string',
  };
  return card === undefined ? refuseUnlisted(circumstances) : cardOutcome(card, circumstances);
}

/** A number that is no test card's is declined wherever it is used (public logs). */
function refuseUnlisted(circumstances: CardCircumstances): CardOutcome {
  const declining = findTestCard({ number: '4000000000000002' }) as TestCard;
  const declined = cardOutcome(declining, circumstances);
  if (declined.kind !== 'declined') throw new Error('the declining test card does not decline');
  const error = liveCardError();
  return {
    ...declined,
    error: circumstances.usage === 'attach' ? { ...error, param: '' } : error,
    outcome: {
      ...declined.outcome,
      advice_code: null,
      network_decline_code: null,
      reason: error.decline_code ?? null,
      seller_message: 'This charge request was in test mode, but did not use a Stripe test card number.',
    },
  };
}
