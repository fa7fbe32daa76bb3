import { updateRefusal } from '../../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../../domain/statuses.ts';
import { canPerform } from '../../../domain/transitions.ts';
import { refused } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { givenMethod } from '../../payment-methods/given.ts';
import { applyIntentParams } from '../../payments/intent-params.ts';
import { requireUsableMethod } from '../../payments/usable-method.ts';
import type { Call } from '../../world.ts';
import { intentOfCall } from './find.ts';

/** What may still be changed when the payment is over (metadata and description: recorded 2026-08). */
const ALWAYS = new Set([
  'description',
  'metadata',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'transfer_group',
  'payment_details',
]);

/**
 * `POST /v1/payment_intents/{id}`. Giving a method moves a waiting intent to `requires_confirmation`.
 *
 * @throws ApiError 400 when the status no longer allows the change.
 */
export function updatePaymentIntent(call: Call): ApiObject {
  const { world, params } = call;
  const intent = intentOfCall(call);
  const status = intent['status'] as PaymentIntentStatus;
  if (!canPerform(status, 'update_payment_method')) {
    const fixed = Object.keys(params).find((name) => !ALWAYS.has(name) && name !== 'client_secret');
    if (fixed !== undefined) throw refused(updateRefusal(fixed, status), { payment_intent: intent });
  }
  applyIntentParams(world, intent, params);
  applyMethod(call, intent, params);
  return world.update('payment_intents', intent);
}

function applyMethod({ world }: Call, intent: ApiObject, params: ApiHash): void {
  const method = givenMethod(world, params);
  if (method === undefined) return;
  requireUsableMethod(world, intent, method, {});
  Object.assign(intent, { payment_method: method.id, next_action: null, status: 'requires_confirmation' });
}
