import type { Operations } from '../world.ts';

/** The endpoints of disputes. */
export const disputes: Operations = {};
