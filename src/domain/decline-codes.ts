import rows from './data/decline-codes.json' with { type: 'json' };

/** What is known about one decline code: for `payintent explain` and for errors. */
export interface DeclineCode {
  code: string;
  /** Card declines, or the codes of other methods (bank redirects, wallets). */
  appliesTo: 'card' | 'local';
  description: string;
  /** What to do about it, one or two sentences. */
  nextStep: string;
  whoActs:
    | 'customer-authenticates'
    | 'customer-changes-method'
    | 'customer-contacts-issuer'
    | 'customer-corrects-details'
    | 'developer'
    | 'nobody'
    | 'provider';
  retry:
    | 'after-authentication'
    | 'after-correction'
    | 'after-customer-acts'
    | 'check-first'
    | 'later'
    | 'never'
    | 'never-same-card'
    | 'try-again';
  /** The `code` that comes with it. */
  errorCode: string;
  /** True where the customer must be told no more than "declined". */
  hideFromCustomer?: boolean;
  deprecated?: boolean;
  /** The test PaymentMethod that answers with it. */
  testCard?: string;
  uncertain?: boolean;
}

/** Every decline code of Stripe's page (late 2026), card codes first. The API may send others: treat them alike. */
export const DECLINE_CODES = rows as readonly unknown[] as readonly DeclineCode[];

export function findDeclineCode(code: string): DeclineCode | undefined {
  return DECLINE_CODES.find((row) => row.code === code);
}

/** The three values of `advice_code` and what they tell you. */
export const ADVICE_CODES: Readonly<Record<string, string>> = {
  try_again_later: 'The same payment may work after a wait.',
  do_not_try_again: 'Do not charge this card again.',
  confirm_card_data: 'Ask the customer to check or retype the card details.',
};
