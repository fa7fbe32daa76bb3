import { setupVerifyMicrodepositsRefusal } from '../../../domain/setup-refusals.ts';
import type { SetupIntentStatus } from '../../../domain/statuses.ts';
import { refused } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { awaitsMicrodeposits } from '../../payments/microdeposits.ts';
import { verifySetup } from '../../setups/microdeposits.ts';
import type { Call } from '../../world.ts';
import { setupIntentOfCall } from './find.ts';

/**
 * `POST /v1/setup_intents/{id}/verify_microdeposits`: the customer says what arrived at their bank.
 *
 * @throws ApiError 400 when the intent waits for something else, or for a wrong guess.
 */
export function verifySetupMicrodeposits(call: Call): ApiObject {
  const intent = setupIntentOfCall(call);
  if (!awaitsMicrodeposits(intent)) {
    throw refused(setupVerifyMicrodepositsRefusal(intent['status'] as SetupIntentStatus), {
      setup_intent: intent,
    });
  }
  const { client_secret: _, ...guess } = call.params;
  verifySetup(call.world, intent, guess);
  return intent;
}
