import { invalidRequest, noSuch } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import type { Call } from '../../world.ts';

/**
 * The intent a request is about. A publishable key must bring the intent's client secret.
 *
 * @throws ApiError 404 for an unknown id; 400 for a secret that does not fit (recorded 2025)
 */
export function intentOfCall({ world, path, params, caller }: Call): ApiObject {
  const id = path[0] as string;
  if (/^pi_\w+_secret_/.test(id)) {
    throw invalidRequest(
      'You passed a string that looks like a client secret as the PaymentIntent ID, but you must provide a valid PaymentIntent ID. Please use the value in the `id` field of the PaymentIntent.',
      { param: 'intent' },
      { status: 404, whileReading: true },
    );
  }
  const intent = world.get('payment_intents', id);
  if (intent === undefined) throw noSuch('payment_intent', id, 'intent', 'path');
  const secret = params['client_secret'];
  if (caller.kind === 'publishable' && secret === undefined) {
    throw invalidRequest('Missing required param: client_secret.', { code: 'parameter_missing', param: 'client_secret' }, { whileReading: true });
  }
  if (secret !== undefined && secret !== intent['client_secret']) {
    throw invalidRequest(
      'The client_secret provided does not match the client_secret associated with the PaymentIntent.',
      { code: 'payment_intent_invalid_parameter', param: 'client_secret' },
    );
  }
  return intent;
}
