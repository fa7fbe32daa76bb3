import type { Operations } from '../../world.ts';

/** The endpoints of customers. */
export const customers: Operations = {};
