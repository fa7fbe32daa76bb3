import type { TestCard } from './test-cards.ts';

/** What `three_d_secure` of the charge says; null when nobody asked for 3D Secure. */
export interface ThreeDSecureResult {
  authentication_flow: 'challenge' | 'frictionless' | null;
  electronic_commerce_indicator: '05' | '06' | '07' | null;
  result: 'authenticated' | 'attempt_acknowledged' | 'failed' | 'not_supported' | 'processing_error';
  result_reason: string | null;
}

/** The circumstances that decide about 3D Secure; see CardCircumstances. */
export interface ThreeDSecureTerms {
  usage: 'payment' | 'setup' | 'attach';
  offSession?: boolean;
  setUpForOffSession?: boolean;
  requestThreeDSecure?: 'automatic' | 'any' | 'challenge';
}

/** What 3D Secure asks of an attempt with this card. */
export type ThreeDSecureNeed =
  | 'none'
  | 'challenge'
  | 'decline_with_charge'
  | 'decline_without_charge'
  | 'decline_plainly'
  | 'decline_without_mandate'
  | 'lookup_error'
  | 'ignored_error'
  | 'frictionless'
  | 'not_supported'
  | 'acknowledged';

/** Which of these applies. Pure; Stripe's testing page, and recordings for the off-session declines. */
export function threeDSecureNeed(card: TestCard, circumstances: ThreeDSecureTerms): ThreeDSecureNeed {
  const offSession = circumstances.offSession === true && circumstances.usage === 'payment';
  const asked =
    !offSession &&
    (circumstances.requestThreeDSecure === 'any' || circumstances.requestThreeDSecure === 'challenge');
  switch (card.authentication) {
    case 'always':
      return offSession ? 'decline_with_charge' : 'challenge';
    case 'unless_set_up':
      if (!offSession) return 'challenge';
      return circumstances.setUpForOffSession === true ? 'none' : 'decline_with_charge';
    case 'on_session':
      return offSession ? 'none' : 'challenge';
    case 'required':
      return offSession ? 'decline_without_charge' : 'challenge';
    case 'legacy':
      return offSession ? 'decline_plainly' : 'challenge';
    case 'error':
      return 'lookup_error';
    case 'mandate_canceled':
      return offSession ? 'decline_without_mandate' : asked ? 'challenge' : 'none';
    case 'optional':
      return asked ? 'challenge' : 'none';
    case 'optional_error':
      return asked ? 'ignored_error' : 'none';
    case 'frictionless':
      return 'frictionless';
    case 'unsupported':
      return asked ? 'not_supported' : 'none';
    default:
      return asked ? 'acknowledged' : 'none';
  }
}

const AUTHENTICATED: ThreeDSecureResult = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  result: 'authenticated',
  result_reason: null,
};

function noFlow(result: ThreeDSecureResult['result'], reason: string | null): ThreeDSecureResult {
  return { authentication_flow: null, electronic_commerce_indicator: null, result, result_reason: reason };
}

/** What the charge says about 3D Secure once the attempt goes on; null where nobody asked for it. */
export function threeDSecureResult(need: ThreeDSecureNeed): ThreeDSecureResult | null {
  switch (need) {
    case 'challenge':
      return AUTHENTICATED;
    case 'frictionless':
      return { ...AUTHENTICATED, authentication_flow: 'frictionless' };
    case 'lookup_error':
    case 'ignored_error':
      return noFlow('processing_error', 'protocol_error');
    case 'not_supported':
      return noFlow('not_supported', 'network_not_supported');
    case 'acknowledged':
      return { ...noFlow('attempt_acknowledged', null), electronic_commerce_indicator: '06' };
    default:
      return null;
  }
}
