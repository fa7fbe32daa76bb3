import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

type ReconciliationMode = 'automatic' | 'manual';

/** What a customer has sent and no payment has taken yet. Kept beside the customer: the API shows it on request only. */
interface CashFacts {
  /** Minor units by currency; currencies stay once they were there. */
  available: Record<string, number>;
  /** Absent: as the account has it, which is automatic. */
  reconciliation: ReconciliationMode | null;
}

const factsId = (customer: string) => `cash_balance:${customer}`;

/** The `cash_balance` of a customer; `available` is null until money came in. */
export function cashBalanceOf(world: World, customer: string): ApiHash {
  const { available, reconciliation } = world.facts<CashFacts>(factsId(customer));
  return buildObject('cash_balance', {
    available: available ?? null,
    customer,
    customer_account: null,
    livemode: false,
    settings: {
      reconciliation_mode: reconciliation ?? 'automatic',
      using_merchant_default: (reconciliation ?? null) === null,
    },
  });
}

/** Minor units of a currency that are there to pay with. */
export function availableCash(world: World, customer: string, currency: string): number {
  return world.facts<CashFacts>(factsId(customer)).available?.[currency] ?? 0;
}

export function reconciliationMode(world: World, customer: string): ReconciliationMode {
  return world.facts<CashFacts>(factsId(customer)).reconciliation ?? 'automatic';
}

/** Takes over `settings` of a cash balance, wherever they are given: on the cash balance itself or on the customer. */
export function applyCashSettings(world: World, customer: string, settings: unknown): void {
  const { reconciliation_mode: mode } = (settings ?? {}) as {
    reconciliation_mode?: ReconciliationMode | 'merchant_default';
  };
  if (mode === undefined) return;
  world.remember<CashFacts>(factsId(customer), { reconciliation: mode === 'merchant_default' ? null : mode });
}

interface CashMovement {
  readonly customer: string;
  readonly currency: string;
  /** Minor units; negative when money leaves the cash balance. */
  readonly amount: number;
  readonly type: 'applied_to_payment' | 'funded' | 'refunded_from_payment' | 'unapplied_from_payment';
  /** The hash under the name of the type. */
  readonly details: ApiHash;
}

/** Writes one movement of a cash balance, and tells of it. */
export function moveCash(world: World, movement: CashMovement): ApiObject {
  const { customer, currency, amount, type } = movement;
  const facts = world.facts<CashFacts>(factsId(customer));
  const ending = (facts.available?.[currency] ?? 0) + amount;
  world.remember<CashFacts>(factsId(customer), { available: { ...facts.available, [currency]: ending } });
  const transaction = world.insert(
    'cash_balance_transactions',
    buildObject('customer_cash_balance_transaction', {
      id: world.ids.plain('ccsbtxn', world.now),
      created: world.now,
      currency,
      customer,
      customer_account: null,
      ending_balance: ending,
      livemode: false,
      net_amount: amount,
      type,
      [type]: movement.details,
    }),
  );
  world.emit('customer_cash_balance_transaction.created', transaction);
  return transaction;
}
