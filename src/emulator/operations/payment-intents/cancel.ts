import { cancelRefusal } from '../../../domain/refusals.ts';
import { invalidRequest } from '../../api-error.ts';
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
  const method = world.get('payment_methods', intent['payment_method']);
  const refusal = cancelRefusal(intent['status'] as string, method?.['type'] as string | undefined);
  if (refusal !== undefined) {
    const { message, ...fields } = refusal;
    throw invalidRequest(message, { ...fields, payment_intent: intent });
  }
  cancelIntent(world, intent, (params['cancellation_reason'] as string | undefined) ?? null);
  return intent;
}
