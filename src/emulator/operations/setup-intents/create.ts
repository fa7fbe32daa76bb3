import { buildObject } from '../../api/build-object.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { givenMethod } from '../../payment-methods/given.ts';
import { automaticMethods } from '../../payments/automatic-methods.ts';
import { confirmSetupIntent, requireUsableForSetup } from '../../setups/confirm.ts';
import { applySetupParams } from '../../setups/params.ts';
import type { Call, World } from '../../world.ts';

const CONFIRM_PARAMS = [
  'confirmation_token',
  'mandate_data',
  'payment_method',
  'payment_method_data',
  'return_url',
  'single_use',
  'use_stripe_sdk',
];

/**
 * `POST /v1/setup_intents`: a new SetupIntent, confirmed at once when `confirm` is true.
 *
 * @throws ApiError 400; 402 when the confirmation fails, and then the intent stays (recorded).
 */
export function createSetupIntent({ world, params }: Call): ApiObject {
  const confirm = params['confirm'] === true;
  const intent = blankSetupIntent(world, params);
  applySetupParams(world, intent, params);
  const method = confirm ? undefined : givenMethod(world, params);
  if (method !== undefined) {
    requireUsableForSetup(world, intent, method, {});
    Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' });
  }
  world.insert('setup_intents', intent);
  world.emit('setup_intent.created', intent);
  if (confirm) {
    const given = Object.entries(params).filter(([name]) => CONFIRM_PARAMS.includes(name));
    confirmSetupIntent(world, intent, Object.fromEntries(given), true);
  }
  return intent;
}

/** A SetupIntent with nothing on it but what every one starts with (defaults recorded 2026-08). */
function blankSetupIntent(world: World, params: ApiHash): ApiObject {
  const id = world.ids.plain('seti', world.now);
  return buildObject('setup_intent', {
    id,
    ...automaticMethods(params),
    client_secret: world.ids.clientSecret(id),
    created: world.now,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: {},
    payment_method_options: {},
    payment_method_types: ['card'],
    status: 'requires_payment_method',
    usage: 'off_session',
  });
}
