import type { ApiHash, ApiObject } from '../objects.ts';
import { judgeMicrodeposits, microdepositAction, microdepositFate } from '../payments/microdeposits.ts';
import type { World } from '../world.ts';
import { concludeSetUp, concludeSetupAction, concludeSetupFailed } from './conclude.ts';

export const SETUP_MICRODEPOSIT_JOB = 'setup_intent.microdeposits';

/** Leaves a SetupIntent waiting for the customer to say what arrived. */
export function askForSetupMicrodeposits(world: World, intent: ApiObject, method: ApiObject): void {
  world.store.cancelJobs(intent.id, SETUP_MICRODEPOSIT_JOB);
  const nextAction = microdepositAction(world, intent, method);
  concludeSetupAction(world, intent, method, () => nextAction);
  world.schedule(SETUP_MICRODEPOSIT_JOB, intent.id, microdepositFate(world, method).afterSeconds, {
    method: method.id,
  });
}

/** The job behind microdeposits of a set-up that were never verified. */
export function giveUpSetupMicrodeposits(world: World, intentId: string, payload: ApiHash): void {
  const intent = world.get('setup_intents', intentId);
  if (intent?.['status'] !== 'requires_action' || intent['payment_method'] !== payload['method']) return;
  const method = world.require('payment_methods', payload['method']);
  concludeSetupFailed(world, intent, method, microdepositFate(world, method).failure);
}

/**
 * Judges the microdeposits of a waiting set-up. Works on `intent` in place.
 *
 * @throws ApiError 400 for a wrong guess (kept)
 */
export function verifySetup(world: World, intent: ApiObject, guess: ApiHash): void {
  const method = world.require('payment_methods', intent['payment_method']);
  const failure = judgeMicrodeposits(world, method, guess, { setup_intent: intent });
  world.store.cancelJobs(intent.id, SETUP_MICRODEPOSIT_JOB);
  if (failure !== undefined) throw concludeSetupFailed(world, intent, method, failure, 400);
  concludeSetUp(world, intent, method);
}
