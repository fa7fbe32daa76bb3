import type { CardAfterwards } from '../../domain/test-cards.ts';
import { buildObject } from '../api/build-object.ts';
import type { JobHandlers } from '../jobs.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { testCardOf } from './charge-behavior.ts';
import { type DisputeTerms, type EnhancedEligibility, openDispute } from './dispute.ts';
import type { ChargeFacts } from './facts.ts';

const FRAUD_WARNING_JOB = 'charge.early_fraud_warning';
const FRAUD_WARNING_SECONDS = 1;

/** Cards whose disputes follow a special procedure of their network, by the id of their row (Stripe docs: testing). */
const ELIGIBILITY: Readonly<Record<string, EnhancedEligibility>> = {
  ce3_dispute: 'visa_compelling_evidence_3',
  mastercard_compliance_dispute: 'mastercard_compliance',
  visa_compliance_dispute: 'visa_compliance',
};

/**
 * What the test method does once it has paid: opens a dispute, an inquiry, an early fraud warning. Called between the
 * events `charge.succeeded` and `payment_intent.succeeded`; changes `charge` in place.
 */
export function afterPayment(world: World, charge: ApiObject, method: ApiObject): void {
  const card = testCardOf(world, charge);
  const afterwards = card?.afterwards ?? world.facts<ChargeFacts>(charge.id).afterwards;
  if (afterwards === undefined) return;
  // Disputes of bank debits cannot be contested: they are lost as they open (Stripe docs: each debit's page).
  const final = method['type'] !== 'card';
  follow(world, charge, afterwards, { eligibility: ELIGIBILITY[card?.id ?? ''], final });
}

function follow(
  world: World,
  charge: ApiObject,
  afterwards: CardAfterwards,
  terms: Pick<DisputeTerms, 'eligibility' | 'final'>,
): void {
  switch (afterwards.kind) {
    case 'dispute':
    // Prevention needs an account that is enrolled for it, and this one is not: an ordinary dispute (documented).
    case 'prevented_dispute':
      if (afterwards.unlessAuthenticated === true && isAuthenticated(charge)) return;
      openDispute(world, charge, {
        ...whole(charge),
        ...terms,
        kind: terms.eligibility?.endsWith('compliance') === true ? 'compliance' : 'chargeback',
        reason: afterwards.reason,
      });
      return;
    case 'disputes':
      disputeTwice(world, charge, afterwards.reason);
      return;
    case 'inquiry':
      openDispute(world, charge, { ...whole(charge), kind: 'inquiry', reason: afterwards.reason });
      return;
    case 'early_fraud_warning':
      world.schedule(FRAUD_WARNING_JOB, charge.id, FRAUD_WARNING_SECONDS);
      return;
    default:
    // Refunds and the balance look at the card by themselves.
  }
}

const whole = (charge: ApiObject): DisputeTerms => ({
  kind: 'chargeback',
  reason: 'general',
  amount: charge['amount_captured'] as number,
});

/** "Disputed more than once" is all that is documented: two disputes over one half each, so that no more than all goes. */
function disputeTwice(world: World, charge: ApiObject, reason: string): void {
  const amount = charge['amount_captured'] as number;
  const half = Math.floor(amount / 2);
  for (const part of [amount - half, half]) {
    if (part > 0) openDispute(world, charge, { kind: 'chargeback', reason, amount: part });
  }
}

/** After 3D Secure the liability for fraud lies with the issuer. */
function isAuthenticated(charge: ApiObject): boolean {
  const { card } = charge['payment_method_details'] as { card?: { three_d_secure?: ApiHash | null } };
  return card?.three_d_secure?.['result'] === 'authenticated';
}

export const fraudWarningJobs: JobHandlers = {
  [FRAUD_WARNING_JOB]: (world, chargeId) => {
    const charge = world.get('charges', chargeId);
    if (charge !== undefined) world.emit('radar.early_fraud_warning.created', fraudWarning(world, charge));
  },
};

/** The warning is in its event only: the Radar endpoints are not emulated, so it is not stored. */
function fraudWarning(world: World, charge: ApiObject): ApiHash {
  return buildObject('radar.early_fraud_warning', {
    id: world.ids.plain('issfr', world.now),
    actionable: charge['refunded'] !== true && charge['disputed'] !== true,
    charge: charge.id,
    created: world.now,
    fraud_type: 'misc',
    payment_intent: charge['payment_intent'],
  });
}
