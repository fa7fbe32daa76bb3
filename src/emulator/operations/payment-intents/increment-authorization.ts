import { incrementRefusal } from '../../../domain/refusals.ts';
import { invalidRequest } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import type { Call } from '../../world.ts';
import { intentOfCall } from './find.ts';

/**
 * `POST /v1/payment_intents/{id}/increment_authorization`: holds more on a card that allows it. `amount` is the new
 * total, not the difference.
 *
 * @throws ApiError 400 when nothing is held, the total does not grow, or the card does not allow it.
 */
export function incrementAuthorization(call: Call): ApiObject {
  const { world, params } = call;
  const intent = intentOfCall(call);
  const refusal = incrementRefusal(intent['status'] as string);
  if (refusal !== undefined) {
    const { message, ...fields } = refusal;
    throw invalidRequest(message, { ...fields, payment_intent: intent });
  }
  const charge = world.require('charges', intent['latest_charge']);
  const details = (charge['payment_method_details'] as Record<string, ApiHash>)['card'];
  if ((details?.['incremental_authorization'] as ApiHash | undefined)?.['status'] !== 'available') {
    throw invalidRequest(
      'This PaymentIntent is not eligible for an incremental authorization. Ask for it with `payment_method_options[card][request_incremental_authorization]` set to `if_available` when you confirm.',
      { payment_intent: intent },
    );
  }
  const total = params['amount'] as number;
  if (total <= (intent['amount'] as number)) {
    throw invalidRequest(
      'The amount of an incremental authorization must be greater than the amount that is authorized already.',
      { param: 'amount', payment_intent: intent },
    );
  }
  Object.assign(intent, { amount: total, amount_capturable: total });
  for (const name of ['description', 'statement_descriptor', 'application_fee_amount'] as const) {
    if (params[name] !== undefined) intent[name] = params[name];
  }
  if (params['metadata'] !== undefined) intent['metadata'] = mergeMetadata(intent['metadata'], params['metadata']);
  const before = structuredClone(charge);
  charge['amount'] = total;
  if (details !== undefined) details['amount_authorized'] = total;
  world.update('charges', charge);
  world.update('payment_intents', intent);
  world.emit('charge.updated', charge, before);
  world.emit('payment_intent.amount_capturable_updated', intent);
  return intent;
}
