/** An operation on something that belongs to another object, as SDKs reach it: `customers.cash_balance.update`. */
export interface Below {
  /** `customers` */
  readonly owner: string;
  /** `cash_balance` */
  readonly thing: string;
  /** `update` */
  readonly verb: string;
}

const THINGS: Readonly<Record<string, string>> = {
  amount_details_line_item: 'amount_details_line_items',
  balance_transaction: 'balance_transactions',
  cash_balance: 'cash_balance',
  cash_balance_transaction: 'cash_balance_transactions',
  funding_instruction: 'funding_instructions',
  payment_method: 'payment_methods',
  source: 'payment_sources',
  tax_id: 'tax_ids',
};

/** The SDK for Node keeps `customers.updateCashBalance`; those for Python, Ruby and Go have a place for each thing. */
export function belowOf(call: string): Below | undefined {
  const [, owner = '', verb = '', thing = ''] =
    /^(customers|payment_intents)\.(create|delete|list|retrieve|update|verify)_(\w+?)s?$/.exec(call) ?? [];
  const name = Object.hasOwn(THINGS, thing) ? THINGS[thing] : undefined;
  return name === undefined ? undefined : { owner, thing: name, verb };
}

/** Routes from before the SDKs of today, which none of them has a method for. */
export function isWithoutMethod(call: string): boolean {
  return /^charges\.(refund|\w+_refunds?|\w+_dispute)$|^balance\.\w+_history$/.test(call);
}
