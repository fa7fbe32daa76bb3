import { expect } from 'vitest';
import type { Lesson, Round } from '../../src/lessons/lesson.ts';
import { LessonRun } from '../../src/lessons/lesson-run.ts';
import type { StepResult } from '../../src/scenario/runner.ts';
import { openClassroom, type TestClassroom } from './classroom.ts';

/** Lessons whose programs have to be started. */
export function hasProgram(lesson: Lesson): boolean {
  return lesson.rounds.some(({ task }) => task.exercise !== undefined);
}

const deviationsOf = (results: readonly StepResult[]) =>
  results.flatMap(({ step, deviations }) => deviations.map((text) => `${step.title}: ${text}`));

const unmet = (checks: readonly { id: string; met: boolean }[]) =>
  checks.filter(({ met }) => !met).map(({ id }) => id);

/** What is to be done, by the book: a program that the learner is to mend is mended. */
async function doAll(run: LessonRun, classroom: TestClassroom): Promise<readonly StepResult[]> {
  const exercise = run.round?.task.exercise;
  if (exercise?.runs === 'copy') await classroom.write(exercise, 'mended');
  return run.perform();
}

/** In every round the checks are met after its steps and not before, and each step leads to what it says. */
export async function proveChecks(lesson: Lesson): Promise<void> {
  const classroom = await openClassroom();
  const run = LessonRun.start(lesson, classroom);
  try {
    for (let round = run.round; round !== undefined; round = run.round) {
      if (round.task.exercise !== undefined) await classroom.write(round.task.exercise, 'start');
      expect(deviationsOf(await run.begin()), `given of ${round.id}`).toEqual([]);
      expect(unmet(await run.check()), `of ${round.id}, before anything was done`).not.toEqual([]);
      expect(deviationsOf(await doAll(run, classroom)), `steps of ${round.id}`).toEqual([]);
      expect(unmet(await run.check()), `of ${round.id}, after its steps`).toEqual([]);
      await run.next();
    }
  } finally {
    await run.close();
    await classroom.close();
  }
}

/** A lesson can be left at any time, and nothing but its written state is needed to go on. */
export async function proveResuming(lesson: Lesson): Promise<void> {
  const classroom = await openClassroom();
  let run = LessonRun.start(lesson, classroom);
  const leaveAndReturn = async (): Promise<void> => {
    const state = JSON.parse(JSON.stringify(run.state));
    await run.close();
    run = LessonRun.resume(lesson, classroom, state);
  };
  try {
    for (let round = run.round; round !== undefined; round = run.round) {
      if (round.task.exercise !== undefined) await classroom.write(round.task.exercise, 'start');
      await leaveAndReturn();
      await run.begin();
      await leaveAndReturn();
      await run.begin();
      await doAll(run, classroom);
      // What came to a program is not remembered by the emulator.
      if (round.task.exercise === undefined) await leaveAndReturn();
      expect(unmet(await run.check()), `of ${round.id}`).toEqual([]);
      await run.next();
    }
  } finally {
    await run.close();
    await classroom.close();
  }
}

/**
 * Plays all rounds of a lesson by the book. Answers what is not as the steps and the checks say; programs are started and
 * visited, but not tried, which takes long and sends nothing that is shown.
 */
export async function playLesson(lesson: Lesson, classroom: TestClassroom): Promise<string[]> {
  const rounds = lesson.rounds.map((round): Round => {
    const { exercise } = round.task;
    if (exercise?.probe === undefined) return round;
    const { probe: _probe, ...untried } = exercise;
    return { ...round, task: { ...round.task, exercise: untried, checks: [] } };
  });
  const run = LessonRun.start({ ...lesson, rounds }, classroom);
  const found: string[] = [];
  try {
    while (run.round !== undefined) {
      found.push(...deviationsOf(await run.begin()), ...deviationsOf(await doAll(run, classroom)));
      found.push(...unmet(await run.check()).map((id) => `the check ${id} is not met`));
      await run.next();
    }
    return found;
  } finally {
    await run.close();
  }
}
