import type { Operations } from '../world.ts';

/** The endpoints of webhook endpoints. */
export const webhookEndpoints: Operations = {};
