import { CliError } from '../cli/errors.ts';
import { exitMeanings } from '../cli/exit-codes.ts';
import { sharedOptions, targetOptions } from '../cli/global-options.ts';
import { commandData, drawCommand, drawGroup, drawOverview } from '../cli/help.ts';
import { helpTopics } from '../cli/help-topics.ts';
import { type CommandEntry, commandsBelow, type Registry } from '../cli/registry.ts';
import type { Command, Result } from '../cli/spec.ts';
import { didYouMean } from '../cli/suggest.ts';
import { version } from '../cli/version.ts';
import { proseView } from '../cli/view.ts';

export const helpCommand: Command = {
  spec: {
    name: 'help',
    description:
      'Shows how payintent, one of its commands, or a subject works. With --json the same as data: all commands with their flags, examples, fields and exit codes.',
    arguments: [{ name: 'topic', summary: 'command or subject', variadic: true, complete: 'topics' }],
    examples: [
      { command: 'payintent help', summary: 'all commands and topics' },
      { command: 'payintent help create', summary: 'one command' },
      { command: 'payintent help statuses', summary: 'the transition table' },
      { command: 'payintent help --json', summary: 'the command tree as data' },
    ],
    related: ['explain', 'methods'],
    local: true,
  },
  async run({ globals }, input) {
    const { registry } = await import('./registry.ts');
    const words = input.rest('topic');
    const name = words.join(' ');
    if (name === '') {
      // The tree loads every command, which reading the overview need not wait for.
      const data = globals.json || globals.jsonl ? await tree(registry) : undefined;
      return { data, view: proseView((ui) => drawOverview(registry, ui)) };
    }
    const entry = registry.find((one) => one.name === name);
    if (entry !== undefined) return commandHelp(entry, commandsBelow(registry, words));
    const below = commandsBelow(registry, words);
    if (below.length > 0) {
      return {
        data: await Promise.all(below.map(loaded)),
        view: proseView((ui) => drawGroup(name, below, ui)),
      };
    }
    const topic = helpTopics.find((one) => one.name === name);
    if (topic !== undefined) return (await topic.load())();
    throw new CliError('TOPIC_UNKNOWN', `There is no command or topic ${JSON.stringify(name)}`, {
      why: didYouMean(
        name,
        [...registry.filter((one) => one.hidden !== true), ...helpTopics].map((one) => one.name),
      ),
      fix: ['payintent help', `payintent explain ${words[0] ?? ''}`],
    });
  },
};

async function commandHelp(entry: CommandEntry, below: Registry): Promise<Result> {
  const { spec } = await entry.load();
  return { data: commandData(entry, spec), view: proseView((ui) => drawCommand(entry, spec, below, ui)) };
}

async function loaded(entry: CommandEntry): Promise<Record<string, unknown>> {
  return commandData(entry, (await entry.load()).spec);
}

async function tree(registry: Registry): Promise<unknown> {
  const named = ({ name, kind, summary, short, value, choices }: (typeof sharedOptions)[number]) => ({
    name,
    kind,
    summary,
    short,
    value,
    choices,
  });
  return {
    name: 'payintent',
    version,
    commands: await Promise.all(registry.filter((entry) => entry.hidden !== true).map(loaded)),
    target_options: targetOptions.map(named),
    shared_options: sharedOptions.map(named),
    topics: helpTopics.map(({ name, summary }) => ({ name, summary })),
    exit_codes: exitMeanings,
  };
}
