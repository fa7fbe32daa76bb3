import { formatAmountInError } from '../../domain/money.ts';
import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { invalidRequest } from '../api-error.ts';
import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { methodTypeOf } from './charge-behavior.ts';

/**
 * How much a refund takes back, in minor units: what was asked for, or all that is left.
 *
 * @throws ApiError 400 when the charge, or this much of it, cannot be refunded (texts recorded 2023-2026).
 */
export function refundableAmount(world: World, charge: ApiObject, asked: number | undefined): number {
  requireUndisputed(world, charge);
  if (charge['refunded'] === true) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  requireCollected(charge);
  requireRefundableMethod(charge);
  const collected = charge['amount_captured'] as number;
  const left = collected - (charge['amount_refunded'] as number);
  if (asked === undefined) return left;
  if (asked < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    });
  }
  if (asked > left) throw tooMuch(charge, asked, collected, left);
  return asked;
}

/** The error of an intent that has nothing to give back (second-hand: probed 2026-09). */
export function noSuccessfulCharge(intentId: string): ReturnType<typeof invalidRequest> {
  return invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
}

/** A disputed charge can be refunded while it is only inquired about, and again once the dispute is won. */
function requireUndisputed(world: World, charge: ApiObject): void {
  if (charge['disputed'] !== true) return;
  const page = world.store.list({ collection: 'disputes', where: { charge: charge.id }, limit: 100 });
  if (page.data.every((dispute) => dispute['is_charge_refundable'] === true)) return;
  throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
    code: 'charge_disputed',
  });
}

function requireCollected(charge: ApiObject): void {
  const intent = charge['payment_intent'] as string;
  if (charge['status'] !== 'succeeded') throw noSuccessfulCharge(intent);
  if (charge['captured'] === true) return;
  throw invalidRequest(
    `This uncaptured Charge was created by a PaymentIntent (${intent}). You must cancel the PaymentIntent to reverse the authorization instead of refunding the Charge directly. For more information, see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method`,
  );
}

/** Cash vouchers cannot be paid back. That is documented for each method; the wording is ours. */
function requireRefundableMethod(charge: ApiObject): void {
  const type = methodTypeOf(charge);
  if (findPaymentMethodType(type)?.refunds !== 'none') return;
  throw invalidRequest(`Charge ${charge.id} cannot be refunded: ${type} payments do not support refunds.`, {
    code: 'charge_not_refundable',
  });
}

function tooMuch(charge: ApiObject, asked: number, collected: number, left: number) {
  const show = (amount: number) => formatAmountInError(amount, charge['currency'] as string);
  const limit =
    left === collected || asked > collected
      ? `charge amount (${show(collected)})`
      : `unrefunded amount on charge (${show(left)})`;
  return invalidRequest(`Refund amount (${show(asked)}) is greater than ${limit}`, { param: 'amount' });
}
