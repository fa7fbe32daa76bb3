import type { Operations } from '../../world.ts';

/** The endpoints of payment methods. */
export const paymentMethods: Operations = {};
