import type { Operations } from '../world.ts';

/** The endpoints of confirmation tokens. */
export const confirmationTokens: Operations = {};
