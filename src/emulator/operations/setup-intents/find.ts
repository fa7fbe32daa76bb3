import { missingParam } from '../../api/param-errors.ts';
import { invalidRequest, noSuch } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import type { Call } from '../../world.ts';

/**
 * The SetupIntent a request is about. A publishable key must bring its client secret.
 *
 * @throws ApiError 404 for an unknown id, 400 for a secret that does not fit
 */
export function setupIntentOfCall({ world, path, params, caller }: Call): ApiObject {
  const id = path[0] as string;
  const intent = world.get('setup_intents', id);
  if (intent === undefined) throw noSuch('setupintent', id, 'intent', 'path');
  const secret = params['client_secret'];
  if (caller.kind === 'publishable' && secret === undefined) throw missingParam('client_secret');
  if (secret !== undefined && secret !== intent['client_secret']) {
    throw invalidRequest(
      'The client_secret provided does not match the client_secret associated with the SetupIntent.',
      { code: 'setup_intent_invalid_parameter', param: 'client_secret' },
    );
  }
  return intent;
}
