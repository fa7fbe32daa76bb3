import type { Operations } from '../../world.ts';

/** The endpoints of SetupIntents. */
export const setupIntents: Operations = {};
