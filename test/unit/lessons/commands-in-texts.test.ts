import { expect, test } from 'vitest';
import { locate } from '../../../src/cli/locate.ts';
import { parseLine } from '../../../src/cli/parse.ts';
import { registry } from '../../../src/commands/registry.ts';
import { loadTermTexts } from '../../../src/lessons/glossary/texts.ts';
import { assistantPrompt } from '../../../src/lessons/prompt/prompt.ts';
import { readStack } from '../../../src/lessons/prompt/stack.ts';
import { LANGS } from '../../../src/lessons/text.ts';
import { loadTexts } from '../../../src/lessons/texts.ts';
import { splitWords } from '../../support/split-words.ts';

/** Every command of ours inside a text: a code span, or a line of a fenced block. */
function commandsIn(text: string): string[] {
  const spans = [...text.matchAll(/`(payintent [^`\n]+)`/g)].map(([, command = '']) => command);
  const lines = [...text.matchAll(/^(payintent .+)$/gm)].map(([, command = '']) => command);
  return [...spans, ...lines];
}

const prompts = LANGS.map((lang) =>
  assistantPrompt(lang, { stack: readStack('Rails and React'), term: undefined }),
);
const texts = await Promise.all(LANGS.flatMap((lang) => [loadTermTexts(lang), loadTexts(lang)]));

const commands = [...new Set([...prompts, ...texts.map((all) => strings(all))].flatMap(commandsIn))];

function strings(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  return Object.values(value ?? {})
    .map(strings)
    .join('');
}

test('texts name commands', () => {
  expect(commands.length).toBeGreaterThan(30);
});

test.each(commands)('%s is written as the command takes it', async (command) => {
  const words = splitWords(command.replace(/\s*[|>].*$/, '')).slice(1);
  const { entry, words: rest } = locate(registry, words);
  // A text may name a command without saying how it goes on.
  if (rest.length === 0) return;
  const { spec } = await entry.load();
  parseLine(spec, rest);
});
