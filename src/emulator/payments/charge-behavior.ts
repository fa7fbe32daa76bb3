import { findTestCard, type TestCard } from '../../domain/test-cards.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { Movement } from './balance-transaction.ts';
import type { MethodFacts } from './facts.ts';

/** The row of the test card a charge was made with; undefined for other methods. */
export function testCardOf(world: World, charge: ApiObject): TestCard | undefined {
  const method = charge['payment_method'];
  if (typeof method !== 'string') return undefined;
  const { testCard } = world.facts<MethodFacts>(method);
  return testCard === undefined ? undefined : findTestCard({ id: testCard });
}

/** `card`, `sepa_debit`, ... */
export function methodTypeOf(charge: ApiObject): string {
  return (charge['payment_method_details'] as ApiHash)['type'] as string;
}

/** When and as what a payment reaches the balance: some test cards skip the pending balance (documented). */
export function settlementTerms(
  world: World,
  charge: ApiObject,
): Required<Pick<Movement, 'immediate' | 'sourceType'>> {
  return {
    immediate: testCardOf(world, charge)?.afterwards?.kind === 'funds_available',
    sourceType: sourceTypeOf(charge),
  };
}

/** ACH payments are the `bank_account` part of a balance, everything else counts as `card`. */
export function sourceTypeOf(charge: ApiObject): 'bank_account' | 'card' {
  return methodTypeOf(charge) === 'us_bank_account' ? 'bank_account' : 'card';
}
