import { findTestCard } from '../../domain/test-cards.ts';
import { invalidRequest, noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { testCardExpiry } from './card.ts';
import { type CardIdentity, identityOfTestCard } from './card-identity.ts';
import type { ReadCard } from './typed-card.ts';

/** What the emulator knows of a token and the API never shows. */
export interface TokenFacts {
  card: CardIdentity;
  cvcGiven: boolean;
}

export interface TokenCard extends ReadCard {
  /** The card object of a token that was made before; test ids such as `tok_visa` have none. */
  readonly card: ApiHash | null;
}

/** The card behind a test id such as `tok_visa`, or undefined when the id is none. */
export function readTestToken(world: World, id: string): ReadCard | undefined {
  const card = findTestCard({ token: id });
  if (card === undefined) return undefined;
  return { identity: identityOfTestCard(world, card), expiry: testCardExpiry(world), cvcGiven: true };
}

/**
 * Takes the card out of a token, which is used up by that; test ids work any number of times.
 *
 * @param param the parameter that holds the token, for messages
 * @throws ApiError 400 for a token that is unknown, not a card's, or used
 */
export function takeCardToken(world: World, id: string, param: string): TokenCard {
  const token = world.get('tokens', id);
  if (token === undefined) {
    const test = readTestToken(world, id);
    if (test === undefined) throw noSuch('token', id, param, 'parameter');
    return { ...test, card: null };
  }
  if (token['type'] !== 'card') {
    throw invalidRequest(
      `The token ${id} is a ${String(token['type'])} token; a card token is needed here.`,
      {
        param,
      },
    );
  }
  useToken(world, token);
  const facts = world.facts<TokenFacts>(id);
  const card = token['card'] as ApiHash;
  return {
    identity: facts.card as CardIdentity,
    expiry: { month: card['exp_month'] as number, year: card['exp_year'] as number },
    cvcGiven: facts.cvcGiven === true,
    card,
  };
}

/** Marks a token as used. @throws ApiError 400 `token_already_used` (text from public logs) */
export function useToken(world: World, token: ApiObject): void {
  if (token['used'] === true) {
    throw invalidRequest(`You cannot use a Stripe token more than once: ${token.id}.`, {
      code: 'token_already_used',
    });
  }
  token['used'] = true;
  world.update('tokens', token);
}

/** `billing_details` of a method made from a token: what stands on the token's card. */
export function billingDetailsOfCard(card: ApiHash): ApiHash {
  return {
    address: {
      city: card['address_city'],
      country: card['address_country'],
      line1: card['address_line1'],
      line2: card['address_line2'],
      postal_code: card['address_zip'],
      state: card['address_state'],
    },
    name: card['name'],
  };
}
