import { unsupported } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { AuthenticationOutcome } from './authenticate.ts';
import { awaitsTransfer, completeTransfer } from './bank-transfer.ts';
import { isKeptFailure } from './card-attempt.ts';
import { awaitsMicrodeposits, PAGE_GUESSES } from './microdeposits.ts';
import { verifyPayment } from './verify-payment.ts';
import { completeVoucher, isVoucher } from './voucher.ts';
import { completeWaiting } from './waiting.ts';

/**
 * The customer completes or fails the action of a method that is not a card: comes back from a bank's page, pays or
 * loses a voucher, sends a transfer, verifies an account. Works on `intent` in place; failures are kept on it.
 *
 * @throws ApiError 400 for an action that nobody can complete or fail here
 */
export function completeAction(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  outcome: AuthenticationOutcome,
): void {
  const type = method['type'] as string;
  if (awaitsMicrodeposits(intent)) keepFailure(() => verifyPayment(world, intent, PAGE_GUESSES[outcome]));
  else if (awaitsTransfer(intent)) Object.assign(intent, completeTransfer(world, intent, outcome));
  else if (isVoucher(type)) completeVoucher(world, intent, method, outcome);
  else if (intent['next_action'] !== null) completeWaiting(world, intent, method, outcome);
  else throw unsupported(`Completing a payment with ${type}`);
}

/** The customer is at a page, not at an API call: a failure stands on the intent and is not thrown. */
export function keepFailure(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isKeptFailure(error)) throw error;
  }
}
