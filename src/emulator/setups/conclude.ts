import { buildNested, buildObject } from '../api/build-object.ts';
import { nestedTable } from '../api/tables.ts';
import { ApiError, type ErrorBody } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { attachMethod } from '../payments/attach.ts';
import { lastError } from '../payments/conclude.ts';
import type { MethodFacts } from '../payments/facts.ts';
import type { World } from '../world.ts';

type AttemptStatus = 'failed' | 'processing' | 'requires_action' | 'succeeded';

/** Stores the attempt that a confirmation makes, and names it on the intent (in place). */
function recordAttempt(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  status: AttemptStatus,
  error: ApiHash | null = null,
): ApiObject {
  const type = method['type'] as string;
  const attempt = world.insert(
    'setup_attempts',
    buildObject('setup_attempt', {
      id: world.ids.plain('setatt', world.now),
      created: world.now,
      customer: intent['customer'],
      flow_directions: null,
      livemode: false,
      on_behalf_of: intent['on_behalf_of'],
      payment_method: method.id,
      payment_method_details: { [type]: attemptDetails(method, type), type },
      setup_error: error,
      setup_intent: intent.id,
      status,
      usage: intent['usage'],
    }),
  );
  intent['latest_attempt'] = attempt.id;
  return attempt;
}

/** What an attempt keeps of its method: next to nothing, but for cards and bank redirects. */
function attemptDetails(method: ApiObject, type: string): ApiHash {
  if (type === 'card') return cardAttemptDetails(method);
  const path = `setup_attempt.payment_method_details.${type}`;
  return nestedTable(path) === undefined ? {} : buildNested(path, {});
}

/** What an attempt keeps of its card (the types name these fields). */
function cardAttemptDetails(method: ApiObject): ApiHash {
  const card = method['card'] as ApiHash;
  return {
    brand: card['brand'],
    checks: card['checks'],
    country: card['country'],
    exp_month: card['exp_month'],
    exp_year: card['exp_year'],
    fingerprint: card['fingerprint'],
    funding: card['funding'],
    last4: card['last4'],
    network: card['brand'] === 'american_express' ? 'amex' : card['brand'],
    three_d_secure: null,
    wallet: null,
  };
}

/** Changes the status of the attempt that waits, when the intent has one; else records a new one. */
function finishAttempt(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  status: AttemptStatus,
  error: ApiHash | null = null,
): void {
  const waiting = world.get('setup_attempts', intent['latest_attempt']);
  if (waiting === undefined || waiting['status'] !== 'requires_action') {
    recordAttempt(world, intent, method, status, error);
    return;
  }
  world.update('setup_attempts', Object.assign(waiting, { status, setup_error: error }));
}

/** The method is ready for later payments; a method without customer goes to the intent's customer (recorded). */
export function concludeSetUp(world: World, intent: ApiObject, method: ApiObject): void {
  finishAttempt(world, intent, method, 'succeeded');
  world.remember<MethodFacts>(method.id, { setUp: intent['usage'] === 'off_session' });
  if (typeof intent['customer'] === 'string' && method['customer'] === null) {
    attachMethod(world, method, intent['customer']);
  }
  Object.assign(intent, {
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  world.update('setup_intents', intent);
  world.emit('setup_intent.succeeded', intent);
}

/** The customer has something to do. `nextAction` is made after the attempt, which it names. */
export function concludeSetupAction(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  nextAction: (attempt: ApiObject) => ApiHash,
): void {
  const attempt = recordAttempt(world, intent, method, 'requires_action');
  Object.assign(intent, {
    last_setup_error: null,
    next_action: nextAction(attempt),
    payment_method: method.id,
    status: 'requires_action',
  });
  world.update('setup_intents', intent);
  world.emit('setup_intent.requires_action', intent);
}

/**
 * The set-up failed: the intent waits for another method, without the failed one (recorded 2026-08).
 *
 * @returns the error for the caller of a confirmation
 */
export function concludeSetupFailed(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  problem: Omit<ErrorBody, 'charge' | 'payment_intent' | 'payment_method' | 'setup_intent'>,
  status = 402,
): ApiError {
  const { payment_method_type: _, ...error } = lastError(problem, method);
  finishAttempt(world, intent, method, 'failed', error);
  Object.assign(intent, {
    last_setup_error: error,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  world.update('setup_intents', intent);
  world.emit('setup_intent.setup_failed', intent);
  return new ApiError(
    { ...problem, payment_method: method, setup_intent: intent },
    { status, keepsState: true },
  );
}
