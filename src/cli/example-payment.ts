import { findPaymentMethodType, SWITCHED_ON_TYPES } from '../domain/payment-method-types.ts';
import type { TestMethod } from '../domain/test-methods.ts';

/** Needs a larger amount than the example to be offered unasked. */
const onlyForLarge: ReadonlySet<string> = new Set(['affirm']);

/** A command that pays with a test method: in a currency it takes, and allowing its type where an account would not. */
export function examplePayment(method: TestMethod): string {
  const { type, name } = method;
  const unasked = SWITCHED_ON_TYPES.includes(type) && !onlyForLarge.has(type);
  return [
    `payintent create --amount 1099 --currency ${exampleCurrency(type)} --confirm --payment-method ${name}`,
    ...(unasked ? [] : [`--payment-method-types ${type}`]),
    ...(type === 'customer_balance' ? ['--customer cus_…'] : []),
  ].join(' ');
}

function exampleCurrency(type: string): string {
  const taken = findPaymentMethodType(type)?.currencies;
  if (taken === undefined || taken.includes('usd')) return 'usd';
  return taken.includes('eur') ? 'eur' : (taken[0] ?? 'usd');
}
