import type { FieldDifference } from './field-differences.ts';

/** Fields that follow from the settings of an account, and what they follow from. */
export interface AccountField {
  /** As docs and `--all` show it. */
  readonly field: string;
  readonly pattern: RegExp;
  readonly because: string;
}

function named(field: string, because: string): AccountField {
  const escaped = field.replaceAll('.', '\\.').replaceAll('*', '[^.]+');
  return { field, pattern: new RegExp(`(?:^|\\.)${escaped}(?:$|[.[])`), because };
}

/** What two accounts may answer differently without either being wrong. Differences in them are counted and fail nothing. */
export const ACCOUNT_FIELDS: readonly AccountField[] = [
  named('payment_method_configuration_details', 'the payment method settings of the account'),
  named('automatic_payment_methods', 'the payment method settings of the account'),
  named('calculated_statement_descriptor', 'the name of the account'),
  named('statement_descriptor', 'the name of the account'),
  named('statement_descriptor_suffix', 'the name of the account'),
  named('on_behalf_of', 'how the account belongs to a platform'),
  named('application', 'how the account belongs to a platform'),
  named('balance_transaction.amount', 'the country and currency of the account'),
  named('balance_transaction.available_on', 'the payout settings of the account'),
  named('balance_transaction.balance_type', 'the balances of the account'),
  named('balance_transaction.currency', 'the country and currency of the account'),
  named('balance_transaction.exchange_rate', 'the country and currency of the account'),
  named('balance_transaction.fee', 'the fees of the account'),
  named('balance_transaction.fee_details', 'the fees of the account'),
  named('balance_transaction.net', 'the fees of the account'),
  named('dispute.balance_transactions', 'the fees of the account'),
  named('dispute.evidence_details.due_by', 'the hour at which the deadlines of banks end'),
  named('refund.destination_details.card.reference', 'how soon the bank names a refund'),
  named('refund.destination_details.card.reference_status', 'how soon the bank names a refund'),
  named('verify_with_microdeposits.arrival_date', 'the working days of banks'),
  named('outcome.risk_level', "the account's Radar"),
  named('outcome.risk_score', "the account's Radar"),
  named('outcome.rule', "the account's Radar"),
  named('charge.radar_options', "the account's Radar"),
  named('card.extended_authorization', 'the pricing plan of the account'),
  named('card.incremental_authorization', 'the pricing plan of the account'),
  named('card.multicapture', 'the pricing plan of the account'),
  named('card.overcapture', 'the pricing plan of the account'),
  named('card.network_token', 'the features of the account'),
  named('card.authorization_code', 'how the account is connected to card networks'),
  named('card.network_transaction_id', 'how the account is connected to card networks'),
  named('presentment_details', 'the features of the account'),
  named('display_bank_transfer_instructions.financial_addresses', 'the banks that serve the account'),
  named('display_bank_transfer_instructions.hosted_instructions_url', 'the banks that serve the account'),
  named('customer.default_currency', 'the country and currency of the account'),
  named('customer.next_invoice_sequence', 'the invoices of the account'),
  named('customer.tax_exempt', 'the tax settings of the account'),
];

/** What a difference follows from where it says nothing about the emulator; undefined where it does. */
export function accountReason({
  field,
  test,
  emulator,
}: Pick<FieldDifference, 'field'> & Partial<FieldDifference>): string | undefined {
  const known = ACCOUNT_FIELDS.find(({ pattern }) => pattern.test(field))?.because;
  if (known !== undefined || typeof test !== 'string') return known;
  if (field !== 'error.message') return undefined;
  // Minimums are those of the currency that the account is paid out in.
  if (/^Amount must convert to at least/.test(test)) return 'the country and currency of the account';
  return typeof emulator === 'string' && test.startsWith(`${emulator}; It's possible this`)
    ? 'how the account belongs to a platform'
    : undefined;
}

/**
 * Why the account cannot do what the emulator's can; undefined for every other refusal. Words of Stripe's messages:
 * payment methods that are not activated, currencies and features that the country of the account does not have.
 */
export function accountCannot(message: string): boolean {
  return /activated in your dashboard|not (?:been )?(?:activated|enabled)|account(?:'s)? (?:country|does not support|is not eligible|isn't|cannot|must)|your account (?:cannot|is not|doesn't|needs|must)|not (?:available|supported) (?:in|for) your (?:account|country)|not supported by (?:your|this) account|capability|must convert to at least|API policies settings|card numbers directly|ask (?:support )?for access|contact (?:us|support|stripe)/i.test(
    message,
  );
}
