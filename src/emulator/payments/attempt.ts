import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { attemptCard, type AttemptTerms as CardTerms } from './card-attempt.ts';
import { attemptOther } from './other-attempt.ts';

/** How an attempt is made, beyond what stands on the intent. */
export interface AttemptTerms extends CardTerms {
  readonly mandateData?: ApiHash | undefined;
}

/**
 * Tries to take an intent's amount with a method that was found usable.
 *
 * @throws ApiError 402 when the attempt failed; the failure is kept.
 */
export function attemptPayment(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  terms: AttemptTerms,
): void {
  if (method['type'] === 'card') attemptCard(world, intent, method, terms);
  else attemptOther(world, intent, method, terms);
}
