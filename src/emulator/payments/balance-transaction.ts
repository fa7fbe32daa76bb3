import { findCurrency } from '../../domain/currencies.ts';
import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** Funds become available two days after a payment, as for an account in the United States. */
const AVAILABLE_AFTER_SECONDS = 2 * 24 * 60 * 60;

/**
 * Stripe's fee on a payment: 2.9 % plus 30 minor units (recorded on a US account: 2900 costs 114).
 *
 * @param amount minor units
 */
export function processingFee(amount: number, currency: string): number {
  const decimals = findCurrency(currency)?.decimals ?? 2;
  return Math.round(amount * 0.029) + Math.round(30 * 10 ** (decimals - 2));
}

export interface Movement {
  /** Minor units; negative when money leaves the balance. */
  readonly amount: number;
  readonly currency: string;
  readonly fee: number;
  readonly feeDescription?: string;
  readonly description: string | null;
  /** Id of what moved the money. */
  readonly source: string;
  readonly type: string;
  readonly reportingCategory: string;
  /** The intent whose id characters the transaction shares. */
  readonly intent: string | null;
  readonly availableAfterSeconds?: number;
}

/** Stores a balance transaction. The emulator's account holds every currency, so nothing is converted. */
export function recordMovement(world: World, movement: Movement): ApiObject {
  const { amount, currency, fee } = movement;
  const fees: ApiHash[] =
    fee === 0
      ? []
      : [
          {
            amount: fee,
            application: null,
            currency,
            description: movement.feeDescription ?? 'Stripe processing fees',
            type: 'stripe_fee',
          },
        ];
  const wait = movement.availableAfterSeconds ?? AVAILABLE_AFTER_SECONDS;
  return world.insert(
    'balance_transactions',
    buildObject('balance_transaction', {
      id:
        movement.intent === null
          ? world.ids.plain('txn', world.now)
          : world.ids.related('txn', movement.intent),
      amount,
      available_on: world.now + wait,
      balance_type: 'payments',
      created: world.now,
      currency,
      description: movement.description,
      exchange_rate: null,
      fee,
      fee_details: fees,
      net: amount - fee,
      reporting_category: movement.reportingCategory,
      source: movement.source,
      status: wait === 0 ? 'available' : 'pending',
      type: movement.type,
    }),
  );
}
