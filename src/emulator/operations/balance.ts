import type { Operations } from '../world.ts';

/** The endpoints of the balance and its transactions. */
export const balance: Operations = {};
