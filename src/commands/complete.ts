import type { Command } from '../cli/spec.ts';
import { proseView } from '../cli/view.ts';

/** Hidden: what the completion scripts ask. The last word is the one being typed. */
export const completeCommand: Command = {
  spec: {
    name: '__complete',
    description: 'Answers the completions of a command line, one value and note a line.',
    arguments: [{ name: 'words', summary: 'the words so far', variadic: true }],
    examples: [],
    local: true,
  },
  async run(context, input) {
    const { candidates } = await import('../cli/complete.ts');
    const { registry } = await import('./registry.ts');
    const found = await candidates(context, registry, input.rest('words'));
    const lines = found.map(({ value, note }) => (note === undefined ? value : `${value}\t${note}`));
    return { data: found, view: proseView(() => lines.join('\n')) };
  },
};
