import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { sendDebit } from './bank-debit.ts';
import { concludeFailed } from './conclude.ts';
import { judgeMicrodeposits, MICRODEPOSIT_JOB } from './microdeposits.ts';

/**
 * Judges the microdeposits of a waiting payment: the debit is sent, or the attempt is over. Works on `intent` in place.
 *
 * @throws ApiError 400 for a wrong guess (kept)
 */
export function verifyPayment(world: World, intent: ApiObject, guess: ApiHash): void {
  const method = world.require('payment_methods', intent['payment_method']);
  const failure = judgeMicrodeposits(world, method, guess, { payment_intent: intent });
  world.store.cancelJobs(intent.id, MICRODEPOSIT_JOB);
  if (failure !== undefined) throw concludeFailed(world, intent, method, failure, undefined, 400);
  sendDebit(world, intent, method);
}
