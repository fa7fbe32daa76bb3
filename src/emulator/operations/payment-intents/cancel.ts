import { cancelProcessingRefusal, cancelRefusal } from '../../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../../domain/statuses.ts';
import { canPerform } from '../../../domain/transitions.ts';
import { refused } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { cancelIntent } from '../../payments/cancel-intent.ts';
import type { Call } from '../../world.ts';
import { intentOfCall } from './find.ts';

/**
 * `POST /v1/payment_intents/{id}/cancel`: closes an intent for good and releases what it holds.
 *
 * @throws ApiError 400 when it is over already, or when its bank payment cannot be stopped any more.
 */
export function cancelPaymentIntent(call: Call): ApiObject {
  const { world, params } = call;
  const intent = intentOfCall(call);
  const status = intent['status'] as PaymentIntentStatus;
  if (!canPerform(status, 'cancel')) throw refused(cancelRefusal(status), { payment_intent: intent });
  const type = world.get('payment_methods', intent['payment_method'])?.['type'];
  if (status === 'processing' && type !== 'us_bank_account') {
    throw refused(cancelProcessingRefusal(String(type)), { payment_intent: intent });
  }
  cancelIntent(world, intent, (params['cancellation_reason'] as string | undefined) ?? null);
  return intent;
}
