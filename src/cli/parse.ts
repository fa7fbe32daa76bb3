import { Command, CommanderError, Option } from 'commander';
import { CliError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import { dryRunOption, sharedOptions, targetOptions } from './global-options.ts';
import { Input } from './input.ts';
import type { CommandSpec, OptionSpec } from './spec.ts';
import { didYouMean } from './suggest.ts';
import { readValue } from './values.ts';

export interface ParsedLine {
  readonly input: Input;
  readonly globals: GlobalOptions;
}

/** All options a command takes: its own, then the shared ones. */
export function optionsOf(spec: CommandSpec): readonly OptionSpec[] {
  const own = spec.options ?? [];
  // A command may say in its own words what a shared flag means to it.
  const shared = [...targetOptions, ...sharedOptions].filter(
    (option) => !own.some(({ name }) => name === option.name),
  );
  return [...own, ...shared];
}

/** Reads the words after the command's name. Throws `CliError`s with exit 2. This is the only file that knows commander. */
export function parseLine(spec: CommandSpec, words: readonly string[]): ParsedLine {
  const options = optionsOf(spec);
  const command = new Command(spec.name).exitOverride().helpOption(false).allowExcessArguments(true);
  if (spec.passThrough === true) command.passThroughOptions();
  command.configureOutput({ writeOut: () => {}, writeErr: () => {} }).showSuggestionAfterError(false);
  const names: { attribute: string; negated: boolean; option: OptionSpec }[] = [];
  const typedSwitches = new Set<string>();
  for (const option of options) {
    for (const made of commanderOptions(option)) {
      command.addOption(made);
      if (option.kind === 'switch') command.on(`option:${made.name()}`, () => typedSwitches.add(made.name()));
      names.push({ attribute: made.attributeName(), negated: made.negate, option });
    }
  }
  try {
    command.parse([...words], { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? usageError(error, spec, options) : error;
  }
  for (const name of typedSwitches) {
    if (typedSwitches.has(`no-${name}`))
      throw new CliError('FLAGS_CONFLICT', `--${name} and --no-${name} exclude each other`);
  }
  const values: Record<string, unknown> = {};
  const typedValues = command.opts<Record<string, unknown>>();
  const currency = typeof typedValues['currency'] === 'string' ? typedValues['currency'] : undefined;
  for (const { attribute, negated, option } of names) {
    const typed = typedValues[attribute];
    if (typed === undefined || (typed === false) !== negated) continue;
    values[option.name] = option.kind === 'flag' ? true : readTyped(option, typed, options, currency);
  }
  const globals = globalsFrom(values);
  const args = globals.help ? {} : readArguments(spec, command.args);
  return { input: new Input(options, values, args), globals };
}

function commanderOptions(option: OptionSpec): Option[] {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const value = `<${option.value ?? 'value'}>`;
  switch (option.kind) {
    case 'flag':
      // A flag named no-x is commander's x with the default true: only `false` says that it was given.
      return [new Option(`${short}--${option.name}`)];
    case 'switch':
      return [new Option(`${short}--${option.name}`), new Option(`--no-${option.name}`)];
    case 'pair':
    case 'items':
      return [
        new Option(`${short}--${option.name} ${value}`).argParser(
          (typed: string, before: string[] | undefined) => [...(before ?? []), typed],
        ),
      ];
    default: {
      const made = new Option(`${short}--${option.name} ${value}`);
      return [option.param === undefined ? made : made.argParser(once(option.name))];
    }
  }
}

/** The last value would win without a word, and nobody knows whether it was meant. */
function once(name: string): (typed: string, before: string | undefined) => string {
  return (typed, before) => {
    if (before === undefined || before === typed) return typed;
    throw new CliError('FLAGS_CONFLICT', `--${name} is given twice: ${before} and ${typed}`);
  };
}

function readTyped(
  option: OptionSpec,
  typed: unknown,
  options: readonly OptionSpec[],
  currency: string | undefined,
): unknown {
  if (typeof typed === 'boolean') return typed;
  if (Array.isArray(typed)) {
    const all = typed.map(String);
    for (const one of all) refuseFlagAsValue(option, one, options);
    if (option.kind !== 'items') return all;
    return all
      .flatMap((one) => one.split(','))
      .map((one) => one.trim())
      .filter((one) => one !== '');
  }
  const raw = String(typed);
  refuseFlagAsValue(option, raw, options);
  return readValue(option, raw, currency);
}

/** `--currency --confirm` is a forgotten value, not the currency `--confirm`. */
function refuseFlagAsValue(option: OptionSpec, raw: string, options: readonly OptionSpec[]): void {
  const isFlag = options.some((other) => raw === `--${other.name}` || raw === `--no-${other.name}`);
  if (isFlag) throw new CliError('FLAG_INVALID', `--${option.name} needs a value, and ${raw} follows it`);
}

function readArguments(
  spec: CommandSpec,
  words: readonly string[],
): Record<string, string | readonly string[] | undefined> {
  const args: Record<string, string | readonly string[] | undefined> = {};
  const left = [...words];
  for (const argument of spec.arguments ?? []) {
    if (argument.variadic === true) {
      args[argument.name] = left.splice(0);
      continue;
    }
    const word = left.shift();
    if (word === undefined && argument.required === true) {
      throw new CliError('ARGUMENT_INVALID', `${spec.name} needs ${withArticle(argument.name)}`, {
        why: `It is written: payintent ${synopsis(spec)}`,
        fix: [`payintent ${spec.name} --help`],
      });
    }
    if (word !== undefined && argument.choices !== undefined && !argument.choices.includes(word)) {
      const near = didYouMean(word, argument.choices);
      throw new CliError('ARGUMENT_INVALID', `${spec.name} does not take ${JSON.stringify(word)}`, {
        why: `It takes ${argument.choices.join(', ')}.${near === undefined ? '' : ` ${near}`}`,
      });
    }
    args[argument.name] = word;
  }
  if (left.length > 0) {
    throw new CliError(
      'ARGUMENT_INVALID',
      `${spec.name} does not take ${left.map((word) => JSON.stringify(word)).join(' ')}`,
      {
        why: `It is written: payintent ${synopsis(spec)}`,
        fix: [`payintent ${spec.name} --help`],
      },
    );
  }
  return args;
}

function withArticle(name: string): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** `refund <intent> [flags]` */
export function synopsis(spec: CommandSpec): string {
  const args = (spec.arguments ?? []).map((argument) => {
    const name = argument.variadic === true ? `${argument.name}…` : argument.name;
    return argument.required === true ? `<${name}>` : `[${name}]`;
  });
  return [spec.name, ...args, '[flags]'].join(' ');
}

function usageError(error: CommanderError, spec: CommandSpec, options: readonly OptionSpec[]): CliError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const fix = [`payintent ${spec.name} --help`];
  if (error.code === 'commander.unknownOption') {
    const typed = quoted.replace(/=.*$/, '');
    const known = options.flatMap((option) =>
      option.hidden === true
        ? []
        : [`--${option.name}`, ...(option.kind === 'switch' ? [`--no-${option.name}`] : [])],
    );
    const near = didYouMean(typed, known);
    const secret = /key|secret/.test(typed) && !known.includes(typed);
    return new CliError('FLAG_UNKNOWN', `${spec.name} has no flag ${typed}`, {
      why: secret
        ? 'Keys never go on the command line, where other programs can read them: set STRIPE_API_KEY, or use --api-key-file.'
        : near,
      fix,
    });
  }
  if (error.code === 'commander.optionMissingArgument') {
    return new CliError(
      'FLAG_INVALID',
      `${quoted.replace(/ <.*$/, '').replace(/^-\w, /, '')} needs a value`,
      { fix },
    );
  }
  return new CliError('FLAG_INVALID', error.message.replace(/^error: /, ''), { fix });
}

function globalsFrom(values: Readonly<Record<string, unknown>>): GlobalOptions {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const flag = (name: string): boolean => values[name] === true;
  for (const [one, other] of [
    ['offline', 'test'],
    ['json', 'jsonl'],
  ] as const) {
    if (flag(one) && flag(other))
      throw new CliError('FLAGS_CONFLICT', `--${one} and --${other} exclude each other`);
  }
  const color = text('color');
  return {
    target: flag('offline') ? 'offline' : flag('test') ? 'test' : undefined,
    apiKeyFile: text('api-key-file'),
    apiBase: text('api-base'),
    state: text('state'),
    json: flag('json'),
    jsonl: flag('jsonl'),
    fields: Array.isArray(values['fields']) ? values['fields'].map(String) : [],
    quiet: flag('quiet'),
    yes: flag('yes'),
    noInput: flag('no-input'),
    color: color === 'always' || color === 'never' || color === 'auto' ? color : undefined,
    showSecrets: flag('show-secrets'),
    debug: flag('debug'),
    help: flag('help'),
    dryRun: flag(dryRunOption.name),
  };
}
