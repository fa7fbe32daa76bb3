import type { Operations } from '../../world.ts';

/** The endpoints of charges. */
export const charges: Operations = {};
