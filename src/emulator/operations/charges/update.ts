import { invalidRequest } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { existingCustomer, shippingHash } from '../../payments/intent-params.ts';
import type { Call } from '../../world.ts';
import { chargeOfCall } from './find.ts';

/**
 * `POST /v1/charges/{id}`: the notes on a charge. Amounts and the transfer group belong to its intent.
 *
 * @throws ApiError 400
 */
export function updateCharge(call: Call): ApiObject {
  const { world, params } = call;
  const charge = chargeOfCall(call);
  requireOwnFields(charge, params);
  if (Object.keys(params).length === 0) return charge;
  const before = structuredClone(charge);
  for (const name of ['description', 'receipt_email'] as const) {
    if (params[name] !== undefined) charge[name] = params[name] === '' ? null : params[name];
  }
  if (params['metadata'] !== undefined) {
    charge['metadata'] = mergeMetadata(charge['metadata'], params['metadata']);
  }
  if (params['shipping'] !== undefined) charge['shipping'] = shippingHash(params['shipping']);
  if (params['fraud_details'] !== undefined) charge['fraud_details'] = fraudDetails(params['fraud_details']);
  if (params['customer'] !== undefined)
    charge['customer'] = existingCustomer(world, params['customer'] as string);
  world.update('charges', charge);
  world.emit('charge.updated', charge, before);
  return charge;
}

/** The text about the transfer group is recorded (2026-08); the one about the customer is ours, the rule is documented. */
function requireOwnFields(charge: ApiObject, params: ApiHash): void {
  if (params['transfer_group'] !== undefined) {
    throw invalidRequest(
      `This Charge was created by a PaymentIntent (${charge['payment_intent']}). You must update the \`transfer_group\` on the PaymentIntent instead of updating the Charge directly. See https://stripe.com/docs/api#update_payment_intent`,
    );
  }
  const { customer } = params;
  if (customer !== undefined && charge['customer'] !== null && charge['customer'] !== customer) {
    throw invalidRequest(
      `You cannot change the customer of this Charge: it already belongs to ${charge['customer']}.`,
      {
        param: 'customer',
      },
    );
  }
}

/** What the merchant thinks of the payment; an empty string takes it back. */
function fraudDetails(given: unknown): ApiHash {
  const report = (given as ApiHash)['user_report'];
  return report === '' || report === null ? {} : { user_report: report };
}
