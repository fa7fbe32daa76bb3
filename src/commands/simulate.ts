import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Context } from '../cli/context.ts';
import { DIAGRAM_FORMATS, diagramResult } from '../cli/diagram/diagram.ts';
import { CliError } from '../cli/errors.ts';
import type { Input } from '../cli/input.ts';
import { bringTo } from '../cli/simulate/bring.ts';
import { listColumns, listResult, walkthroughGroups, walkthroughs } from '../cli/simulate/list.ts';
import { recordResult } from '../cli/simulate/record.ts';
import { runThrough } from '../cli/simulate/simulation.ts';
import type { ScenarioSource } from '../cli/simulate/step-failure.ts';
import { walkThrough } from '../cli/simulate/walk.ts';
import type { Command, Result } from '../cli/spec.ts';
import { didYouMean } from '../cli/suggest.ts';
import { unreadable } from '../cli/unreadable.ts';
import { isPaymentIntentStatus, PAYMENT_INTENT_STATUSES } from '../domain/statuses.ts';
import type { Scenario } from '../scenario/format.ts';
import { findScenario } from '../scenario/library/all.ts';
import { isSnippetLanguage, SNIPPET_LANGUAGES, type SnippetLanguage } from '../scenario/snippets/snippet.ts';

export const simulateCommand: Command = {
  spec: {
    name: 'simulate',
    description:
      'Walks an intent through its statuses and explains every step: what is done and why, the request, the lifecycle with the present status marked, what changed in the object, the events that were sent and which of them to act on. Everything is really done, offline unless told otherwise: the intent is there afterwards. On a terminal it waits before every step and offers what else could be done: another way, or a move of your own. Without one, or with --auto, all steps are run; a step that does not lead to what the scenario says makes it exit 7. Steps that let time pass move the clock of the whole emulator; --state :memory: keeps a simulation apart.',
    arguments: [
      { name: 'scenario', summary: 'name of a scenario, or a file with one of yours', complete: 'scenarios' },
    ],
    options: [
      { name: 'list', kind: 'flag', summary: 'show the scenarios, with what each teaches', common: true },
      { name: 'auto', kind: 'flag', summary: 'run through without waiting for a key', common: true },
      {
        name: 'pace',
        kind: 'duration',
        value: 'duration',
        summary: 'wait this long between two steps; means --auto',
        common: true,
      },
      {
        name: 'as',
        kind: 'text',
        value: 'language',
        choices: SNIPPET_LANGUAGES,
        summary: 'how requests are shown; as payintent commands unless given',
        common: true,
      },
      {
        name: 'to',
        kind: 'text',
        value: 'status',
        choices: PAYMENT_INTENT_STATUSES,
        complete: 'statuses',
        summary: 'bring an intent to this status by the shortest legal way',
        common: true,
      },
      {
        name: 'on',
        kind: 'text',
        value: 'intent',
        complete: 'intents',
        summary: 'with --to or --record: this intent',
        common: true,
      },
      {
        name: 'record',
        kind: 'flag',
        summary: 'print what was done with the newest intent, or the one of --on, as a scenario file',
      },
      {
        name: 'diagram',
        kind: 'flag',
        summary: 'draw the way of the scenario, or the whole lifecycle where none is named',
        common: true,
      },
      {
        name: 'format',
        kind: 'text',
        value: 'format',
        choices: DIAGRAM_FORMATS,
        summary: 'of the diagram; terminal unless given',
      },
    ],
    examples: [
      { command: 'payintent simulate --list', summary: 'what there is' },
      { command: 'payintent simulate 3ds-passed', summary: '3D Secure, step by step' },
      { command: 'payintent simulate decline-and-retry --as node', summary: 'with requests in Node' },
      { command: 'payintent simulate --to requires_capture', summary: 'a new intent that waits for you' },
      {
        command: 'payintent simulate --on {intent} --to succeeded',
        summary: 'one of yours, from where it is',
        given: ['payintent create --amount 1099 --currency eur --payment-method 3ds --confirm'],
      },
      {
        command: 'payintent simulate --record',
        summary: 'what you just did, to run again: add > story.yaml',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
      { command: 'payintent simulate --diagram', summary: 'every legal move' },
      {
        command: 'payintent simulate 3ds-passed --diagram --format mermaid',
        summary: 'for a document',
      },
      { command: 'payintent simulate partial-refunds --auto --json', summary: 'every step as JSON' },
    ],
    fields: [
      'object',
      'name',
      'group',
      'title',
      'teaches',
      'statuses',
      'steps',
      'targets',
      'reason',
      'verdict',
      'id',
      'step',
      'of',
      'why',
      'request',
      'replayed',
      'error',
      'status_before',
      'status',
      'next_statuses',
      'changes',
      'events',
      'act_on',
      'next',
      'deviations',
    ],
    columns: listColumns,
    exits: [4, 5, 6, 7],
    related: ['learn', 'timeline', 'trigger', 'explain', 'help statuses'],
  },
  async run(context, input) {
    refuseConflicts(input);
    if (input.flag('list')) return listResult();
    if (input.flag('record')) return recordResult(context, input.text('on'));
    if (input.flag('diagram') || input.text('format') !== undefined) {
      const name = input.argument('scenario');
      return diagramResult(
        name === undefined ? undefined : (await named(context, name)).scenario,
        input.text('format') ?? 'terminal',
      );
    }
    if (input.text('to') !== undefined || input.text('on') !== undefined) return brought(context, input);
    return playStory(context, input, await chosenStory(context, input));
  },
};

/** What would be passed over in silence otherwise. */
function refuseConflicts(input: Input): void {
  const modes = ['list', 'record', 'diagram', 'to'].filter(
    (name) => input.flag(name) || input.text(name) !== undefined,
  );
  const [mode, other] = modes;
  if (other !== undefined)
    throw new CliError('FLAGS_CONFLICT', `--${mode} and --${other} are two things: ask for one of them`);
  if (mode === undefined || mode === 'diagram' || input.argument('scenario') === undefined) return;
  throw new CliError(
    'FLAGS_CONFLICT',
    mode === 'to' ? '--to goes its own way: it takes no scenario' : `--${mode} takes no scenario`,
  );
}

/** A scenario, and where it stands if it is one of the user's. */
interface Story {
  readonly scenario: Scenario;
  readonly source?: ScenarioSource;
}

async function chosenStory(context: Context, input: Input): Promise<Story> {
  const name = input.argument('scenario');
  if (name === undefined && context.canAsk) {
    const prompter = await context.ask('<scenario>');
    const group = await prompter.select({
      message: 'About',
      choices: walkthroughGroups().map((one) => ({ name: one.title, value: one })),
    });
    const scenario = await prompter.select({
      message: 'Scenario',
      choices: group.scenarios.map((one) => ({ name: one.title, value: one, description: one.teaches })),
    });
    return { scenario };
  }
  if (name === undefined) {
    throw new CliError('ARGUMENT_INVALID', 'simulate needs the name of a scenario', {
      fix: ['payintent simulate card-success', 'payintent simulate --list'],
    });
  }
  return named(context, name);
}

/** A scenario of the library, or one in a file: whatever has a slash or an ending is a file. */
async function named(context: Context, name: string): Promise<Story> {
  if (/[\\/]|\.(ya?ml|json)$/i.test(name)) return fromFile(context, name);
  const found = findScenario(name);
  if (found !== undefined) return { scenario: found };
  throw new CliError('ARGUMENT_INVALID', `There is no scenario ${JSON.stringify(name)}`, {
    why: didYouMean(
      name,
      walkthroughs().map(({ id }) => id),
    ),
    fix: ['payintent simulate --list'],
  });
}

async function fromFile(context: Context, file: string): Promise<Story> {
  const { readScenarioFile } = await import('../scenario/file-format.ts');
  let text: string;
  try {
    text = readFileSync(resolve(context.host.cwd, file), 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  const read = readScenarioFile(text, basename(file).replace(/\.\w+$/, ''));
  if (read.ok) return { scenario: read.scenario, source: { file, lines: read.lines } };
  const places = read.problems.map(({ line, message }) => `${file}:${line} ${message}`);
  throw new CliError('SCENARIO_INVALID', `${file} is not a scenario yet`, {
    why: places.join('\n'),
    fix: ['Mend the lines that the message names', 'payintent help scenario-files'],
    details: { problems: read.problems },
  });
}

async function playStory(context: Context, input: Input, story: Story): Promise<Result> {
  const pace = input.number('pace');
  const simulation = { ...story, lang: languageOf(input), pace: pace ?? 0 };
  const alone = input.flag('auto') || pace !== undefined || !context.canAsk;
  return alone ? runThrough(context, simulation) : walkThrough(context, simulation);
}

async function brought(context: Context, input: Input): Promise<Result> {
  const goal = input.text('to');
  if (goal === undefined || !isPaymentIntentStatus(goal)) {
    throw new CliError('FLAG_INVALID', '--on needs --to, which says where the intent is to be brought', {
      fix: [`payintent simulate --on ${input.text('on') ?? 'pi_…'} --to succeeded`],
    });
  }
  const pace = input.number('pace') ?? 0;
  return bringTo(context, { goal, id: input.text('on'), lang: languageOf(input), pace });
}

function languageOf(input: Input): SnippetLanguage {
  const named = input.text('as') ?? 'payintent';
  if (!isSnippetLanguage(named)) throw new Error(`no language ${named}`);
  return named;
}
