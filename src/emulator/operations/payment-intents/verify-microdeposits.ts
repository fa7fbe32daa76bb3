import { verifyMicrodepositsRefusal } from '../../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../../domain/statuses.ts';
import { invalidRequest, refused } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { awaitsMicrodeposits } from '../../payments/microdeposits.ts';
import { verifyPayment } from '../../payments/verify-payment.ts';
import type { Call } from '../../world.ts';
import { intentOfCall } from './find.ts';

/**
 * `POST /v1/payment_intents/{id}/verify_microdeposits`: the customer says what arrived at their bank. Right: the debit is
 * sent. Wrong: 400, and the attempt counts.
 *
 * @throws ApiError 400 when the intent waits for something else.
 */
export function verifyMicrodeposits(call: Call): ApiObject {
  const intent = intentOfCall(call);
  const subject = { payment_intent: intent };
  if (intent['status'] !== 'requires_action') {
    throw refused(verifyMicrodepositsRefusal(intent['status'] as PaymentIntentStatus), subject);
  }
  if (!awaitsMicrodeposits(intent)) {
    throw invalidRequest('This PaymentIntent does not wait for microdeposits to be verified.', {
      code: 'intent_verification_method_missing',
      ...subject,
    });
  }
  verifyPayment(call.world, intent, call.params);
  return intent;
}
