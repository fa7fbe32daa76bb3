import { describe, expect, it } from 'vitest';
import { type CardCircumstances, type CardOutcome, cardOutcome } from '../../../src/domain/card-outcome.ts';
import { findTestCard, TEST_CARDS, type TestCard } from '../../../src/domain/test-cards.ts';

function card(handle: string): TestCard {
  const found = /^\d+$/.test(handle)
    ? findTestCard({ number: handle })
    : (findTestCard({ pm: handle }) ?? findTestCard({ token: handle }));
  if (found === undefined) throw new Error(`no test card ${handle}`);
  return found;
}

function outcome(handle: string, circumstances: Partial<CardCircumstances> = {}): CardOutcome {
  return cardOutcome(card(handle), { usage: 'payment', ...circumstances });
}

function decline(handle: string, circumstances: Partial<CardCircumstances> = {}) {
  const result = outcome(handle, circumstances);
  if (result.kind !== 'declined') throw new Error(`${handle} is ${result.kind}`);
  return result;
}

describe('issuer declines, as recorded in August 2026', () => {
  it.each([
    [
      'pm_card_visa_chargeDeclined',
      'card_declined',
      'generic_decline',
      'try_again_later',
      undefined,
      '01',
      undefined,
      'Your card was declined.',
    ],
    [
      'pm_card_visa_chargeDeclinedInsufficientFunds',
      'card_declined',
      'insufficient_funds',
      'try_again_later',
      '02',
      '51',
      undefined,
      'Your card has insufficient funds.',
    ],
    [
      'pm_card_visa_chargeDeclinedLostCard',
      'card_declined',
      'lost_card',
      'do_not_try_again',
      '01',
      '41',
      undefined,
      'Your card was declined.',
    ],
    [
      'pm_card_visa_chargeDeclinedStolenCard',
      'card_declined',
      'stolen_card',
      'do_not_try_again',
      '01',
      '43',
      undefined,
      'Your card was declined.',
    ],
    [
      'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
      'card_declined',
      'card_velocity_exceeded',
      'try_again_later',
      '02',
      '61',
      undefined,
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    ],
    [
      'pm_card_chargeDeclinedExpiredCard',
      'expired_card',
      'expired_card',
      'confirm_card_data',
      '03',
      '54',
      'exp_month',
      'Your card has expired.',
    ],
    [
      'pm_card_chargeDeclinedIncorrectCvc',
      'incorrect_cvc',
      'incorrect_cvc',
      'confirm_card_data',
      '03',
      'N7',
      'cvc',
      "Your card's security code is incorrect.",
    ],
    [
      'pm_card_chargeDeclinedProcessingError',
      'processing_error',
      'processing_error',
      'try_again_later',
      undefined,
      '06',
      undefined,
      'An error occurred while processing your card. Try again in a little bit.',
    ],
  ])('%s', (pm, code, declineCode, advice, networkAdvice, networkDecline, param, message) => {
    const result = decline(pm);
    expect(result.error).toEqual({
      type: 'card_error',
      code,
      decline_code: declineCode,
      advice_code: advice,
      message,
      network_decline_code: networkDecline,
      ...(networkAdvice === undefined ? {} : { network_advice_code: networkAdvice }),
      ...(param === undefined ? {} : { param }),
    });
    expect(result.makesCharge).toBe(true);
    expect(result.checks.cvc_check).toBe('pass');
    expect(result.outcome).toMatchObject({
      type: 'issuer_declined',
      network_status: 'declined_by_network',
      reason: declineCode,
    });
  });

  it('leaves the outcome of a generic decline without a reason from the bank', () => {
    expect(decline('pm_card_visa_chargeDeclined').outcome).toEqual({
      advice_code: 'try_again_later',
      network_advice_code: null,
      network_decline_code: '01',
      network_status: 'declined_by_network',
      reason: 'generic_decline',
      risk_level: 'normal',
      seller_message: 'The bank did not return any further details with this decline.',
      type: 'issuer_declined',
    });
  });
});

