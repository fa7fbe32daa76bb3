import { bankFailure } from '../../domain/bank-failures.ts';
import { MICRODEPOSIT_ATTEMPTS, microdepositError, microdepositResult } from '../../domain/microdeposits.ts';
import { type ErrorBody, invalidRequest, unsupported } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { type BankFacts, testAccountOf } from '../payment-methods/test-account.ts';
import type { World } from '../world.ts';
import { concludeAction, concludeFailed } from './conclude.ts';
import type { Failure } from './failures.ts';
import { nextBusinessDay } from './local-time.ts';
import { optionsOf } from './method-option.ts';
import { hostedPage } from './next-action.ts';

export const MICRODEPOSIT_JOB = 'payment_intent.microdeposits';

/** Deposits not verified within ten days are given up (Stripe documentation: ACH, ACSS). */
const MICRODEPOSIT_LIFETIME_SECONDS = 10 * 24 * 60 * 60;
const SOON_SECONDS = 2;

/** Whether an account's details were typed and nobody has proved yet that they are the customer's. */
export function needsVerification(world: World, method: ApiObject): boolean {
  return world.facts<BankFacts>(method.id).verified === false;
}

/**
 * `next_action` while two small deposits, or one with a code, are on their way to an account (recorded for ACH 2024).
 *
 * @param intent a PaymentIntent or a SetupIntent
 * @throws ApiError 400 when only instant verification is allowed, which needs Financial Connections
 */
export function microdepositAction(world: World, intent: ApiObject, method: ApiObject): ApiHash {
  const type = method['type'] as string;
  if (optionsOf(intent, type)['verification_method'] === 'instant') {
    throw unsupported(
      'Verifying a bank account instantly (Financial Connections)',
      `payment_method_options[${type}][verification_method]`,
    );
  }
  return {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: {
      arrival_date: nextBusinessDay(world.now, 'America/Los_Angeles'),
      hosted_verification_url: hostedPage(world, intent, method.id),
      microdeposit_type: type === 'us_bank_account' ? 'descriptor_code' : 'amounts',
    },
  };
}

/** How the deposits fare on their own: sent in vain to one test account, given up after ten days at all others. */
export function microdepositFate(
  world: World,
  method: ApiObject,
): { afterSeconds: number; failure: Failure } {
  if (testAccountOf(world, method)?.outcome === 'microdeposits_fail') {
    return { afterSeconds: SOON_SECONDS, failure: bankFailure('payment_method_microdeposit_failed') };
  }
  return {
    afterSeconds: MICRODEPOSIT_LIFETIME_SECONDS,
    failure: { ...microdepositError('timeout', 'amounts', 0), type: 'invalid_request_error' },
  };
}

/** Leaves a PaymentIntent waiting for the customer to say what arrived. */
export function askForMicrodeposits(world: World, intent: ApiObject, method: ApiObject): void {
  world.store.cancelJobs(intent.id, MICRODEPOSIT_JOB);
  concludeAction(world, intent, method, microdepositAction(world, intent, method));
  world.schedule(MICRODEPOSIT_JOB, intent.id, microdepositFate(world, method).afterSeconds, {
    method: method.id,
  });
}

/** The job behind microdeposits of a payment that were never verified. */
export function giveUpMicrodeposits(world: World, intentId: string, payload: ApiHash): void {
  const intent = world.get('payment_intents', intentId);
  if (intent?.['status'] !== 'requires_action' || intent['payment_method'] !== payload['method']) return;
  const method = world.require('payment_methods', payload['method']);
  concludeFailed(world, intent, method, microdepositFate(world, method).failure);
}

/** What the customer types on the hosted page: the test codes that verify an account and that end the attempts. */
export const PAGE_GUESSES = {
  succeed: { descriptor_code: 'SM11AA' },
  fail: { descriptor_code: 'SM33CC' },
} as const;

/** Whether an intent waits for `verify_microdeposits`. */
export function awaitsMicrodeposits(intent: ApiObject): boolean {
  const action = intent['next_action'] as ApiHash | null;
  return intent['status'] === 'requires_action' && action?.['type'] === 'verify_with_microdeposits';
}

/**
 * Judges what the customer says arrived at their bank. A wrong guess counts, and is kept.
 *
 * @param params `amounts` or `descriptor_code`
 * @param subject the intent, for refusals
 * @returns the failure that ends the attempt, or undefined: the account is verified from now on
 * @throws ApiError 400 for a wrong guess while there are others left, and for parameters that say nothing
 */
export function judgeMicrodeposits(
  world: World,
  method: ApiObject,
  params: ApiHash,
  subject: Pick<ErrorBody, 'payment_intent' | 'setup_intent'>,
): Failure | undefined {
  const { given, result } = readGuess(params, subject);
  if (result === 'verified') {
    world.remember<BankFacts>(method.id, { verified: true });
    return undefined;
  }
  const used = (world.facts<BankFacts>(method.id).verificationAttempts ?? 0) + 1;
  const left = MICRODEPOSIT_ATTEMPTS[method['type'] as keyof typeof MICRODEPOSIT_ATTEMPTS] - used;
  world.remember<BankFacts>(method.id, { verificationAttempts: used });
  if (result === 'mismatch' && left > 0) {
    const { message, ...fields } = microdepositError('mismatch', given, left);
    throw invalidRequest(message, { ...fields, ...subject }, { keepsState: true });
  }
  const { code, message } = microdepositError(result === 'mismatch' ? 'too_many_attempts' : result, given, 0);
  return { code, message, type: 'invalid_request_error' };
}

function readGuess(params: ApiHash, subject: Pick<ErrorBody, 'payment_intent' | 'setup_intent'>) {
  const amounts = params['amounts'];
  const code = params['descriptor_code'];
  if (typeof code === 'string' && amounts === undefined) {
    return { given: 'descriptor_code', result: microdepositResult({ descriptorCode: code }) } as const;
  }
  if (!Array.isArray(amounts) || code !== undefined) {
    throw invalidRequest('You must provide either `amounts` or `descriptor_code`, and not both.', subject);
  }
  if (amounts.length !== 2) {
    throw invalidRequest('You must provide exactly two microdeposit amounts.', {
      code: 'payment_method_microdeposit_verification_amounts_invalid',
      param: 'amounts',
      ...subject,
    });
  }
  return { given: 'amounts', result: microdepositResult({ amounts: amounts as number[] }) } as const;
}
