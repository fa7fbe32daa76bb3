import { setupCancelRefusal, setupUpdateMethodRefusal } from '../../../domain/setup-refusals.ts';
import { canPerformSetup } from '../../../domain/setup-transitions.ts';
import type { SetupIntentStatus } from '../../../domain/statuses.ts';
import { refused } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { givenMethod } from '../../payment-methods/given.ts';
import { confirmSetupIntent, requireUsableForSetup } from '../../setups/confirm.ts';
import { applySetupParams } from '../../setups/params.ts';
import type { Call } from '../../world.ts';
import { setupIntentOfCall } from './find.ts';

/** What may still be changed when the set-up is over (recorded 2026-08). */
const ALWAYS = new Set(['client_secret', 'description', 'metadata']);

/** `POST /v1/setup_intents/{id}`. @throws ApiError 400 when the status no longer allows the change. */
export function updateSetupIntent(call: Call): ApiObject {
  const { world, params } = call;
  const intent = setupIntentOfCall(call);
  const status = intent['status'] as SetupIntentStatus;
  if (!canPerformSetup(status, 'confirm') && Object.keys(params).some((name) => !ALWAYS.has(name))) {
    throw refused(setupUpdateMethodRefusal(status), { setup_intent: intent });
  }
  applySetupParams(world, intent, params);
  const method = givenMethod(world, params);
  if (method !== undefined) {
    requireUsableForSetup(world, intent, method, { setup_intent: intent });
    Object.assign(intent, { next_action: null, payment_method: method.id, status: 'requires_confirmation' });
  }
  return world.update('setup_intents', intent);
}

/** `POST /v1/setup_intents/{id}/confirm`. @throws ApiError 400 or 402, see `confirmSetupIntent` */
export function confirmSetup(call: Call): ApiObject {
  const intent = setupIntentOfCall(call);
  const { client_secret: _, ...params } = call.params;
  confirmSetupIntent(call.world, intent, params);
  return intent;
}

/** `POST /v1/setup_intents/{id}/cancel`. @throws ApiError 400 when it is over already. */
export function cancelSetupIntent(call: Call): ApiObject {
  const { world, params } = call;
  const intent = setupIntentOfCall(call);
  const status = intent['status'] as SetupIntentStatus;
  if (!canPerformSetup(status, 'cancel')) throw refused(setupCancelRefusal(status), { setup_intent: intent });
  world.store.cancelJobs(intent.id);
  Object.assign(intent, {
    cancellation_reason: params['cancellation_reason'] ?? null,
    next_action: null,
    status: 'canceled',
  });
  world.update('setup_intents', intent);
  world.emit('setup_intent.canceled', intent);
  return intent;
}
