import type { ApiHash } from '../objects.ts';
import type { World } from '../world.ts';

/** `outcome` of a charge that Radar does not score (recorded for ACH 2024: no `risk_score`). */
export function unscoredOutcome(): ApiHash {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'not_assessed',
    seller_message: 'Payment complete.',
    type: 'authorized',
  };
}

/** `outcome` of a SEPA debit, which is scored as a card is (recorded 2026: scores 11 and 49). */
export function scoredOutcome(world: World): ApiHash {
  const { risk_level: _, seller_message, type, ...rest } = unscoredOutcome();
  return {
    ...rest,
    risk_level: 'normal',
    risk_score: Number(world.ids.digits(3)) % 65,
    seller_message,
    type,
  };
}

/** `outcome` of a payment that Radar blocked (as recorded for cards). */
export function blockedOutcome(): ApiHash {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'not_sent_to_network',
    reason: 'highest_risk_level',
    risk_level: 'highest',
    seller_message: 'Stripe blocked this payment as too risky.',
    type: 'blocked',
  };
}
