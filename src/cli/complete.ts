import { existsSync } from 'node:fs';
import { pathTo } from '../gateway/gateway.ts';
import { openGateway } from '../gateway/open.ts';
import type { Context } from './context.ts';
import { helpTopics } from './help-topics.ts';
import { optionsOf } from './parse.ts';
import { commandsBelow, findCommand, type Registry } from './registry.ts';
import type { CommandSpec, CompletionSource, OptionSpec } from './spec.ts';
import { itemsOf } from './views/intent-list-view.ts';

export interface Candidate {
  readonly value: string;
  readonly note?: string;
}

/** What could stand in place of the last word. Nothing is sent anywhere: ids come from the emulator's state alone. */
export async function candidates(
  context: Context,
  registry: Registry,
  words: readonly string[],
): Promise<Candidate[]> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const operands = before.filter((word) => !word.startsWith('-'));
  const entry = findCommand(registry, operands);
  if (entry === undefined) return startingWith(typed, nextWords(registry, operands));
  const deeper = commandsBelow(registry, operands);
  const { spec } = await entry.load();
  const options = optionsOf(spec);
  const assigned = /^(--[^=]+)=(.*)$/.exec(typed);
  if (assigned !== null) {
    const option = optionNamed(options, assigned[1] ?? '');
    const values =
      option === undefined ? [] : await valuesOf(context, registry, spec, option, assigned[2] ?? '');
    return startingWith(
      typed,
      values.map(({ value, ...rest }) => ({ value: `${assigned[1]}=${value}`, ...rest })),
    );
  }
  const waiting = optionNamed(options, before.at(-1) ?? '');
  if (waiting !== undefined && waiting.kind !== 'flag' && waiting.kind !== 'switch') {
    return startingWith(typed, await valuesOf(context, registry, spec, waiting, typed));
  }
  if (typed.startsWith('-')) return startingWith(typed, flagsOf(spec, options));
  const argument = argumentAt(spec, options, before, entry.name.split(' ').length);
  const values =
    argument === undefined
      ? []
      : argument.choices !== undefined
        ? argument.choices.map((value) => ({ value }))
        : await fromSource(context, registry, argument.complete);
  return startingWith(typed, [...(deeper.length > 0 ? nextWords(registry, operands) : []), ...values]);
}

function startingWith(typed: string, all: readonly Candidate[]): Candidate[] {
  return all.filter(({ value }) => value.startsWith(typed));
}

/** The words that can follow: `config` after nothing, `set-key` after `config`. */
function nextWords(registry: Registry, operands: readonly string[]): Candidate[] {
  const found = new Map<string, Candidate>();
  const prefix = operands.length === 0 ? '' : `${operands.join(' ')} `;
  for (const { name, summary, hidden } of registry) {
    if (hidden === true || !name.startsWith(prefix)) continue;
    const [word = '', ...more] = name.slice(prefix.length).split(' ');
    if (more.length === 0) found.set(word, { value: word, note: summary });
    else if (!found.has(word)) found.set(word, { value: word });
  }
  return [...found.values()];
}

function optionNamed(options: readonly OptionSpec[], word: string): OptionSpec | undefined {
  return options.find(
    (option) => word === `--${option.name}` || (option.short !== undefined && word === `-${option.short}`),
  );
}

function flagsOf(spec: CommandSpec, options: readonly OptionSpec[]): Candidate[] {
  const own = new Set(spec.options ?? []);
  return [...options]
    .filter((option) => option.hidden !== true)
    .sort((a, b) => Number(own.has(b)) - Number(own.has(a)))
    .flatMap((option) => [
      { value: `--${option.name}`, note: option.summary },
      ...(option.kind === 'switch' ? [{ value: `--no-${option.name}`, note: `not: ${option.summary}` }] : []),
    ]);
}

/** The argument the next operand fills, skipping flags and their values. */
function argumentAt(
  spec: CommandSpec,
  options: readonly OptionSpec[],
  before: readonly string[],
  nameLength: number,
) {
  let operands = 0;
  for (let index = 0; index < before.length; index += 1) {
    const word = before[index] ?? '';
    const option = optionNamed(options, word);
    if (option !== undefined && option.kind !== 'flag' && option.kind !== 'switch') index += 1;
    else if (!word.startsWith('-')) operands += 1;
  }
  const args = spec.arguments ?? [];
  const position = operands - nameLength;
  return args[position] ?? (args.at(-1)?.variadic === true ? args.at(-1) : undefined);
}

