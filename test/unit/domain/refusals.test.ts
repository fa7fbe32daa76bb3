import { describe, expect, it } from 'vitest';
import * as refusals from '../../../src/domain/refusals.ts';
import * as setups from '../../../src/domain/setup-refusals.ts';

const STATE = 'payment_intent_unexpected_state';
const SETUP_STATE = 'setup_intent_unexpected_state';

describe('refusals that were recorded word for word', () => {
  it.each(['succeeded', 'canceled'] as const)('cancel in %s', (status) => {
    expect(refusals.cancelRefusal(status)).toEqual({
      code: STATE,
      message: `You cannot cancel this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, expired, processing.`,
    });
  });

  it.each(['requires_payment_method', 'canceled', 'processing'] as const)('capture in %s', (status) => {
    expect(refusals.captureRefusal(status)).toEqual({
      code: STATE,
      message: `This PaymentIntent could not be captured because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    });
  });

  it('capture again', () => {
    expect(refusals.captureRefusal('succeeded', 'remainder_released').message).toBe(
      'The remaining amount on this PaymentIntent could not be captured because the remainder of the authorized amount has been released.',
    );
    expect(refusals.captureRefusal('succeeded', 'captured_in_full').message).toBe(
      'This PaymentIntent could not be captured because it has already been captured.',
    );
  });

  it('capture of too much has no param', () => {
    expect(refusals.captureTooLargeRefusal()).toEqual({
      code: 'amount_too_large',
      message:
        'The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge. Contact us via https://support.stripe.com/contact/ for help.',
    });
  });

  it.each([
    [-100, { message: 'Invalid non-negative integer', param: 'amount_to_capture' }],
    [
      0,
      {
        code: 'parameter_invalid_integer',
        message: 'This value must be greater than or equal to 1.',
        param: 'amount',
      },
    ],
    [1, undefined],
  ])('capture of %d', (amount, expected) => {
    expect(refusals.captureAmountRefusal(amount)).toEqual(expected);
  });

  it('update of the amount of a paid intent', () => {
    expect(refusals.updateRefusal('amount', 'succeeded')).toEqual({
      code: STATE,
      param: 'amount',
      message:
        "This PaymentIntent's amount could not be updated because it has a status of succeeded. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.",
    });
  });

  it('confirm after success', () => {
    expect(refusals.confirmRefusal('succeeded')).toEqual({
      code: STATE,
      message:
        'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
    });
  });

  it('confirm of a canceled intent names what the call tried to change', () => {
    const sentence = (field: string) =>
      `This PaymentIntent's ${field} could not be updated because it has a status of canceled. You may only update the ${field} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`;
    expect(refusals.confirmRefusal('canceled', { publishable: true, givesMethod: true })).toEqual({
      code: STATE,
      param: 'source',
      message: sentence('source'),
    });
    expect(refusals.confirmRefusal('canceled', { givesMethod: true })?.message).toBe(
      sentence('payment_method'),
    );
  });

  it('confirm with nothing to pay with', () => {
    expect(refusals.missingPaymentMethodRefusal()).toEqual({
      code: STATE,
      message:
        "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    });
    expect(refusals.missingPaymentMethodRefusal('cus_1').message).toBe(
      "You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent with cus_1, specify a payment method attached to this customer along with the customer ID.",
    );
  });

  it('confirm with a method of some customer', () => {
    expect(refusals.customerMissingRefusal('pm_1', 'cus_1')).toEqual({
      code: 'parameter_missing',
      param: 'source',
      message:
        'The `payment_method` parameter supplied pm_1 belongs to the Customer cus_1. Please include the Customer in the `customer` parameter on the PaymentIntent.',
    });
    expect(refusals.otherCustomerRefusal('pm_1', 'cus_2')).toEqual({
      param: 'payment_method',
      message:
        'The PaymentMethod pm_1 does not belong to the Customer you supplied cus_2. Please use this PaymentMethod with the Customer that it belongs to instead.',
    });
    expect(setups.setupCustomerMissingRefusal('pm_1', 'cus_1')).toEqual({
      param: 'payment_method',
      message:
        'The payment method supplied (pm_1) belongs to the Customer cus_1. Please include the Customer in the `customer` parameter on the SetupIntent.',
    });
  });

  it('set-up: confirm', () => {
    expect(setups.setupConfirmRefusal('succeeded')).toEqual({
      code: SETUP_STATE,
      message: 'You cannot confirm this SetupIntent because it has already succeeded.',
    });
    expect(setups.setupConfirmRefusal('canceled')?.message).toBe(
      'You cannot confirm this SetupIntent because it has been canceled.',
    );
  });

  it('set-up: cancel', () => {
    expect(setups.setupCancelRefusal('canceled').message).toBe(
      'You cannot cancel this SetupIntent because it is already canceled.',
    );
    expect(setups.setupCancelRefusal('succeeded')).toEqual({
      code: SETUP_STATE,
      message:
        'You cannot cancel this SetupIntent because it has a status of succeeded. Only a SetupIntent with one of the following statuses may be canceled: `requires_payment_method`, `requires_confirmation`, or `requires_action`.',
    });
  });

  it('set-up: change of the method, and microdeposits', () => {
    expect(setups.setupUpdateMethodRefusal('succeeded').message).toBe(
      'You cannot update this SetupIntent because it has already succeeded.',
    );
    expect(setups.setupVerifyMicrodepositsRefusal('requires_payment_method')).toEqual({
      code: 'intent_invalid_state',
      message:
        'This SetupIntent cannot be actioned on because it has a status of requires_payment_method. Only a SetupIntent with one of the following statuses may be actioned on: ["requires_action"].',
    });
  });
});

describe('refusals agree with the lifecycle', () => {
  it.each(['requires_payment_method', 'requires_confirmation', 'requires_action'] as const)(
    'nothing refuses confirm in %s',
    (status) => {
      expect(refusals.confirmRefusal(status)).toBeUndefined();
      expect(setups.setupConfirmRefusal(status)).toBeUndefined();
    },
  );

  it.each(['processing', 'requires_capture', 'succeeded', 'canceled'] as const)(
    'confirm is refused in %s',
    (status) => {
      expect(refusals.confirmRefusal(status)?.code).toBe(STATE);
      expect(refusals.confirmRefusal(status, { givesMethod: true })?.code).toBe(STATE);
    },
  );
});
