import { METHOD_CONFIGURATION } from '../../account-facts.ts';
import { buildObject } from '../../api/build-object.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { confirmSetupIntent, givenSetupMethod, requireUsableForSetup } from '../../setups/confirm.ts';
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
  const method = confirm ? undefined : givenSetupMethod(world, params);
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
  const chosen = params['automatic_payment_methods'] as ApiHash | undefined;
  const automatic =
    chosen?.['enabled'] === true || (chosen === undefined && params['payment_method_types'] === undefined);
  return buildObject('setup_intent', {
    id,
    automatic_payment_methods: automatic
      ? { allow_redirects: chosen?.['allow_redirects'] ?? 'always', enabled: true }
      : null,
    client_secret: world.ids.clientSecret(id),
    created: world.now,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: {},
    payment_method_configuration_details: automatic ? { id: METHOD_CONFIGURATION, parent: null } : null,
    payment_method_options: {},
    payment_method_types: ['card'],
    status: 'requires_payment_method',
    usage: 'off_session',
  });
}
