import type { Check } from './check.ts';
import { bodyChecks } from './checks/body.ts';
import { moneyChecks } from './checks/money.ts';
import { onceChecks } from './checks/once.ts';
import { reachChecks } from './checks/reach.ts';
import { signatureChecks } from './checks/signatures.ts';
import { troubleChecks } from './checks/trouble.ts';

/**
 * Every check, in the order in which they run. The last one sends what may end a handler that is not careful, and the one
 * before lets days pass on the emulator's clock.
 */
export const CHECKS: readonly Check[] = inOrder([
  ...reachChecks,
  ...signatureChecks,
  ...bodyChecks,
  ...onceChecks,
  ...moneyChecks,
  ...troubleChecks,
]);

function inOrder(checks: readonly Check[]): Check[] {
  const last = ['processing', 'internal-error'];
  const rank = ({ id }: Check): number => last.indexOf(id);
  return [...checks].sort((one, other) => rank(one) - rank(other));
}
