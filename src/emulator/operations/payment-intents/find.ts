import { clientSecretAsIdRefusal, clientSecretRefusal } from '../../../domain/refusals.ts';
import { missingParam } from '../../api/param-errors.ts';
import { noSuch, refused } from '../../api-error.ts';
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
    throw refused(clientSecretAsIdRefusal(), {}, { status: 404, whileReading: true });
  }
  const intent = world.get('payment_intents', id);
  if (intent === undefined) throw noSuch('payment_intent', id, 'intent', 'path');
  const secret = params['client_secret'];
  if (caller.kind === 'publishable' && secret === undefined) {
    throw missingParam('client_secret');
  }
  if (secret !== undefined && secret !== intent['client_secret']) throw refused(clientSecretRefusal());
  return intent;
}