describe('saving a card', () => {
  it('refuses the declining cards with an empty param, and leaves no charge', () => {
    const result = decline('pm_card_chargeDeclined', { usage: 'attach' });
    expect(result.error).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline', param: '' });
    expect(result.makesCharge).toBe(false);
  });

  it('keeps the param of an expired card', () => {
    expect(decline('pm_card_chargeDeclinedExpiredCard', { usage: 'attach' }).error.param).toBe('exp_month');
    expect(decline('pm_card_chargeDeclinedExpiredCard', { usage: 'setup' })).toMatchObject({
      makesCharge: false,
      error: { code: 'expired_card', param: 'exp_month' },
    });
  });

  it.each(['attach', 'setup'] as const)('%s accepts 0341, which declines every charge', (usage) => {
    expect(outcome('4000000000000341', { usage }).kind).toBe('approved');
    expect(decline('4000000000000341').error).toMatchObject({
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
  });

  it('does not dispute or warn about what is only saved', () => {
    expect(outcome('pm_card_createDispute', { usage: 'setup' })).not.toHaveProperty('afterwards');
  });
});

describe('3D Secure', () => {
  const challenged = [
    'pm_card_threeDSecure2Required',
    'pm_card_authenticationRequired',
    'pm_card_authenticationRequiredOnSetup',
    'pm_card_authenticationRequiredSetupForOffSession',
    'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    'pm_card_threeDSecureRequiredChargeDeclined',
    'pm_card_threeDSecureRequired',
    '4000008400000027',
    '4000582600000094',
  ];

  it.each(challenged)('%s asks for a challenge, on payments and set-ups', (handle) => {
    expect(outcome(handle).kind).toBe('requires_authentication');
    expect(outcome(handle, { usage: 'setup' }).kind).toBe('requires_authentication');
  });

  it.each(challenged)('%s fails without a charge when the challenge is failed', (handle) => {
    expect(outcome(handle, { authentication: 'failed' })).toEqual({
      kind: 'authentication_failed',
      error: {
        type: 'invalid_request_error',
        code: 'payment_intent_authentication_failure',
        message:
          'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      },
    });
  });

  it('names the set-up when a set-up fails', () => {
    const result = outcome('pm_card_authenticationRequired', { usage: 'setup', authentication: 'failed' });
    expect(result).toMatchObject({ error: { code: 'setup_intent_authentication_failure' } });
  });

  it('approves after the challenge', () => {
    expect(outcome('pm_card_threeDSecure2Required', { authentication: 'succeeded' })).toMatchObject({
      kind: 'approved',
      threeDSecure: { authentication_flow: 'challenge', result: 'authenticated' },
    });
  });

  it.each([
    ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', 'insufficient_funds'],
    ['pm_card_threeDSecureRequiredChargeDeclined', 'generic_decline'],
  ])('%s is declined even after the challenge', (handle, code) => {
    const result = decline(handle, { authentication: 'succeeded' });
    expect(result.error.decline_code).toBe(code);
    expect(result.makesCharge).toBe(true);
    expect(result.threeDSecure?.result).toBe('authenticated');
  });

  it('sets up the card that has no funds', () => {
    const handle = 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds';
    expect(outcome(handle, { usage: 'setup', authentication: 'succeeded' }).kind).toBe('approved');
  });

  it.each([
    ['pm_card_threeDSecure2Required', false],
    ['pm_card_authenticationRequired', true],
    ['pm_card_authenticationRequiredOnSetup', true],
  ])('off-session %s is authentication_required, with a failed charge: %s', (handle, makesCharge) => {
    const result = decline(handle, { offSession: true });
    expect(result.error).toEqual({
      type: 'card_error',
      code: 'authentication_required',
      decline_code: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    });
    expect(result.makesCharge).toBe(makesCharge);
    expect(result.checks.cvc_check).toBe(makesCharge ? 'pass' : 'unchecked');
  });

  it('writes the failed off-session charge as the bank does', () => {
    expect(decline('pm_card_authenticationRequired', { offSession: true }).outcome).toMatchObject({
      reason: 'authentication_required',
      seller_message: 'The bank returned the decline code `authentication_required`.',
    });
  });

  it('lets 3155 pay off-session once it was set up, and 3184 never', () => {
    const setUp = { offSession: true, setUpForOffSession: true };
    expect(outcome('4000002500003155', setUp).kind).toBe('approved');
    expect(outcome('4000002760003184', setUp).kind).toBe('declined');
    expect(outcome('4000003800000446', { offSession: true }).kind).toBe('approved');
    expect(outcome('4000002500003155', { setUpForOffSession: true }).kind).toBe('requires_authentication');
  });

  it('declines the legacy card plainly off-session', () => {
    expect(decline('pm_card_threeDSecureRequired', { offSession: true }).error.decline_code).toBe(
      'generic_decline',
    );
  });

  it('declines when the lookup of a required check fails, and goes on when it was optional', () => {
    expect(decline('pm_card_threeDSecureRequiredProcessingError').error.code).toBe('card_declined');
    expect(
      outcome('pm_card_threeDSecureOptionalProcessingError', { requestThreeDSecure: 'any' }),
    ).toMatchObject({
      kind: 'approved',
      threeDSecure: { result: 'processing_error' },
    });
  });

  it.each([
    ['pm_card_threeDSecureOptional', 'requires_authentication'],
    ['pm_card_in', 'requires_authentication'],
    ['4000003560000263', 'requires_authentication'],
    ['pm_card_visa', 'approved'],
    ['pm_card_amex_threeDSecureNotSupported', 'approved'],
  ])('%s becomes %s when 3D Secure is asked for, and is approved otherwise', (handle, kind) => {
    expect(outcome(handle, { requestThreeDSecure: 'any' }).kind).toBe(kind);
    expect(outcome(handle, { requestThreeDSecure: 'automatic' }).kind).toBe('approved');
    expect(outcome(handle)).toMatchObject({ threeDSecure: null });
  });

  it('declines the card of a canceled Indian mandate off-session, without a charge', () => {
    expect(decline('4000003560000263', { offSession: true })).toMatchObject({
      error: { code: 'india_recurring_payment_mandate_canceled' },
      makesCharge: false,
    });
  });

  it('spares a payment that went through 3D Secure the fraud dispute, and no other dispute', () => {
    expect(outcome('pm_card_createDispute')).toMatchObject({
      afterwards: { kind: 'dispute', reason: 'fraudulent' },
    });
    expect(outcome('pm_card_createDispute', { requestThreeDSecure: 'any' })).not.toHaveProperty('afterwards');
    expect(outcome('pm_card_createDisputeProductNotReceived', { requestThreeDSecure: 'any' })).toMatchObject({
      afterwards: { kind: 'dispute', reason: 'product_not_received' },
    });
  });
});

describe('Radar', () => {
  it.each(['pm_card_radarBlock', 'pm_card_riskLevelHighest'])(
    '%s is blocked before the network',
    (handle) => {
      const result = decline(handle);
      expect(result.error).toEqual({
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'fraudulent',
        message: 'Your card was declined.',
      });
      expect(result.outcome).toMatchObject({
        type: 'blocked',
        network_status: 'not_sent_to_network',
        reason: 'highest_risk_level',
        risk_level: 'highest',
      });
      expect(result.checks.cvc_check).toBe('unavailable');
      expect(outcome(handle, { usage: 'attach' }).kind).toBe('approved');
    },
  );

  it('lets elevated risk through', () => {
    expect(outcome('pm_card_riskLevelElevated')).toMatchObject({
      kind: 'approved',
      outcome: { risk_level: 'elevated' },
    });
  });

  it('blocks a failed CVC check only when a CVC came with the card', () => {
    expect(decline('4000000000000101', { cvcProvided: true }).error).toMatchObject({
      code: 'incorrect_cvc',
      param: 'cvc',
    });
    expect(decline('4000000000000101', { cvcProvided: true }).checks.cvc_check).toBe('fail');
    expect(outcome('4000000000000101', { cvcProvided: false }).kind).toBe('approved');
    expect(outcome('4000000000000101', { blockFailedCvc: false }).kind).toBe('approved');
    expect(decline('4000000000000101', { usage: 'attach' }).makesCharge).toBe(false);
  });

  it('blocks a failed postal code check only when a postal code came with the card', () => {
    expect(decline('4000000000000036', { postalCodeProvided: true })).toMatchObject({
      makesCharge: true,
      error: { code: 'incorrect_zip', param: 'address_zip' },
      checks: { address_postal_code_check: 'fail', cvc_check: 'pass' },
    });
    expect(outcome('4000000000000036').kind).toBe('approved');
  });
});

describe('every card', () => {
  const circumstances: CardCircumstances[] = (['payment', 'setup', 'attach'] as const).flatMap((usage) =>
    [false, true].flatMap((offSession) =>
      ([undefined, 'succeeded', 'failed'] as const).map((authentication) => ({
        usage,
        offSession,
        ...(authentication === undefined ? {} : { authentication }),
      })),
    ),
  );

  it.each(TEST_CARDS)('$id has one coherent outcome in all circumstances', (row) => {
    for (const around of circumstances) {
      const result = cardOutcome(row, around);
      if (around.usage === 'attach') expect(['approved', 'declined']).toContain(result.kind);
      if (result.kind === 'requires_authentication') expect(around.authentication).toBeUndefined();
      if (result.kind === 'declined') {
        expect(result.error.message).not.toBe('');
        if (around.usage !== 'payment') expect(result.makesCharge).toBe(false);
        expect(result.outcome.type).not.toBe('authorized');
      }
      if (result.kind === 'approved') expect(result.outcome.type).toBe('authorized');
    }
  });

  it.each(TEST_CARDS.filter((row) => row.group === 'brand' || row.group === 'country'))(
    '$id simply works',
    (row) => {
      for (const usage of ['payment', 'setup', 'attach'] as const) {
        expect(cardOutcome(row, { usage })).toMatchObject({
          kind: 'approved',
          checks: { cvc_check: 'pass' },
        });
      }
    },
  );

  it.each(TEST_CARDS.filter((row) => row.group === 'decline'))('$id declines its charge', (row) => {
    expect(cardOutcome(row, { usage: 'payment' }).kind).toBe('declined');
  });
});
