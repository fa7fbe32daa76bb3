import type { Operations } from '../world.ts';

/** The endpoints of mandates. */
export const mandates: Operations = {};
