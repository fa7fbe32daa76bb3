import { buildObject } from '../../api/build-object.ts';
import { invalidRequest } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { givenMethod } from '../../payment-methods/given.ts';
import { automaticMethods } from '../../payments/automatic-methods.ts';
import { confirmIntent } from '../../payments/confirm.ts';
import { applyIntentParams } from '../../payments/intent-params.ts';
import { requireUsableMethod } from '../../payments/usable-method.ts';
import type { Call, World } from '../../world.ts';

/** Parameters that only make sense together with `confirm` (the types say so). */
const ONLY_WITH_CONFIRM = [
  'confirmation_token',
  'error_on_requires_action',
  'mandate',
  'mandate_data',
  'off_session',
  'return_url',
  'use_stripe_sdk',
] as const;

/**
 * `POST /v1/payment_intents`: a new intent, confirmed at once when `confirm` is true.
 *
 * @throws ApiError 400; 402 when the confirmation fails, and then the intent stays (recorded).
 */
export function createPaymentIntent({ world, params }: Call): ApiObject {
  const confirm = params['confirm'] === true;
  if (!confirm) requireNoConfirmParams(params);
  const intent = blankIntent(world, params);
  applyIntentParams(world, intent, params);
  const method = confirm ? undefined : givenMethod(world, params);
  if (method !== undefined) {
    requireUsableMethod(world, intent, method, {});
    intent['payment_method'] = method.id;
    intent['status'] = 'requires_confirmation';
  }
  world.insert('payment_intents', intent);
  world.emit('payment_intent.created', intent);
  if (confirm) confirmIntent(world, intent, confirmParams(params), { created: true });
  return intent;
}

/** What of a create request concerns the confirmation; the rest is on the intent already. */
function confirmParams(params: ApiHash): ApiHash {
  const names = [...ONLY_WITH_CONFIRM, 'payment_method', 'payment_method_data'];
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)));
}

function requireNoConfirmParams(params: ApiHash): void {
  for (const name of [
    'error_on_requires_action',
    'return_url',
    'mandate_data',
    'confirmation_token',
  ] as const) {
    if (params[name] === undefined) continue;
    throw invalidRequest(
      `You can only provide \`${name}\` when you confirm the PaymentIntent. You can confirm it when you create it, with \`confirm\` set to \`true\`.`,
      { param: name },
    );
  }
}

/** An intent with nothing on it but what every intent starts with (defaults recorded 2026-08). */
function blankIntent(world: World, params: ApiHash): ApiObject {
  const id = world.ids.intent('pi', world.now);
  return buildObject('payment_intent', {
    id,
    amount: params['amount'],
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    ...automaticMethods(params),
    capture_method: 'automatic_async',
    client_secret: world.ids.clientSecret(id),
    confirmation_method: 'automatic',
    created: world.now,
    currency: params['currency'],
    livemode: false,
    managed_payments: { enabled: false },
    metadata: {},
    payment_method_options: {},
    payment_method_types: ['card'],
    status: 'requires_payment_method',
    transfer_data: null,
  });
}
