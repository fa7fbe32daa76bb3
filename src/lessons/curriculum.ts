import type { Lesson } from './lesson.ts';
import { aDeclineIsNotTheEnd } from './library/a-decline-is-not-the-end.ts';
import { creatingIsNotCharging } from './library/creating-is-not-charging.ts';
import { redirectIsNotPaid } from './library/redirect-is-not-paid.ts';
import { threeRequires } from './library/three-requires.ts';
import { whatAnIntentIs } from './library/what-an-intent-is.ts';

/** All lessons, in the order in which they build on one another. */
export const LESSONS: readonly Lesson[] = [
  whatAnIntentIs,
  creatingIsNotCharging,
  threeRequires,
  aDeclineIsNotTheEnd,
  redirectIsNotPaid,
];

export function findLesson(id: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}
