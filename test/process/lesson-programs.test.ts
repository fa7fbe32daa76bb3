import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/curriculum.ts';
import { hasProgram, proveChecks, proveResuming } from '../support/lesson-proof.ts';

const withPrograms = LESSONS.filter(hasProgram).map((lesson) => [lesson.id, lesson] as const);

describe.each(withPrograms)('%s', (_, lesson) => {
  test('its steps lead to what they say; only then the checks are met', () => proveChecks(lesson));
  test('it can be left and taken up again before and after every turn', () => proveResuming(lesson));
});

test('there are such lessons', () => {
  expect(withPrograms.length).toBeGreaterThan(0);
});
