import type { ApiObject } from '../../objects.ts';
import { confirmIntent } from '../../payments/confirm.ts';
import type { Call } from '../../world.ts';
import { intentOfCall } from './find.ts';

/**
 * `POST /v1/payment_intents/{id}/confirm`: tries the payment.
 *
 * @throws ApiError 400 when the intent cannot be confirmed, 402 when the attempt failed.
 */
export function confirmPaymentIntent(call: Call): ApiObject {
  const intent = intentOfCall(call);
  const { client_secret: _, ...params } = call.params;
  confirmIntent(call.world, intent, params, { publishable: call.caller.kind === 'publishable' });
  return intent;
}
