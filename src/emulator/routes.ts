import { knownRoutes, operations } from './api/tables.ts';
import { accounts } from './operations/accounts.ts';
import { balance } from './operations/balance.ts';
import { charges } from './operations/charges/table.ts';
import { confirmationTokens } from './operations/confirmation-tokens.ts';
import { cashBalances } from './operations/customers/cash-balance.ts';
import { customers } from './operations/customers/table.ts';
import { disputes } from './operations/disputes/table.ts';
import { emulatorOperations } from './operations/emulator.ts';
import { events } from './operations/events.ts';
import { mandates } from './operations/mandates.ts';
import { paymentIntents } from './operations/payment-intents/table.ts';
import { paymentMethods } from './operations/payment-methods/table.ts';
import { refunds } from './operations/refunds/table.ts';
import { search } from './operations/search.ts';
import { setupIntents } from './operations/setup-intents/table.ts';
import { tokens } from './operations/tokens.ts';
import { webhookEndpoints } from './operations/webhook-endpoints.ts';
import type { Endpoint } from './router.ts';
import type { Operations } from './world.ts';

/** The route table: every endpoint the emulator answers, by its id in the generated tables. */
export const OPERATIONS: Operations = {
  ...accounts,
  ...balance,
  ...cashBalances,
  ...charges,
  ...confirmationTokens,
  ...customers,
  ...disputes,
  ...emulatorOperations,
  ...events,
  ...mandates,
  ...paymentIntents,
  ...paymentMethods,
  ...refunds,
  ...search,
  ...setupIntents,
  ...tokens,
  ...webhookEndpoints,
};

/** Endpoints the generated tables describe in full; those without an operation answer that they are not emulated. */
export const API_ENDPOINTS: readonly Endpoint[] = operations();

/** Every endpoint Stripe has, so that one it has and we lack is told from a mistyped URL. */
export const KNOWN_ENDPOINTS: readonly Endpoint[] = [...knownRoutes()].map((route) => ({
  ...route,
  id: route.path,
}));
