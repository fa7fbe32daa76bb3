import {
  incrementRefusal,
  incrementTooSmallRefusal,
  incrementUnavailableRefusal,
} from '../../../domain/refusals.ts';
import type { PaymentIntentStatus } from '../../../domain/statuses.ts';
import { canPerform } from '../../../domain/transitions.ts';
import { refused } from '../../api-error.ts';
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
  const status = intent['status'] as PaymentIntentStatus;
  const subject = { payment_intent: intent };
  if (!canPerform(status, 'increment_authorization')) throw refused(incrementRefusal(status), subject);
  const charge = world.require('charges', intent['latest_charge']);
  const details = (charge['payment_method_details'] as Record<string, ApiHash>)['card'];
  if ((details?.['incremental_authorization'] as ApiHash | undefined)?.['status'] !== 'available') {
    throw refused(incrementUnavailableRefusal(), subject);
  }
  const total = params['amount'] as number;
  const current = intent['amount'] as number;
  if (total <= current) throw refused(incrementTooSmallRefusal(current), subject);
  Object.assign(intent, { amount: total, amount_capturable: total });
  for (const name of ['description', 'statement_descriptor', 'application_fee_amount'] as const) {
    if (params[name] !== undefined) intent[name] = params[name];
  }
  if (params['metadata'] !== undefined)
    intent['metadata'] = mergeMetadata(intent['metadata'], params['metadata']);
  const before = structuredClone(charge);
  charge['amount'] = total;
  if (details !== undefined) details['amount_authorized'] = total;
  world.update('charges', charge);
  world.update('payment_intents', intent);
  world.emit('charge.updated', charge, before);
  world.emit('payment_intent.amount_capturable_updated', intent);
  return intent;
}
