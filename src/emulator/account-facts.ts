/** Words and settings of the emulated account that objects show. */

/** What customers read on their statements. */
export const ACCOUNT_DESCRIPTOR = 'PAYINTENT';

/** Id of the payment method configuration that automatic payment methods follow. */
export const METHOD_CONFIGURATION = 'pmc_0EmulatorPayintent0default';
