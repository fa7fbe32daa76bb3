import type { Operations } from '../world.ts';

/** The endpoints of tokens. */
export const tokens: Operations = {};
