import { expand } from './api/expand.ts';
import { objectOf } from './collection-of.ts';
import { includeField } from './includables.ts';
import type { ApiHash } from './objects.ts';
import type { World } from './world.ts';

/**
 * The answer with the ids at `paths` replaced by what they stand for.
 *
 * @throws ApiError 400 for a path that cannot be expanded.
 */
export function expandAnswer(world: World, answer: ApiHash, paths: readonly string[]): ApiHash {
  return expand(answer, paths, {
    load: (kinds, id) => objectOf(world, kinds, id),
    include: (owner, field) => includeField(world, owner, field),
  });
}
