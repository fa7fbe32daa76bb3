import { invalidRequest } from '../../api-error.ts';
import type { Call } from '../../world.ts';
import { chargeOfCall } from './find.ts';

/**
 * `POST /v1/charges/{id}/capture`: every charge here belongs to an intent, and such a charge is captured through it.
 *
 * @throws ApiError 400 always (the first text recorded 2026-08, the second probed 2026-09, the third is ours)
 */
export function captureCharge(call: Call): never {
  const charge = chargeOfCall(call);
  if (charge['captured'] === true) {
    throw invalidRequest(`Charge ${charge.id} has already been captured.`, {
      code: 'charge_already_captured',
    });
  }
  if (charge['status'] === 'failed') {
    throw invalidRequest(`Charge ${charge.id} has failed and cannot be captured.`);
  }
  throw invalidRequest(
    `This uncaptured Charge was created by a PaymentIntent (${charge['payment_intent']}). You must capture the PaymentIntent instead. For more information, see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method`,
  );
}
