import { findCurrency } from '../../domain/currencies.ts';
import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { bookMovement, type SourceType } from './balance-totals.ts';

const DAY_SECONDS = 24 * 60 * 60;

/** Funds become available at midnight UTC two days after the day of the payment (recorded on US accounts). */
const SETTLEMENT_DAYS = 2;

/**
 * Stripe's fee on a payment: 2.9 % plus 30 minor units (recorded on a US account: 2900 costs 114).
 *
 * @param amount minor units
 */
export function processingFee(amount: number, currency: string): number {
  return Math.round(amount * 0.029) + fixedFee(30, currency);
}

/** A fee that is `cents` in a currency with two decimals, in the minor units of `currency`. */
export function fixedFee(cents: number, currency: string): number {
  const decimals = findCurrency(currency)?.decimals ?? 2;
  return Math.round(cents * 10 ** (decimals - 2));
}

export interface Movement {
  /** Minor units; negative when money leaves the balance. */
  readonly amount: number;
  readonly currency: string;
  /** Minor units of the same currency. */
  readonly fee: number;
  readonly feeDescription?: string;
  readonly description: string | null;
  /** Id of what moved the money. */
  readonly source: string;
  readonly type: string;
  readonly reportingCategory: string;
  /** The intent whose id characters the transaction shares; null for disputes, whose ids stand alone (recorded). */
  readonly intent: string | null;
  /** True when the money is there (or gone) at once: disputes, and the cards that bypass the pending balance. */
  readonly immediate?: boolean;
  readonly sourceType?: SourceType;
}

/** Stores a balance transaction. The emulator's account holds every currency, so nothing is converted. */
export function recordMovement(world: World, movement: Movement): ApiObject {
  const { amount, currency, fee } = movement;
  const availableOn = movement.immediate === true ? world.now : settlementOf(world.now);
  const net = amount - fee;
  bookMovement(world, { currency, sourceType: movement.sourceType ?? 'card', net, availableOn });
  return world.insert(
    'balance_transactions',
    buildObject('balance_transaction', {
      id:
        movement.intent === null
          ? world.ids.plain('txn', world.now)
          : world.ids.related('txn', movement.intent),
      amount,
      available_on: availableOn,
      balance_type: 'payments',
      created: world.now,
      currency,
      description: movement.description,
      exchange_rate: null,
      fee,
      fee_details: fee === 0 ? [] : [feeDetail(movement)],
      net,
      reporting_category: movement.reportingCategory,
      source: movement.source,
      status: availableOn <= world.now ? 'available' : 'pending',
      type: movement.type,
    }),
  );
}

function feeDetail({ fee, currency, feeDescription }: Movement): ApiHash {
  return {
    amount: fee,
    application: null,
    currency,
    description: feeDescription ?? 'Stripe processing fees',
    type: 'stripe_fee',
  };
}

const settlementOf = (now: number) => (Math.floor(now / DAY_SECONDS) + SETTLEMENT_DAYS) * DAY_SECONDS;

/** A stored transaction as it is to be shown now: what was pending becomes available by the passing of time alone. */
export function transactionNow(world: World, transaction: ApiObject): ApiObject {
  if (transaction['status'] === 'pending' && (transaction['available_on'] as number) <= world.now) {
    transaction['status'] = 'available';
  }
  return transaction;
}
