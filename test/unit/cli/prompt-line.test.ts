import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { PromptCancelled } from '../../../src/cli/host.ts';
import { openPrompter } from '../../../src/cli/prompt.ts';

async function atKeyboard() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const prompter = await openPrompter({ input, output }, false);
  return { prompter, type: (text: string) => input.write(text), shown: () => shown };
}

test('a line that ends in a backslash goes on', async () => {
  const { prompter, type } = await atKeyboard();
  const line = prompter.line({ message: '$' });
  type('curl a \\\r');
  type('  -d b\r');
  expect(await line).toBe('curl a \\\n  -d b');
});

test('commands that are pasted together come one after the other, without the lines between', async () => {
  const { prompter, type, shown } = await atKeyboard();
  const first = prompter.line({ message: '$' });
  type('one \\\n  more\n\ntwo\nthree\n');
  expect(await first).toBe('one \\\n  more');
  expect(await prompter.line({ message: '$' })).toBe('two');
  expect(shown()).toMatch(/\$ two\n$/);
  expect(await prompter.line({ message: '$' })).toBe('three');
  const last = prompter.line({ message: '$' });
  type('\n');
  expect(await last).toBe('');
});

test('^C and ^D leave', async () => {
  for (const key of ['\u0003', '\u0004']) {
    const { prompter, type } = await atKeyboard();
    const line = prompter.line({ message: '$' });
    type(key);
    await expect(line).rejects.toBeInstanceOf(PromptCancelled);
  }
});
