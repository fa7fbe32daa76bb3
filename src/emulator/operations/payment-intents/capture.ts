import { captureAmountRefusal, captureRefusal, captureTooLargeRefusal } from '../../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../../domain/statuses.ts';
import { canPerform } from '../../../domain/transitions.ts';
import { invalidRequest, refused } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { afterPayment } from '../../payments/afterwards.ts';
import { settleCharge } from '../../payments/charge.ts';
import { AUTHORIZATION_EXPIRY_JOB } from '../../payments/conclude.ts';
import { passOn } from '../../payments/destination.ts';
import type { IntentFacts } from '../../payments/facts.ts';
import type { Call, World } from '../../world.ts';
import { intentOfCall } from './find.ts';

/**
 * `POST /v1/payment_intents/{id}/capture`: takes all or part of what is held; the rest is released, unless
 * `final_capture` is false on a card that allows several captures.
 *
 * @throws ApiError 400 (texts recorded 2026-08), always with the intent
 */
export function capturePaymentIntent(call: Call): ApiObject {
  const { world, params } = call;
  const intent = intentOfCall(call);
  requireCapturable(world, intent);
  const amount = captureAmount(intent, params);
  const charge = world.require('charges', intent['latest_charge']);
  const final = requireFinal(intent, charge, params);
  const before = structuredClone(charge);
  applyCaptureParams(intent, charge, params);
  const captured = (charge['amount_captured'] as number) + amount;
  Object.assign(charge, { amount_captured: captured, captured: true });
  const remainder = (intent['amount_capturable'] as number) - amount;
  if (final || remainder === 0) {
    passOn(world, charge);
    settleCharge(world, charge);
    if (remainder > 0) world.remember<IntentFacts>(intent.id, { released: true });
    world.store.cancelJobs(intent.id, AUTHORIZATION_EXPIRY_JOB);
    Object.assign(intent, { amount_capturable: 0, amount_received: captured, status: 'succeeded' });
  } else {
    Object.assign(intent, { amount_capturable: remainder, amount_received: captured });
  }
  world.update('charges', charge);
  world.update('payment_intents', intent);
  world.emit('charge.captured', charge, before);
  if (intent['status'] === 'succeeded') {
    afterPayment(world, charge, world.require('payment_methods', charge['payment_method']));
  }
  world.emit(
    intent['status'] === 'succeeded'
      ? 'payment_intent.succeeded'
      : 'payment_intent.amount_capturable_updated',
    intent,
  );
  return intent;
}

function requireCapturable(world: World, intent: ApiObject): void {
  const status = intent['status'] as PaymentIntentStatus;
  if (canPerform(status, 'capture')) return;
  const released = world.facts<IntentFacts>(intent.id).released === true;
  const history = released
    ? 'remainder_released'
    : intent['capture_method'] === 'manual'
      ? 'captured_in_full'
      : 'never_manual';
  throw refused(captureRefusal(status, history), { payment_intent: intent });
}

/** Minor units to take now. @throws ApiError 400 for an amount that is negative, zero or more than is held. */
function captureAmount(intent: ApiObject, params: ApiHash): number {
  const capturable = intent['amount_capturable'] as number;
  const amount = (params['amount_to_capture'] as number | undefined) ?? capturable;
  const refusal =
    captureAmountRefusal(amount) ?? (amount > capturable ? captureTooLargeRefusal() : undefined);
  if (refusal !== undefined) throw refused(refusal, { payment_intent: intent });
  return amount;
}

/** Whether this capture ends the hold. @throws ApiError 400 when the card does not allow several captures. */
function requireFinal(intent: ApiObject, charge: ApiObject, params: ApiHash): boolean {
  if (params['final_capture'] !== false) return true;
  const details = charge['payment_method_details'] as Record<string, { multicapture?: ApiHash }>;
  if (details['card']?.multicapture?.['status'] === 'available') return false;
  throw invalidRequest(
    'This PaymentIntent cannot be captured more than once: multicapture is unavailable for it. Ask for it with `payment_method_options[card][request_multicapture]` set to `if_available`, or leave out `final_capture`.',
    { param: 'final_capture', payment_intent: intent },
  );
}

function applyCaptureParams(intent: ApiObject, charge: ApiObject, params: ApiHash): void {
  for (const name of [
    'statement_descriptor',
    'statement_descriptor_suffix',
    'application_fee_amount',
  ] as const) {
    if (params[name] === undefined) continue;
    intent[name] = params[name];
    charge[name] = params[name];
  }
  if (params['metadata'] !== undefined)
    intent['metadata'] = mergeMetadata(intent['metadata'], params['metadata']);
}
