import {
  authenticationFailedError,
  authenticationRequiredError,
  type CardDeclineCode,
  type CardError,
  cardDeclineError,
  cvcCheckError,
  mandateCanceledError,
  postalCodeCheckError,
} from './card-declines.ts';
import type { CardAfterwards, CheckResult, TestCard } from './test-cards.ts';
import { type ThreeDSecureResult, threeDSecureNeed, threeDSecureResult } from './three-d-secure.ts';

/** What surrounds the card: the same card answers differently on and off session, before and after a challenge. */
export interface CardCircumstances {
  /** A charge (or authorization), a SetupIntent, or saving the card on a customer. */
  usage: 'payment' | 'setup' | 'attach';
  /** The customer is not there. */
  offSession?: boolean;
  /** What the customer did with a challenge; absent before it. */
  authentication?: 'succeeded' | 'failed';
  /** The card was set up for off-session use before. */
  setUpForOffSession?: boolean;
  /** `payment_method_options[card][request_three_d_secure]`. */
  requestThreeDSecure?: 'automatic' | 'any' | 'challenge';
  /** Which data came with the card. `pm_card_*` ids and tokens count as given with a CVC, which is the default. */
  cvcProvided?: boolean;
  postalCodeProvided?: boolean;
  line1Provided?: boolean;
  /** Radar rules of the account that act on failed checks. Both are on unless said otherwise. */
  blockFailedCvc?: boolean;
  blockFailedPostalCode?: boolean;
}

/** `card.checks` after the attempt; null where nothing was given to check. */
export interface CardChecks {
  address_line1_check: CheckResult | null;
  address_postal_code_check: CheckResult | null;
  cvc_check: CheckResult | null;
}

/** `charge.outcome` without `risk_score`, which the caller rolls between `riskScore[0]` and `riskScore[1]`. */
export interface ChargeOutcome {
  advice_code: string | null;
  network_advice_code: string | null;
  network_decline_code: string | null;
  network_status: 'approved_by_network' | 'declined_by_network' | 'not_sent_to_network';
  reason: string | null;
  risk_level: 'normal' | 'elevated' | 'highest';
  seller_message: string;
  type: 'authorized' | 'issuer_declined' | 'blocked' | 'invalid';
}

export type CardOutcome =
  | {
      kind: 'approved';
      outcome: ChargeOutcome;
      /** The range recorded for this risk level, both ends included. */
      riskScore: readonly [number, number];
      checks: CardChecks;
      threeDSecure: ThreeDSecureResult | null;
      afterwards?: CardAfterwards;
    }
  | {
      kind: 'declined';
      error: CardError;
      /** Whether a failed charge is left behind; never for set-ups and attaches. */
      makesCharge: boolean;
      outcome: ChargeOutcome;
      riskScore: readonly [number, number];
      checks: CardChecks;
      threeDSecure: ThreeDSecureResult | null;
    }
  /** The customer has to pass a challenge first. */
  | { kind: 'requires_authentication' }
  /** The challenge was failed: no charge; the error goes into last_payment_error or last_setup_error. */
  | { kind: 'authentication_failed'; error: CardError };

/** Ranges of `risk_score`: normal as seen in recordings, the others as Radar's documentation cuts them. */
const RISK_SCORES = { normal: [0, 64], elevated: [65, 74], highest: [75, 99] } as const;

/** What happens to this test card in these circumstances. Pure: the same input gives the same outcome. */
export function cardOutcome(card: TestCard, circumstances: CardCircumstances): CardOutcome {
  const attempt: Attempt = { card, circumstances, threeDSecure: null };
  if (circumstances.usage === 'attach') {
    if (card.attach === 'refused' && card.decline !== undefined) return issuerDecline(attempt, card.decline);
    return failedCheck(attempt) ?? approved(attempt);
  }
  const stop = authenticate(attempt);
  if (stop !== undefined) return stop;
  if (circumstances.usage === 'payment' && card.block !== undefined) return radarBlock(attempt);
  if (declinesHere(card, circumstances)) return issuerDecline(attempt, card.decline ?? 'generic_decline');
  return failedCheck(attempt) ?? approved(attempt);
}

interface Attempt {
  card: TestCard;
  circumstances: CardCircumstances;
  threeDSecure: ThreeDSecureResult | null;
}

/** 3D Secure comes before the issuer sees anything. Undefined: go on, with `attempt.threeDSecure` filled in. */
function authenticate(attempt: Attempt): CardOutcome | undefined {
  const { card, circumstances } = attempt;
  const need = threeDSecureNeed(card, circumstances);
  if (need === 'challenge') {
    if (circumstances.authentication === undefined) return { kind: 'requires_authentication' };
    if (circumstances.authentication === 'failed') {
      const intent = circumstances.usage === 'setup' ? 'setup_intent' : 'payment_intent';
      return { kind: 'authentication_failed', error: authenticationFailedError(intent) };
    }
  }
  attempt.threeDSecure = threeDSecureResult(need);
  switch (need) {
    case 'decline_with_charge':
    case 'decline_without_charge':
      return declined(attempt, authenticationRequiredError(), need === 'decline_with_charge');
    case 'decline_without_mandate':
      return declined(attempt, mandateCanceledError(), false);
    case 'decline_plainly':
      return issuerDecline(attempt, 'generic_decline');
    case 'lookup_error':
      return issuerDecline(attempt, card.decline ?? 'generic_decline');
    default:
      return undefined;
  }
}

