import { describe, expect, test } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import { Voice } from '../../../src/cli/learn/voice.ts';
import { arabicWords } from '../../../src/cli/learn/words/ar.ts';

const COLUMNS = 44;

/** All that a voice reads of it. */
const context = {
  host: { env: {}, stdout: { isTTY: true, columns: COLUMNS, write() {} } },
} as unknown as Context;

describe('what is said below a list', () => {
  test.each(['terminal', 'marks', 'visual'])(
    'has room for the marks of %s, which lists count',
    async (bidi) => {
      const voice = await Voice.open('ar', bidi, context);
      const choices = Object.values(arabicWords.wishes).map((wish) => ({ ...wish, value: wish.name }));
      const { choices: shown } = voice.question('', choices);
      const lines = shown.flatMap(({ description = '' }) => description.split('\n'));
      expect(lines.length).toBeGreaterThanOrEqual(choices.length);
      expect(lines.filter((line) => line.length > COLUMNS - 1)).toEqual([]);
    },
  );
});
