import { invalidRequest, noSuch } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { refundCharge } from '../../payments/refund.ts';
import { noSuccessfulCharge } from '../../payments/refund-refusals.ts';
import type { Call } from '../../world.ts';

/**
 * `POST /v1/refunds`: by charge or by intent.
 *
 * @throws ApiError 404 for an unknown charge (recorded 2026-08), 400 for everything else.
 */
export function createRefund({ world, params }: Call): ApiObject {
  const { charge: _charge, payment_intent: _intent, ...terms } = params;
  return refundCharge(world, chargeToRefund({ world, params }), terms);
}

function chargeToRefund({ world, params }: Pick<Call, 'world' | 'params'>): ApiObject {
  const intentId = params['payment_intent'] as string | undefined;
  const chargeId = params['charge'] as string | undefined;
  if (chargeId !== undefined) {
    const charge = world.get('charges', chargeId);
    if (charge === undefined) throw noSuch('charge', chargeId, 'id', 'path');
    if (intentId !== undefined && intentId !== charge['payment_intent']) {
      throw invalidRequest(`Charge ${chargeId} does not belong to the PaymentIntent ${intentId}.`, {
        param: 'payment_intent',
      });
    }
    return charge;
  }
  if (intentId === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const intent = world.get('payment_intents', intentId);
  if (intent === undefined) throw noSuch('payment_intent', intentId, 'payment_intent', 'parameter');
  const charge = world.get('charges', intent['latest_charge']);
  if (charge === undefined) throw noSuccessfulCharge(intentId);
  return charge;
}
