import { describe, expect, test } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import { Voice } from '../../../src/cli/learn/voice.ts';
import { arabicWords } from '../../../src/cli/learn/words/ar.ts';

const COLUMNS = 44;

/** All that a voice reads of it. */
const context = {
  config: {},
  host: { env: {}, stdout: { isTTY: true, columns: COLUMNS, write() {} } },
} as unknown as Context;

describe('what is said below a list', () => {
  test.each(['terminal', 'marks', 'visual'])(
    'has room for the marks of %s, which lists count',
    async (bidi) => {
      const voice = await Voice.open({ lang: 'ar', bidi }, context);
      const choices = Object.values(arabicWords.wishes).map((wish) => ({ ...wish, value: wish.name }));
      const { choices: shown } = voice.question('', choices);
      const lines = shown.flatMap(({ description = '' }) => description.split('\n'));
      expect(lines.length).toBeGreaterThanOrEqual(choices.length);
      expect(lines.filter((line) => line.length > COLUMNS - 1)).toEqual([]);
    },
  );
});

test('the keys begin with a space, since VTE would lose a mark in the first column', async () => {
  const voice = await Voice.open({ lang: 'ar', bidi: 'terminal' }, context);
  expect(voice.question('', []).keys).toMatch(/^ +\u2067↑↓ /);
});

describe('a command to type next', () => {
  test('keeps the language that was asked for', async () => {
    const voice = await Voice.open({ lang: 'ar', bidi: 'terminal' }, context);
    expect(voice.next(['payintent learn'])).toEqual({
      next: ['payintent learn --lang ar --bidi terminal'],
      nextLabel: '\u2067التالي\u2069',
    });
  });

  test('is as it is where nothing was asked for', async () => {
    const voice = await Voice.open({ lang: undefined, bidi: undefined }, context);
    expect(voice.next(['payintent learn'])).toEqual({ next: ['payintent learn'], nextLabel: 'Next' });
  });
});
