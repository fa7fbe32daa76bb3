import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/curriculum.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { loadTexts } from '../../src/lessons/texts.ts';
import { runCli, temporaryHome } from '../support/run-cli.ts';

const texts = await loadTexts('en');
const bare = (text: string) => text.replaceAll('`', '');

/** Wrong guesses, as far as there are any, and everything done by the player. */
function answersFor({ id, rounds }: Lesson): string[] {
  return rounds.flatMap(({ id: round, predict }, index) => {
    const next = rounds[index + 1];
    const said = texts[id]?.rounds;
    const labels = (predict?.choices ?? []).map((one) =>
      bare(said?.[round]?.predict?.choices[one]?.label ?? ''),
    );
    const wrong = predict?.choices.findIndex((one) => one !== predict.right) ?? 0;
    // Where an answer does not fit on a line of the list, letters stand for all of them.
    const isLong = labels.some((label) => label.length > COLUMNS - 4);
    return [
      ...(predict === undefined ? [] : [isLong ? ('ABCDE'[wrong] ?? '') : (labels[wrong] ?? '')]),
      'Do it for me',
      ...(next === undefined ? [] : [`Next: ${bare(said?.[next.id]?.title ?? '')}`]),
    ];
  });
}

const COLUMNS = 44;

describe('on a narrow terminal, from the first screen to the end', () => {
  const plain = LESSONS.filter(({ rounds }) => rounds.every(({ task }) => task.exercise === undefined));

  test.each(plain.map((lesson) => [lesson.id, lesson] as const))('%s', async (id, lesson) => {
    const { code, stdout, stderr } = await runCli(['learn', id], {
      tty: true,
      columns: COLUMNS,
      home: temporaryHome(),
      env: { NO_COLOR: '1' },
      answers: answersFor(lesson),
    });
    expect(code, stdout + stderr).toBe(0);
    const asked = lesson.rounds.filter(({ predict }) => predict !== undefined).length;
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`You guessed 0 of ${asked} right.`);
    expect(stdout.replaceAll(/\s+/g, ' ').match(/ \(right\) – /g)).toHaveLength(asked);
    // What is wider than the terminal is one word.
    const wide = stdout.split('\n').filter((line) => line.length > COLUMNS);
    expect(wide.map((line) => line.trim().replace(/ \\$/, '')).filter((line) => /\s/.test(line))).toEqual([]);
  });
});