function declinesHere(card: TestCard, circumstances: CardCircumstances): boolean {
  if (card.decline === undefined || card.authentication === 'error') return false;
  if (card.declines === 'charges' && circumstances.usage !== 'payment') return false;
  // With the raw number 4000000000000127 there is nothing to get wrong unless a CVC was sent (testing page).
  return !(card.decline === 'incorrect_cvc' && circumstances.cvcProvided === false);
}

/** A failed CVC or postal code check, where the account's Radar rules block it. */
function failedCheck(attempt: Attempt): CardOutcome | undefined {
  const { circumstances } = attempt;
  const checks = checksOf(attempt, 'checked');
  if (checks.cvc_check === 'fail' && circumstances.blockFailedCvc !== false) {
    return declined(attempt, cvcCheckError(), true);
  }
  if (checks.address_postal_code_check === 'fail' && circumstances.blockFailedPostalCode !== false) {
    return declined(attempt, postalCodeCheckError(), true);
  }
  return undefined;
}

function approved(attempt: Attempt): CardOutcome {
  const { card, circumstances } = attempt;
  const afterwards = circumstances.usage === 'payment' ? card.afterwards : undefined;
  // The testing page calls this dispute protected by 3D Secure: liability has moved to the issuer.
  const shifted =
    afterwards !== undefined &&
    'unlessAuthenticated' in afterwards &&
    (attempt.threeDSecure?.result === 'authenticated' ||
      attempt.threeDSecure?.result === 'attempt_acknowledged');
  return {
    kind: 'approved',
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: card.risk,
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    riskScore: RISK_SCORES[card.risk],
    checks: checksOf(attempt, 'checked'),
    threeDSecure: attempt.threeDSecure,
    ...(afterwards === undefined || shifted ? {} : { afterwards }),
  };
}

function issuerDecline(attempt: Attempt, declineCode: CardDeclineCode): CardOutcome {
  return declined(attempt, cardDeclineError(declineCode), true);
}

/** A card error; on attach the `param` is an empty string unless the error names one (recorded 2026-09). */
function declined(attempt: Attempt, error: CardError, leavesCharge: boolean): CardOutcome {
  const { card, circumstances } = attempt;
  const reachedIssuer = leavesCharge || circumstances.usage === 'attach';
  return {
    kind: 'declined',
    error: circumstances.usage === 'attach' ? { ...error, param: error.param ?? '' } : error,
    makesCharge: leavesCharge && circumstances.usage === 'payment',
    outcome: {
      advice_code: error.advice_code ?? null,
      network_advice_code: error.network_advice_code ?? null,
      network_decline_code: error.network_decline_code ?? null,
      network_status: 'declined_by_network',
      reason: error.decline_code ?? error.code,
      risk_level: card.risk,
      seller_message: sellerMessage(error),
      type: 'issuer_declined',
    },
    riskScore: RISK_SCORES[card.risk],
    checks: checksOf(attempt, reachedIssuer ? 'checked' : 'unchecked'),
    threeDSecure: attempt.threeDSecure,
  };
}

/** `generic_decline` recorded 2026-09; the other sentence in public webhooks of many years. */
function sellerMessage(error: CardError): string {
  const code = error.decline_code ?? error.code;
  if (code === 'generic_decline') return 'The bank did not return any further details with this decline.';
  return `The bank returned the decline code \`${code}\`.`;
}

/** Radar refuses before the network sees the payment (error recorded 2023, outcome from public test-mode webhooks). */
function radarBlock(attempt: Attempt): CardOutcome {
  return {
    kind: 'declined',
    error: cardDeclineError('fraudulent'),
    makesCharge: true,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      risk_level: 'highest',
      seller_message: 'Stripe blocked this payment as too risky.',
      type: 'blocked',
    },
    riskScore: RISK_SCORES.highest,
    checks: checksOf(attempt, 'unavailable'),
    threeDSecure: attempt.threeDSecure,
  };
}

function checksOf(attempt: Attempt, how: 'checked' | 'unchecked' | 'unavailable'): CardChecks {
  const { checks } = attempt.card;
  const { cvcProvided = true, postalCodeProvided = false, line1Provided = false } = attempt.circumstances;
  const result = (given: boolean, own: CheckResult | undefined): CheckResult | null => {
    if (!given) return null;
    return how === 'checked' ? (own ?? 'pass') : how;
  };
  return {
    address_line1_check: result(line1Provided, checks.line1),
    address_postal_code_check: result(postalCodeProvided, checks.postalCode),
    cvc_check: result(cvcProvided, checks.cvc),
  };
}
