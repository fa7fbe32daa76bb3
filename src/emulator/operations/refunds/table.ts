import type { Operations } from '../../world.ts';

/** The endpoints of refunds. */
export const refunds: Operations = {};
