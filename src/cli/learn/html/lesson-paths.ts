import { PAYMENT_MACHINE } from '../../../domain/machine.ts';
import type { Lesson } from '../../../lessons/lesson.ts';
import { parseLine, plainText } from '../../../lessons/prose.ts';
import type { LessonText } from '../../../lessons/text.ts';
import { isCall } from '../../../scenario/format.ts';
import type { Path, PathPoint } from '../../diagram/path.ts';

/** The ways that the payments of a lesson take, one for each that is made; those of a single point are left out. */
export function lessonPaths(lesson: Lesson, text: LessonText): Path[] {
  const ways: PathPoint[][] = [];
  let status: string | undefined;
  for (const round of lesson.rounds) {
    const title = plainText(parseLine(text.rounds[round.id]?.title ?? round.id));
    for (const step of [...(round.given ?? []), ...round.task.steps]) {
      if (isCall(step) && step.call === 'payment_intents.create') {
        ways.push([]);
        status = undefined;
      }
      status = step.expect?.status ?? status;
      if (step.expect?.status !== undefined)
        ways.at(-1)?.push({ title, status, events: step.expect.events ?? [] });
    }
  }
  return ways
    .filter((points) => points.length > 1)
    .map((points) => ({ title: plainText(parseLine(text.title)), machine: PAYMENT_MACHINE, points }));
}
