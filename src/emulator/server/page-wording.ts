import { findPaymentMethodType } from '../../domain/payment-method-types.ts';

/** What the page says about the step an intent waits for, in the words of its payment method. */
export interface Wording {
  readonly title: string;
  readonly explanation: string;
  readonly complete: string;
  readonly fail: string;
}

/**
 * @param nextAction `next_action.type` of the intent
 * @param method type of the payment method, e.g. `card` or `ideal`
 * @param setup true for a SetupIntent: nothing is paid
 */
export function wordingFor(nextAction: string, method: string, setup: boolean): Wording {
  if (nextAction === 'verify_with_microdeposits') return MICRODEPOSITS;
  const name = methodName(method);
  switch (findPaymentMethodType(method)?.behavior) {
    case 'voucher':
      return {
        title: `Pay with ${name}`,
        explanation:
          'On Stripe the customer pays the voucher at a shop, a machine or a bank. Here you decide what happens to it.',
        complete: 'Pay the voucher',
        fail: 'Let the voucher expire',
      };
    case 'bank_transfer':
      return {
        title: 'Transfer the amount',
        explanation:
          'On Stripe the customer sends a bank transfer with the reference. Here you decide whether it arrives.',
        complete: 'Send the transfer',
        fail: 'Let the transfer fail',
      };
    case 'qr':
      return setup
        ? approval(`Set up ${name}`, `scans a code and approves in the ${name} app`, '')
        : approval(`Pay with ${name}`, `scans a code and approves in the ${name} app`, ' the payment');
    case 'redirect':
    case 'app_approval':
      return setup
        ? approval(`Set up ${name}`, `approves on the site or in the app of ${name}`, '')
        : approval(`Pay with ${name}`, `approves on the site or in the app of ${name}`, ' the payment');
    default:
      return {
        title: setup ? 'Authenticate this card' : 'Authenticate this payment',
        explanation:
          "On Stripe the customer's bank asks for proof with 3D Secure. Here you decide whether the proof succeeds.",
        complete: 'Complete authentication',
        fail: 'Fail authentication',
      };
  }
}

const MICRODEPOSITS: Wording = {
  title: 'Verify this bank account',
  explanation:
    'On Stripe the customer enters the amounts, or the code, of small deposits to the account. Here you decide whether they are right.',
  complete: 'Verify the account',
  fail: 'Enter wrong values',
};

const approval = (title: string, what: string, object: string): Wording => ({
  title,
  explanation: `On Stripe the customer ${what}. Here you decide the outcome.`,
  complete: `Approve${object}`,
  fail: `Refuse${object}`,
});

const CARD_BRANDS: Readonly<Record<string, string>> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_australia: 'eftpos',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** A payment method type or a card brand as people write it: `ideal` is iDEAL, `amex` American Express. */
export function methodName(type: string): string {
  return CARD_BRANDS[type] ?? findPaymentMethodType(type)?.name ?? type;
}