/** Values of a flag. Where it takes several with commas between, they follow those that are typed already. */
async function valuesOf(
  context: Context,
  registry: Registry,
  spec: CommandSpec,
  option: OptionSpec,
  typed: string,
): Promise<Candidate[]> {
  const all = await singleValuesOf(context, registry, spec, option);
  const end = option.kind === 'items' ? typed.lastIndexOf(',') + 1 : 0;
  const before = typed.slice(0, end);
  const taken = before.split(',');
  return all
    .filter(({ value }) => !taken.includes(value))
    .map((one) => ({ ...one, value: `${before}${one.value}` }));
}

async function singleValuesOf(
  context: Context,
  registry: Registry,
  spec: CommandSpec,
  option: OptionSpec,
): Promise<Candidate[]> {
  if (option.choices !== undefined) return option.choices.map((value) => ({ value }));
  if (option.name === 'fields') return (spec.fields ?? []).map((value) => ({ value }));
  return fromSource(context, registry, option.complete);
}

async function fromSource(
  context: Context,
  registry: Registry,
  source: CompletionSource | undefined,
): Promise<Candidate[]> {
  switch (source) {
    case 'payment-methods': {
      const { TEST_METHODS } = await import('../domain/test-methods.ts');
      return TEST_METHODS.map(({ name, title }) => ({ value: name, note: title }));
    }
    case 'statuses': {
      const { PAYMENT_INTENT_STATUSES } = await import('../domain/statuses.ts');
      return PAYMENT_INTENT_STATUSES.map((value) => ({ value }));
    }
    case 'currencies': {
      const { CURRENCIES } = await import('../domain/currencies.ts');
      return CURRENCIES.map(({ code }) => ({ value: code }));
    }
    case 'event-types': {
      const { EVENT_TYPES } = await import('../domain/event-types.ts');
      return EVENT_TYPES.map(({ type, description }) => ({ value: type, note: description }));
    }
    case 'method-types': {
      const { PAYMENT_METHOD_TYPES } = await import('../domain/payment-method-types.ts');
      return PAYMENT_METHOD_TYPES.map(({ type, name }) => ({ value: type, note: name }));
    }
    case 'lessons': {
      const { LESSONS } = await import('../lessons/curriculum.ts');
      const { loadTexts } = await import('../lessons/texts.ts');
      const texts = await loadTexts('en');
      return LESSONS.map(({ id }) => ({ value: id, note: texts[id]?.title ?? '' }));
    }
    case 'terms': {
      const { TERMS } = await import('../lessons/glossary/terms.ts');
      return TERMS.map(({ id }) => ({ value: id }));
    }
    case 'advice-rules': {
      const { RULES } = await import('../advice/rules.ts');
      return RULES.map(({ id, title }) => ({ value: id, note: title }));
    }
    case 'smoke-checks': {
      const { CHECK_ROWS } = await import('../smoke/checks.ts');
      return CHECK_ROWS.map(({ id, title }) => ({ value: id, note: title }));
    }
    case 'webhook-checks': {
      const { CHECKS } = await import('../conformance/checks.ts');
      return CHECKS.map(({ id, title }) => ({ value: id, note: title }));
    }
    case 'scenarios': {
      const { SCENARIOS } = await import('../scenario/library/all.ts');
      return SCENARIOS.map(({ id, title }) => ({ value: id, note: title }));
    }
    case 'explainable': {
      const { explainableWords } = await import('./explanations.ts');
      return [...(await recentIntents(context)), ...explainableWords().map((value) => ({ value }))];
    }
    case 'topics':
      return [
        ...helpTopics.map(({ name, summary }) => ({ value: name, note: summary })),
        ...nextWords(registry, []),
      ];
    case 'commands':
      return nextWords(registry, []);
    case 'intents':
      return recentIntents(context);
    default:
      return [];
  }
}

async function recentIntents(context: Context): Promise<Candidate[]> {
  if (context.statePath === ':memory:' || !existsSync(context.statePath)) return [];
  try {
    const gateway = await openGateway(
      { name: 'offline', reason: 'completion' },
      { statePath: context.statePath },
    );
    try {
      const { object } = await gateway.request('GET', pathTo('payment_intents'), { limit: 20 });
      return itemsOf(object).map((intent) => ({
        value: String(intent['id']),
        note: String(intent['status']),
      }));
    } finally {
      await gateway.close();
    }
  } catch {
    // A state that cannot be read is no reason to disturb somebody who is typing.
    return [];
  }
}
