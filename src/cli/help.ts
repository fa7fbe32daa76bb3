import { exitMeanings } from './exit-codes.ts';
import { sharedOptions, targetOptions } from './global-options.ts';
import { helpTopics } from './help-topics.ts';
import { synopsis } from './parse.ts';
import { type CommandEntry, commandGroups, type Registry } from './registry.ts';
import type { CommandSpec, ExampleSpec, OptionSpec } from './spec.ts';
import { wrap } from './text.ts';
import { type Definition, definitions, paragraph, section } from './topics/definitions.ts';
import type { Ui } from './ui.ts';

/** `payintent help`: every command by group, and where to go on. */
export function drawOverview(registry: Registry, ui: Ui): string {
  const shown = registry.filter((entry) => entry.hidden !== true);
  return [
    paragraph(
      'payintent: the command line for Stripe PaymentIntents. Without a key it works offline, on an emulator of its own.',
      ui,
    ).replace(/^ {2}/gm, ''),
    section(
      'Start here',
      [
        'payintent create --amount 1099 --currency eur',
        'payintent confirm pi_… --payment-method visa',
        'payintent methods',
      ]
        .map((line) => `  ${line}`)
        .join('\n'),
      ui,
    ),
    ...commandGroups.flatMap((group) => {
      const entries = shown.filter((entry) => entry.group === group);
      return entries.length === 0 ? [] : [section(group, definitions(gathered(entries), ui), ui)];
    }),
    section(
      'Topics',
      definitions(
        helpTopics.map(({ name, summary }) => [`help ${name}`, summary]),
        ui,
      ),
      ui,
    ),
    'payintent <command> --help shows one command. --help --json gives all of this as data.',
  ].join('\n\n');
}

/** One line a command; the commands below one word share a line. */
function gathered(entries: Registry): Definition[] {
  const lines = new Map<string, string>();
  for (const { name, summary } of entries) {
    const [word = '', ...below] = name.split(' ');
    const others = lines.get(word);
    const text = below.length === 0 ? summary : below.join(' ');
    // A command that has others below it says what it does first.
    const isOwn = entries.some((entry) => entry.name === word);
    const joint = isOwn && below.length > 0 && !others?.includes('; also ') ? '; also ' : ', ';
    lines.set(word, others === undefined ? text : `${others}${joint}${text}`);
  }
  return [...lines];
}

/** `payintent help config`: the commands below one word. */
export function drawGroup(words: string, entries: Registry, ui: Ui): string {
  return [
    section(
      `payintent ${words}`,
      definitions(
        entries.map(({ name, summary }) => [name, summary]),
        ui,
      ),
      ui,
    ),
    `payintent ${words} <command> --help shows one command.`,
  ].join('\n\n');
}

/** A shared flag that a command words itself, or hides because it refuses it, is not shown as everybody's. */
function notRestated(options: readonly OptionSpec[], spec: CommandSpec): readonly OptionSpec[] {
  return options.filter(({ name }) => spec.options?.some((own) => own.name === name) !== true);
}

/**
 * One command: an example first, then what it does, the commands below it, its flags, its exit codes, what is related.
 */
export function drawCommand(entry: CommandEntry, spec: CommandSpec, below: Registry, ui: Ui): string {
  const own = (spec.options ?? []).filter((option) => option.hidden !== true);
  const common = own.filter((option) => option.common === true);
  const rest = own.filter((option) => option.common !== true);
  const flags = (title: string, options: readonly OptionSpec[]): string[] =>
    options.length === 0 ? [] : [section(title, definitions(options.map(flagDefinition), ui), ui)];
  return [
    `${ui.color.bold(`payintent ${synopsis(spec)}`)}\n${paragraph(entry.summary, ui)}`,
    ...(spec.examples.length === 0
      ? []
      : [section('Examples', spec.examples.map((example) => drawExample(example, ui)).join('\n'), ui)]),
    section('What it does', paragraph(spec.description, ui), ui),
    ...(below.length === 0
      ? []
      : [
          section(
            'Commands below it',
            definitions(
              below.map(({ name, summary }) => [name, summary]),
              ui,
            ),
            ui,
          ),
        ]),
    ...(spec.arguments === undefined || spec.arguments.length === 0
      ? []
      : [
          section(
            'Arguments',
            definitions(
              spec.arguments.map(({ name, summary }): Definition => [`<${name}>`, summary]),
              ui,
            ),
            ui,
          ),
        ]),
    ...flags('Flags', common.length === 0 ? rest : common),
    ...flags('More flags', common.length === 0 ? [] : rest),
    ...(spec.local === true ? [] : flags('Target', notRestated(targetOptions, spec))),
    ...flags('Output', notRestated(sharedOptions, spec)),
    ...(spec.fields === undefined ? [] : [section('Fields', paragraph(spec.fields.join(', '), ui), ui)]),
    section('Exit codes', definitions(exitsOf(spec), ui), ui),
    ...(spec.related === undefined
      ? []
      : [
          section(
            'Related',
            spec.related
              .map((name) => `  payintent ${name}${name.startsWith('help ') ? '' : ' --help'}`)
              .join('\n'),
            ui,
          ),
        ]),
  ].join('\n\n');
}

function flagDefinition(option: OptionSpec): Definition {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const negated = option.kind === 'switch' ? `--[no-]${option.name}` : `--${option.name}`;
  const takes = ['flag', 'switch'].includes(option.kind) ? '' : ` <${option.value ?? 'value'}>`;
  const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
  return [`${short}${negated}${takes}`, `${option.summary}${choices}`];
}

function drawExample(example: ExampleSpec, ui: Ui): string {
  const exit = example.exit === undefined ? '' : `, exits ${example.exit}`;
  const said = wrap(`${example.summary}${exit}`, ui.width - 4).map(
    (line) => `  ${ui.color.dim(`# ${line}`)}`,
  );
  return [...said, `  ${ui.color.cyan(shownCommand(example.command))}`].join('\n');
}

/** An example as it is printed: placeholders become the beginning of an id. */
function shownCommand(command: string): string {
  return command.replaceAll('{intent}', 'pi_…');
}

function exitsOf(spec: CommandSpec): Definition[] {
  const codes = [0, 2, ...(spec.exits ?? [])];
  return exitMeanings
    .filter(({ code }) => codes.includes(code))
    .map(({ code, meaning }) => [String(code), meaning]);
}

/** One command as data. */
export function commandData(entry: CommandEntry, spec: CommandSpec): Record<string, unknown> {
  const option = ({ complete: _complete, hidden: _hidden, common, ...rest }: OptionSpec) => ({
    ...rest,
    common: common === true,
  });
  return {
    name: entry.name,
    group: entry.group,
    summary: entry.summary,
    description: spec.description,
    usage: `payintent ${synopsis(spec)}`,
    arguments: (spec.arguments ?? []).map(({ complete: _complete, ...rest }) => rest),
    options: (spec.options ?? []).filter((one) => one.hidden !== true).map(option),
    examples: spec.examples.map(({ command, summary, exit }) => ({
      command: shownCommand(command),
      summary,
      exit: exit ?? 0,
    })),
    fields: spec.fields ?? [],
    exit_codes: exitsOf(spec).map(([code]) => Number(code)),
    related: spec.related ?? [],
  };
}
