import type { Scenario } from '../format.ts';
import { amountScenarios } from './amounts.ts';
import { authenticationScenarios } from './authentication.ts';
import { authorizationScenarios } from './authorizations.ts';
import { bankDebitScenarios } from './bank-debits.ts';
import { bankTransferScenarios } from './bank-transfers.ts';
import { cardScenarios } from './cards.ts';
import { changeOfMindScenarios } from './changes-of-mind.ts';
import { customerScenarios } from './customers.ts';
import { declineScenarios } from './declines.ts';
import { disputeScenarios } from './disputes.ts';
import { elsewhereScenarios } from './elsewhere.ts';
import { refundScenarios } from './refunds.ts';
import { retryScenarios } from './retries.ts';
import { setupScenarios } from './setups.ts';

/** Every scenario there is, from the simple to the special. */
export const SCENARIOS: readonly Scenario[] = [
  ...cardScenarios,
  ...amountScenarios,
  ...retryScenarios,
  ...declineScenarios,
  ...authenticationScenarios,
  ...authorizationScenarios,
  ...changeOfMindScenarios,
  ...bankDebitScenarios,
  ...elsewhereScenarios,
  ...bankTransferScenarios,
  ...refundScenarios,
  ...disputeScenarios,
  ...setupScenarios,
  ...customerScenarios,
];

export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
