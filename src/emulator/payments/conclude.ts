import { docUrl } from '../answer.ts';
import { ApiError, type ErrorBody } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { afterPayment } from './afterwards.ts';
import { attachForReuse } from './attach.ts';
import { AUTHORIZATION_SECONDS } from './card-details.ts';
import { settleCharge, settleChargeSoon } from './charge.ts';
import { passOn } from './destination.ts';
import type { MethodFacts } from './facts.ts';

export const AUTHORIZATION_EXPIRY_JOB = 'payment_intent.authorization_expiry';

/** The money is collected: the intent has succeeded. `charge` is paid and captured. */
export function concludePaid(world: World, intent: ApiObject, charge: ApiObject, method: ApiObject): void {
  passOn(world, charge);
  if (intent['capture_method'] !== 'automatic_async' || charge.id.startsWith('py_'))
    settleCharge(world, charge);
  else settleChargeSoon(world, charge);
  attachForReuse(world, intent, method);
  world.emit('charge.succeeded', charge);
  afterPayment(world, charge, method);
  Object.assign(intent, {
    amount_capturable: 0,
    amount_received: charge['amount_captured'],
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    processing: null,
    status: 'succeeded',
  });
  world.update('payment_intents', intent);
  world.emit('payment_intent.succeeded', intent);
}

/** The money is reserved and waits for capture; the hold runs out by itself after seven days. */
export function concludeAuthorized(
  world: World,
  intent: ApiObject,
  charge: ApiObject,
  method: ApiObject,
): void {
  attachForReuse(world, intent, method);
  world.emit('charge.succeeded', charge);
  Object.assign(intent, {
    amount_capturable: charge['amount'],
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'requires_capture',
  });
  world.update('payment_intents', intent);
  world.emit('payment_intent.amount_capturable_updated', intent);
  world.schedule(AUTHORIZATION_EXPIRY_JOB, intent.id, AUTHORIZATION_SECONDS);
}

/** The customer has something to do before anything else can happen. */
export function concludeAction(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  nextAction: ApiHash,
): void {
  Object.assign(intent, {
    last_payment_error: null,
    next_action: nextAction,
    payment_method: method.id,
    status: 'requires_action',
  });
  world.update('payment_intents', intent);
  world.emit('payment_intent.requires_action', intent);
}

/** A delayed method was sent to the bank: `charge` is pending. */
export function concludeProcessing(
  world: World,
  intent: ApiObject,
  charge: ApiObject,
  method: ApiObject,
): void {
  Object.assign(intent, {
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'processing',
  });
  world.update('payment_intents', intent);
  world.emit('payment_intent.processing', intent);
  world.emit('charge.pending', charge);
}

/**
 * An attempt failed. The intent is back in `requires_payment_method`, without the method and with the reason
 * (recorded); an unattached method is used up.
 *
 * @returns the error for the caller of a confirmation; a failure that time brings has no caller and drops it.
 */
export function concludeFailed(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  problem: Omit<ErrorBody, 'charge' | 'payment_intent' | 'payment_method'>,
  charge?: ApiObject,
  status = 402,
): ApiError {
  if (charge !== undefined) world.emit('charge.failed', charge);
  Object.assign(intent, {
    amount_capturable: 0,
    last_payment_error: lastError(problem, method, charge),
    ...(charge === undefined ? {} : { latest_charge: charge.id }),
    next_action: null,
    payment_method: null,
    processing: null,
    status: 'requires_payment_method',
  });
  world.update('payment_intents', intent);
  world.emit('payment_intent.payment_failed', intent);
  return new ApiError(
    {
      ...problem,
      ...(charge === undefined ? {} : { charge: charge.id }),
      payment_intent: intent,
      payment_method: method,
    },
    { status, keepsState: true },
  );
}

/** An unattached method may be tried once only; a declined attempt counts (recorded). */
export function markSpent(world: World, method: ApiObject): void {
  if (method['customer'] === null) world.remember<MethodFacts>(method.id, { spent: true });
}

/** `last_payment_error` and `last_setup_error`: the error of the answer, with the method in full (recorded). */
export function lastError(
  problem: Omit<ErrorBody, 'payment_intent' | 'payment_method'>,
  method: ApiObject,
  charge?: ApiObject,
): ApiHash {
  const url = docUrl(problem.code);
  const fields: ApiHash = {
    advice_code: problem.advice_code,
    charge: charge?.id,
    code: problem.code,
    decline_code: problem.decline_code,
    doc_url: url,
    message: problem.message,
    network_advice_code: problem.network_advice_code,
    network_decline_code: problem.network_decline_code,
    param: problem.param,
    payment_method: method,
    payment_method_type: method['type'],
    type: problem.type,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
