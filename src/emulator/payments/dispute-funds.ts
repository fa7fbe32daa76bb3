import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { fixedFee, recordMovement } from './balance-transaction.ts';
import { sourceTypeOf } from './charge-behavior.ts';

/** Cents; kept whether the dispute is won or lost (recorded 2026-08). */
const DISPUTE_FEE = 1500;

/** Takes the disputed amount and the fee out of the balance and tells of it. Changes `dispute` in place. */
export function withdrawFunds(world: World, dispute: ApiObject, charge: ApiObject): void {
  const before = structuredClone(dispute);
  const currency = dispute['currency'] as string;
  addMovement(
    dispute,
    recordMovement(world, {
      amount: -(dispute['amount'] as number),
      currency,
      fee: fixedFee(DISPUTE_FEE, currency),
      feeDescription: 'Dispute fee',
      description: `Chargeback withdrawal for ${charge.id}`,
      source: dispute.id,
      type: 'adjustment',
      reportingCategory: 'dispute',
      intent: null,
      immediate: true,
      sourceType: sourceTypeOf(charge),
    }),
  );
  world.update('disputes', dispute);
  world.emit('charge.dispute.funds_withdrawn', dispute, before);
}

/** Gives the disputed amount back after a dispute was won; the fee is not part of it. Changes `dispute` in place. */
export function reinstateFunds(world: World, dispute: ApiObject, charge: ApiObject): void {
  addMovement(
    dispute,
    recordMovement(world, {
      amount: dispute['amount'] as number,
      currency: dispute['currency'] as string,
      fee: 0,
      description: `Chargeback reversal for ${charge.id}`,
      source: dispute.id,
      type: 'adjustment',
      reportingCategory: 'dispute_reversal',
      intent: null,
      immediate: true,
      sourceType: sourceTypeOf(charge),
    }),
  );
}

/** Disputes carry their transactions in full, and since long the newest one by id (recorded 2026-08). */
function addMovement(dispute: ApiObject, transaction: ApiObject): void {
  dispute['balance_transaction'] = transaction.id;
  dispute['balance_transactions'] = [...(dispute['balance_transactions'] as ApiObject[]), transaction];
}
