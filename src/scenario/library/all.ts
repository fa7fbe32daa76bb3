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

/** Scenarios about one thing. */
export interface ScenarioGroup {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

/** From the simple to the special. */
export const SCENARIO_GROUPS: readonly ScenarioGroup[] = [
  { title: 'Card payments', scenarios: cardScenarios },
  { title: 'Amounts and currencies', scenarios: amountScenarios },
  { title: 'Requests that are sent twice', scenarios: retryScenarios },
  { title: 'Declines', scenarios: declineScenarios },
  { title: '3D Secure', scenarios: authenticationScenarios },
  { title: 'Reserve first, capture later', scenarios: authorizationScenarios },
  { title: 'Second thoughts and many attempts', scenarios: changeOfMindScenarios },
  { title: 'Bank debits', scenarios: bankDebitScenarios },
  { title: 'Redirects and vouchers', scenarios: elsewhereScenarios },
  { title: 'Bank transfers', scenarios: bankTransferScenarios },
  { title: 'Refunds', scenarios: refundScenarios },
  { title: 'Disputes', scenarios: disputeScenarios },
  { title: 'Saving cards', scenarios: setupScenarios },
  { title: 'Customers', scenarios: customerScenarios },
];

/** Every scenario there is. */
export const SCENARIOS: readonly Scenario[] = SCENARIO_GROUPS.flatMap(({ scenarios }) => scenarios);

export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
