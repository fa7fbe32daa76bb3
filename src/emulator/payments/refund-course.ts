import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { buildNested } from '../api/build-object.ts';
import { objectTable } from '../api/tables.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { methodTypeOf, testCardOf } from './charge-behavior.ts';

/** What becomes of a refund. */
export interface RefundCourse {
  readonly status: 'pending' | 'requires_action' | 'succeeded';
  /** What time brings: the bank's reference, success, failure, or nothing until the customer acts. */
  readonly next: 'reference' | 'success' | 'failure' | 'customer';
  readonly destination: ApiHash | undefined;
}

/** Stripe emails these customers for a bank account to pay the money back to (Stripe docs: refunds). */
const NEED_BANK_DETAILS = new Set(['konbini', 'promptpay']);

/** Payments from a cash balance go back to it, unless an email address is given (Stripe docs: bank transfer refunds). */
export const CASH = 'customer_balance';

/** Families whose refunds travel through the banks and are pending for a while (Stripe docs: refunds). */
const SLOW_FAMILIES = new Set<string | undefined>(['bank_debit', 'bank_redirect']);

/**
 * How a refund of this charge goes. Cards are paid back at once, except for the test cards whose refunds are pending or
 * fail later (Stripe docs: testing).
 */
export function refundCourse(world: World, charge: ApiObject, email: string | undefined): RefundCourse {
  const type = methodTypeOf(charge);
  if (type === 'card' || type === 'card_present')
    return cardCourse(testCardOf(world, charge)?.afterwards?.kind);
  if (NEED_BANK_DETAILS.has(type) || (type === CASH && email !== undefined)) {
    return { status: 'requires_action', next: 'customer', destination: undefined };
  }
  const destination = destinationDetails(type === CASH ? 'customer_cash_balance' : type);
  return SLOW_FAMILIES.has(findPaymentMethodType(type)?.family)
    ? { status: 'pending', next: 'success', destination }
    : { status: 'succeeded', next: 'reference', destination };
}

function cardCourse(afterwards: string | undefined): RefundCourse {
  if (afterwards === 'refund_pending') {
    return { status: 'pending', next: 'success', destination: cardDestination({ type: 'pending' }) };
  }
  const destination = cardDestination(AWAITS_REFERENCE);
  if (afterwards === 'refund_fails') return { status: 'succeeded', next: 'failure', destination };
  return { status: 'succeeded', next: 'reference', destination };
}

/** A card refund right after it was sent (recorded 2026-08). */
export const AWAITS_REFERENCE: ApiHash = {
  reference_status: 'pending',
  reference_type: 'acquirer_reference_number',
  type: 'refund',
};

export const cardDestination = (card: ApiHash): ApiHash => ({ card: { ...card }, type: 'card' });

/** Where the money of other methods goes, for those of which the types say so; the references are not there yet. */
function destinationDetails(type: string): ApiHash | undefined {
  if (objectTable('refund.destination_details')?.fields.get(type)?.type.kind !== 'object') return undefined;
  return { [type]: buildNested(`refund.destination_details.${type}`, {}), type };
}
