import { missingParam } from '../api/param-errors.ts';
import { invalidRequest, noSuch } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import { type AuthenticationOutcome, authenticateIntent } from '../payments/authenticate.ts';
import { answerOf, findRequest } from '../request-log.ts';
import { requestLogObject } from '../request-log-object.ts';
import type { Endpoint } from '../router.ts';
import { authenticateSetupIntent } from '../setups/authenticate.ts';
import { createCliSession } from '../stripe-cli/create-session.ts';
import type { Call, Operations } from '../world.ts';
import { resendEvent } from './resend-event.ts';
import { retryEvent } from './retry-event.ts';

/** Endpoints of the emulator's own, which Stripe does not have. They live below `/_payintent`. */
export const EMULATOR_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'emulator.authenticate_payment_intent',
    method: 'POST',
    path: '/_payintent/payment_intents/{id}/authenticate',
  },
  {
    id: 'emulator.authenticate_setup_intent',
    method: 'POST',
    path: '/_payintent/setup_intents/{id}/authenticate',
  },
  { id: 'emulator.clock', method: 'GET', path: '/_payintent/clock' },
  { id: 'emulator.resend_event', method: 'POST', path: '/_payintent/events/{id}/resend' },
  { id: 'emulator.request_log', method: 'GET', path: '/_payintent/logs/{id}' },
  // Stripe has these two, for its own CLI only.
  { id: 'emulator.retry_event', method: 'POST', path: '/v1/events/{id}/retry' },
  { id: 'emulator.stripe_cli_session', method: 'POST', path: '/v1/stripecli/sessions' },
];

export const emulatorOperations: Operations = {
  'emulator.authenticate_payment_intent': (call) => {
    const intent = held(call, 'payment_intents', 'payment_intent');
    authenticateIntent(call.world, intent, outcomeOf(call));
    return intent;
  },
  'emulator.authenticate_setup_intent': (call) => {
    const intent = held(call, 'setup_intents', 'setupintent');
    authenticateSetupIntent(call.world, intent, outcomeOf(call));
    return intent;
  },
  'emulator.clock': ({ world }) => ({ object: 'clock', now: world.now }),
  'emulator.resend_event': resendEvent,
  'emulator.request_log': ({ world, path }) => {
    const id = path[0] as string;
    const entry = findRequest(world.store, id);
    if (entry === undefined) throw noSuch('request', id, 'id', 'path');
    return requestLogObject(entry, answerOf(world.store, entry));
  },
  'emulator.retry_event': retryEvent,
  'emulator.stripe_cli_session': createCliSession,
};

/** The intent of the path, for a caller who holds a secret key or the intent's client secret. */
function held(call: Call, collection: 'payment_intents' | 'setup_intents', noun: string): ApiObject {
  const id = call.path[0] as string;
  const intent = call.world.get(collection, id);
  if (intent === undefined) throw noSuch(noun, id, 'intent', 'path');
  const secret = call.params['client_secret'];
  if (call.caller.kind === 'publishable' && secret === undefined) throw missingParam('client_secret');
  if (secret !== undefined && secret !== intent['client_secret']) {
    throw invalidRequest('The client_secret provided does not match this intent.', {
      param: 'client_secret',
    });
  }
  return intent;
}

function outcomeOf({ params }: Call): AuthenticationOutcome {
  const outcome = params['outcome'];
  if (outcome === 'succeed' || outcome === 'fail') return outcome;
  throw invalidRequest(
    'Invalid outcome: must be one of succeed or fail',
    { param: 'outcome' },
    { whileReading: true },
  );
}
