import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../../src/lessons/curriculum.ts';
import { hasProgram, proveChecks, proveResuming } from '../../support/lesson-proof.ts';

const named = LESSONS.map((lesson) => [lesson.id, lesson] as const);

// Those with programs to start stand in test/process.
describe.each(named.filter(([, lesson]) => !hasProgram(lesson)))('%s', (_, lesson) => {
  test('its steps lead to what they say; only then the checks are met', () => proveChecks(lesson));
  test('it can be left and taken up again before and after every turn', () => proveResuming(lesson));
});

describe.each(named)('%s', (_, lesson) => {
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
