import type { Operations } from '../world.ts';

/** The endpoints of the account. */
export const accounts: Operations = {};
