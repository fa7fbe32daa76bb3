import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { recordMovement } from './balance-transaction.ts';
import { sourceTypeOf } from './charge-behavior.ts';

/**
 * The money of a refund on its way out (negative), or back in when the refund came to nothing. There is no fee either
 * way, and the fee of the payment is kept (recorded 2026-08).
 *
 * @param amount minor units
 * @returns the id of the balance transaction
 */
export function recordRefundMovement(
  world: World,
  charge: ApiObject,
  refundId: string,
  amount: number,
): string {
  const back = amount > 0;
  const note = charge['description'] === null ? '' : ` (${charge['description']})`;
  return recordMovement(world, {
    amount,
    currency: charge['currency'] as string,
    fee: 0,
    description: `${back ? 'REFUND FAILURE' : 'REFUND FOR CHARGE'}${note}`,
    source: refundId,
    type: back ? 'refund_failure' : charge.id.startsWith('py_') ? 'payment_refund' : 'refund',
    reportingCategory: back ? 'refund_failure' : 'refund',
    intent: charge['payment_intent'] as string,
    sourceType: sourceTypeOf(charge),
  }).id;
}
