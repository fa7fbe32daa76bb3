import type { Operations } from '../world.ts';

/** The endpoints of events. */
export const events: Operations = {};
