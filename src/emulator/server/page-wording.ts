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
  const name = methodName(method);
  if (/^(boleto|oxxo|konbini|multibanco)_display_details$/.test(nextAction)) {
    return {
      title: `Pay this ${name} voucher`,
      explanation:
        'On Stripe the customer takes the voucher to a shop or a bank and pays it there. Here you decide what happens to it.',
      complete: 'Pay the voucher',
      fail: 'Let the voucher expire',
    };
  }
  if (nextAction === 'display_bank_transfer_instructions') {
    return {
      title: 'Transfer the amount',
      explanation:
        'On Stripe the customer sends a bank transfer with the reference. Here you decide whether it arrives.',
      complete: 'Send the transfer',
      fail: 'Let the transfer fail',
    };
  }
  if (nextAction.includes('qr_code')) {
    return {
      title: `${setup ? 'Approve' : 'Pay'} with ${name}`,
      explanation: `On Stripe the customer scans a code and approves in the ${name} app. Here you decide the outcome.`,
      complete: setup ? 'Approve' : 'Approve the payment',
      fail: setup ? 'Refuse' : 'Refuse the payment',
    };
  }
  if (method === 'card' || nextAction === 'use_stripe_sdk') {
    return {
      title: setup ? 'Authenticate this card' : 'Authenticate this payment',
      explanation:
        "On Stripe the customer's bank asks for proof with 3D Secure. Here you decide whether the proof succeeds.",
      complete: 'Complete authentication',
      fail: 'Fail authentication',
    };
  }
  return {
    title: setup ? `Set up ${name}` : `Authorize this ${name} payment`,
    explanation: `On Stripe the customer approves on the site or in the app of ${name}. Here you decide the outcome.`,
    complete: setup ? 'Authorize' : 'Authorize the payment',
    fail: setup ? 'Refuse' : 'Fail the payment',
  };
}

/** Names that are not their type with capital letters. */
const NAMES: Readonly<Record<string, string>> = {
  acss_debit: 'pre-authorized debit',
  afterpay_clearpay: 'Afterpay / Clearpay',
  alipay: 'Alipay',
  amazon_pay: 'Amazon Pay',
  au_becs_debit: 'BECS Direct Debit',
  bacs_debit: 'Bacs Direct Debit',
  blik: 'BLIK',
  cashapp: 'Cash App Pay',
  eps: 'EPS',
  fpx: 'FPX',
  grabpay: 'GrabPay',
  ideal: 'iDEAL',
  kr_card: 'Korean card',
  mb_way: 'MB WAY',
  mobilepay: 'MobilePay',
  nz_bank_account: 'New Zealand BECS Direct Debit',
  oxxo: 'OXXO',
  p24: 'Przelewy24',
  paynow: 'PayNow',
  paypal: 'PayPal',
  payco: 'PAYCO',
  promptpay: 'PromptPay',
  revolut_pay: 'Revolut Pay',
  sepa_debit: 'SEPA Direct Debit',
  sofort: 'Sofort',
  twint: 'TWINT',
  upi: 'UPI',
  us_bank_account: 'ACH Direct Debit',
  wechat_pay: 'WeChat Pay',
};

/** A payment method type as people write it: `ideal` is iDEAL, `klarna` is Klarna. */
export function methodName(type: string): string {
  return (
    NAMES[type] ??
    type
      .split('_')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(' ')
  );
}
