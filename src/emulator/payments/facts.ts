import type { CardAfterwards } from '../../domain/test-cards.ts';

/** What the emulator knows of an intent and the API never shows. */
export interface IntentFacts {
  /** Where the customer goes after the hosted page. */
  returnUrl: string | null;
  /** Whether the last confirmation was made without the customer. */
  offSession: boolean;
  /** Id of the attempt that waits for the customer (`payatt_...`, `setatt_...`). */
  attempt: string;
  /** The method the customer has authenticated, while a manual confirmation is still to come. */
  authenticatedMethod: string | null;
  /** Set when a capture released part of the hold, so that a second capture is told so. */
  released: boolean;
  /** The code from the customer's bank app, which the API takes and never shows. */
  blikCode: string;
  /** Mandate made or given for this payment. */
  mandate: string | null;
}

/** What the emulator knows of a payment method and the API never shows. */
export interface MethodFacts {
  /** Id of the row in the table of test cards, for cards. */
  testCard: string;
  /** Key of the row in the table of test bank accounts, for bank debits. */
  testAccount: string;
  /** An unattached method that was tried once, or that was detached, can never be used again. */
  spent: boolean;
  /** The customer has authenticated a set-up for later off-session payments. */
  setUp: boolean;
}

/** What the emulator knows of a charge and the API never shows. */
export interface ChargeFacts {
  /** What the test method does after the payment: a dispute, a failing refund, ... */
  afterwards: CardAfterwards;
}
