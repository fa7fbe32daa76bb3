import { nearestAll } from '../domain/nearest.ts';

/** `Did you mean a or b?`, or undefined when nothing is near. Dashes in front of flags are not compared. */
export function didYouMean(typed: string, known: Iterable<string>): string | undefined {
  const near = nearestAll(typed, known);
  return near.length === 0 ? undefined : `Did you mean ${near.join(' or ')}?`;
}
