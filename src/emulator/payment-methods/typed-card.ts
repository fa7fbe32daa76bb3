import { fullYear, type TypedCard, typedCardProblem } from '../../domain/card-data.ts';
import { missingParam } from '../api/param-errors.ts';
import { pathOf } from '../api/param-path.ts';
import { ApiError } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';
import type { World } from '../world.ts';
import type { CardExpiry } from './card.ts';
import { type CardIdentity, identityOfNumber } from './card-identity.ts';

export interface ReadCard {
  readonly identity: CardIdentity;
  readonly expiry: CardExpiry;
  readonly cvcGiven: boolean;
}

/**
 * Reads a card that somebody typed: number (spaces are fine), expiry, CVC.
 *
 * @param path where the hash stands among the parameters, for messages: `card`, `payment_method_data[card]`
 * @throws ApiError 400 for what is missing, 402 for data that cannot be a card's
 */
export function readTypedCard(world: World, given: ApiHash, path: string): ReadCard {
  for (const name of ['number', 'exp_month', 'exp_year']) {
    if (given[name] === undefined) throw missingParam(pathOf(path, name));
  }
  const card: TypedCard = {
    number: given['number'] as string,
    exp_month: Number(given['exp_month']),
    exp_year: Number(given['exp_year']),
    ...(typeof given['cvc'] === 'string' ? { cvc: given['cvc'] } : {}),
  };
  const problem = typedCardProblem(card, yearMonth(world));
  if (problem !== undefined) throw new ApiError(problem, { status: 402 });
  return {
    identity: identityOfNumber(world, card.number),
    expiry: { month: card.exp_month, year: fullYear(card.exp_year) },
    cvcGiven: card.cvc !== undefined,
  };
}

/**
 * Checks a new expiry for a card that is saved already.
 *
 * @returns the expiry with all four digits of the year
 * @throws ApiError 402 `invalid_expiry_month` or `invalid_expiry_year`
 */
export function requireExpiry(world: World, expiry: CardExpiry): CardExpiry {
  // A number that passes stands in for the saved card's, which is not kept.
  const card = { number: '4242424242424242', exp_month: expiry.month, exp_year: expiry.year };
  const problem = typedCardProblem(card, yearMonth(world));
  if (problem !== undefined) throw new ApiError(problem, { status: 402 });
  return { month: expiry.month, year: fullYear(expiry.year) };
}

function yearMonth(world: World): { year: number; month: number } {
  const date = new Date(world.now * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}
