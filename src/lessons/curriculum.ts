import type { Lesson } from './lesson.ts';
import { creatingIsNotCharging } from './library/creating-is-not-charging.ts';

/** All lessons, in the order in which they build on one another. */
export const LESSONS: readonly Lesson[] = [creatingIsNotCharging];

export function findLesson(id: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}
