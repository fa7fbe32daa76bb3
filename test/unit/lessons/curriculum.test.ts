import { afterEach, describe, expect, test } from 'vitest';
import { LESSONS } from '../../../src/lessons/curriculum.ts';
import { LessonRun } from '../../../src/lessons/lesson-run.ts';
import type { StepResult } from '../../../src/scenario/runner.ts';
import { openClassroom } from '../../support/classroom.ts';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

const deviationsOf = (results: readonly StepResult[]) =>
  results.flatMap(({ step, deviations }) => deviations.map((text) => `${step.title}: ${text}`));

const unmet = (checks: readonly { id: string; met: boolean }[]) =>
  checks.filter(({ met }) => !met).map(({ id }) => id);

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s', (_, lesson) => {
  test('its steps lead to what they say; only then the checks are met', async () => {
    const classroom = await openClassroom();
    close = classroom.close;
    const run = LessonRun.start(lesson, classroom);
    for (let round = run.round; round !== undefined; round = run.round) {
      expect(deviationsOf(await run.begin()), `given of ${round.id}`).toEqual([]);
      expect(unmet(await run.check()), `of ${round.id}, before anything was done`).not.toEqual([]);
      expect(deviationsOf(await run.perform()), `steps of ${round.id}`).toEqual([]);
      expect(unmet(await run.check()), `of ${round.id}, after its steps`).toEqual([]);
      run.next();
    }
  });

  test('it can be left and taken up again before and after every turn', async () => {
    const classroom = await openClassroom();
    close = classroom.close;
    let run = LessonRun.start(lesson, classroom);
    const again = () => LessonRun.resume(lesson, classroom, JSON.parse(JSON.stringify(run.state)));
    for (let round = run.round; round !== undefined; round = run.round) {
      run = again();
      await run.begin();
      run = again();
      await run.perform();
      expect(unmet(await again().check()), `of ${round.id}`).toEqual([]);
      await run.check();
      run.next();
    }
  });

  test('its ids are unique, and the right answer is one of the answers', () => {
    const twice = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
    expect(twice(lesson.rounds.map(({ id }) => id))).toEqual([]);
    for (const { predict, task } of lesson.rounds) {
      expect(task.checks.length).toBeGreaterThan(0);
      expect(twice(task.checks.map(({ id }) => id))).toEqual([]);
      if (predict === undefined) continue;
      expect(twice(predict.choices)).toEqual([]);
      expect(predict.choices.length).toBeGreaterThan(1);
      expect(predict.choices).toContain(predict.right);
    }
  });
});

test('the lessons have names of their own', () => {
  const ids = LESSONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});
