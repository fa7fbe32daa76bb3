import type { ApiRecord } from '../gateway/gateway.ts';
import { isCall } from '../scenario/format.ts';
import { follow, resolve } from '../scenario/references.ts';
import type { Round } from './lesson.ts';

/** Where a text leaves an id open: `pi_…`. The secret of an intent is not one. */
const OPEN = /\b([a-z]+)_…(?!_)/g;

/**
 * Puts ids that are known in the place of `pi_…` and its like: those that the steps of the round are about, else what was
 * found in this turn. What is not known, or could be one of several, stays open.
 *
 * @param found names of the objects that this turn has made
 */
export function fillIds(
  text: string,
  { task }: Pick<Round, 'task'>,
  objects: ReadonlyMap<string, ApiRecord>,
  found: ReadonlySet<string>,
): string {
  const meant = idsOfSteps(task, objects);
  const made = [...found].flatMap((name) => idOf(objects.get(name)?.['id']));
  return text.replace(OPEN, (open: string, prefix: string) => {
    for (const ids of [meant, made]) {
      const fitting = [...new Set(ids.filter((id) => id.startsWith(`${prefix}_`)))];
      if (fitting.length > 0) return fitting.length === 1 ? (fitting[0] ?? open) : open;
    }
    return open;
  });
}

/** What the references of the steps lead to. Those to what a step makes lead nowhere: the name may still be another's. */
function idsOfSteps(
  { steps, exercise }: Round['task'],
  objects: ReadonlyMap<string, ApiRecord>,
): readonly string[] {
  const known = new Map(objects);
  const ids: string[] = [];
  const collect = (value: unknown): void => {
    resolve(value, (path) => {
      const [name = '', ...rest] = path.split('.');
      const led = follow(known.get(name), rest);
      ids.push(...idOf(led));
      return led ?? 0;
    });
  };
  for (const visit of exercise?.visits ?? []) collect(visit);
  for (const step of steps) {
    collect(step);
    if (isCall(step) && step.as !== undefined) known.delete(step.as);
  }
  return ids;
}

const idOf = (value: unknown): string[] =>
  typeof value === 'string' && /^[a-z]+_[A-Za-z0-9]+$/.test(value) ? [value] : [];
