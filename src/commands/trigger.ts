import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { dryRunOption } from '../cli/global-options.ts';
import type { Input } from '../cli/input.ts';
import type { Command, Result } from '../cli/spec.ts';
import { openStage } from '../cli/stage.ts';
import { didYouMean } from '../cli/suggest.ts';
import { intendedResult } from '../cli/trigger/dry-run.ts';
import { withWishes } from '../cli/trigger/overrides.ts';
import { type Triggered, triggerData, triggerListView, triggerView } from '../cli/views/trigger-view.ts';
import { parseDuration } from '../domain/duration.ts';
import { EVENT_TYPES, MISSING_EVENT_TYPES } from '../domain/event-types.ts';
import { type ApiRecord, pathTo } from '../gateway/gateway.ts';
import { planFor } from '../scenario/continue.ts';
import { type CallStep, isAdvance, isCall, mainCall, type Step, stepsUntil } from '../scenario/format.ts';
import { runScenario, StepNotPossible, type StepResult, whyOfflineOnly } from '../scenario/runner.ts';
import type { Stage } from '../scenario/stage.ts';
import { scenarioFor, TRIGGERS, triggerRows, UNREACHABLE } from '../scenario/triggers.ts';

export const triggerCommand: Command = {
  spec: {
    name: 'trigger',
    description:
      'Brings about a real event by playing the flow that causes it: a customer, a payment, a refund are really made, and every event on the way is sent. With --intent it continues an intent of yours to the event by the shortest legal way. Moves that only the emulator can make (a passed 3D Secure, a week that goes by) are refused in test mode.',
    arguments: [
      { name: 'event', summary: 'type of event, e.g. payment_intent.succeeded', complete: 'event-types' },
    ],
    options: [
      {
        name: 'list',
        kind: 'flag',
        summary: 'show every type, and why some cannot be triggered',
        common: true,
      },
      {
        name: 'intent',
        kind: 'text',
        value: 'id',
        summary: 'continue this intent to the event',
        complete: 'intents',
        common: true,
      },
      {
        name: 'set',
        kind: 'pair',
        value: 'name=value',
        summary: 'change a parameter of the main call: metadata.order=42, refund:reason=fraudulent',
        common: true,
      },
      {
        name: 'amount',
        kind: 'amount',
        value: 'minor-units',
        param: 'amount',
        summary: 'amount of the main call: 1099 is $10.99',
        common: true,
      },
      {
        name: 'currency',
        kind: 'text',
        value: 'code',
        param: 'currency',
        summary: 'currency of the main call',
        complete: 'currencies',
      },
      { ...dryRunOption, summary: 'show the steps it would play, and send nothing' },
    ],
    examples: [
      { command: 'payintent trigger payment_intent.succeeded', summary: 'a payment that succeeds' },
      {
        command: 'payintent trigger payment_intent.succeeded --amount 4200 --set metadata.order=6735',
        summary: 'with data of your own',
      },
      {
        command: 'payintent trigger charge.refunded --intent {intent}',
        summary: 'refund a payment that exists',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
      {
        command: 'payintent trigger charge.dispute.closed --dry-run',
        summary: 'which steps that takes, without playing them',
      },
      { command: 'payintent trigger --list', summary: 'what can be triggered, and what cannot' },
    ],
    fields: ['object', 'type', 'scenario', 'target', 'steps', 'event', 'events', 'id', 'subject', 'created'],
    columns: ['id', 'type', 'subject', 'created'],
    exits: [3, 4, 5, 6, 8],
    related: ['listen', 'events list', 'explain'],
  },
  async run(context, input) {
    const type = input.argument('event');
    if (input.flag('list')) return listed(type);
    if (type === undefined) {
      throw new CliError('ARGUMENT_INVALID', 'trigger needs a type of event', {
        fix: ['payintent trigger payment_intent.succeeded', 'payintent trigger --list'],
      });
    }
    checkType(type);
    return input.text('intent') === undefined
      ? triggerFlow(context, input, type)
      : continueIntent(context, input, type, input.text('intent') ?? '');
  },
};

function listed(type: string | undefined): Result {
  const rows = triggerRows().filter((row) => type === undefined || row.type === type);
  if (rows.length === 0 && type !== undefined) checkType(type);
  return { data: { object: 'list', data: rows }, view: triggerListView(rows) };
}

/** Throws for a type that there is not, or that nothing can bring about. */
function checkType(type: string): void {
  if (Object.hasOwn(TRIGGERS, type)) return;
  const reason = Object.hasOwn(UNREACHABLE, type) ? UNREACHABLE[type] : undefined;
  if (reason !== undefined) {
    throw new CliError('NOT_EMULATED', `${type} cannot be triggered`, {
      why: `${capital(reason)}.`,
      fix: ['payintent trigger --list'],
    });
  }
  const instead = Object.hasOwn(MISSING_EVENT_TYPES, type) ? MISSING_EVENT_TYPES[type] : undefined;
  throw new CliError('EVENT_UNKNOWN', `There is no event type ${JSON.stringify(type)}`, {
    why:
      instead === undefined
        ? didYouMean(type, [...Object.keys(TRIGGERS), ...EVENT_TYPES.map((row) => row.type)])
        : `Stripe never sends it; listen to ${instead}.`,
    fix: ['payintent trigger --list'],
  });
}

async function triggerFlow(context: Context, input: Input, type: string): Promise<Result> {
  const scenario = scenarioFor(type);
  if (scenario === undefined) throw new Error(`no scenario for ${type}`);
  const needed = stepsUntil(scenario.steps, type);
  const steps = withWishes(needed, mainCall(scenario), wishesOf(input));
  return playUntil(context, await openStage(context), {
    type,
    steps,
    subject: scenario.subject,
    flow: `${scenario.title} (${scenario.id})`,
    scenario: scenario.id,
    given: {},
  });
}

async function continueIntent(context: Context, input: Input, type: string, id: string): Promise<Result> {
  const stage = await openStage(context);
  const { object: intent } = await stage.gateway.request('GET', pathTo('payment_intents', id), {
    expand: ['latest_charge', 'payment_method'],
  });
  const plan = planFor(intent, { event: type }, stage.emulated);
  if (!plan.ok) throw outOfReach(type, id, intent, plan.reasons);
  const steps = withWishes(plan.steps, causingCall(plan.steps, type), wishesOf(input));
  return playUntil(context, stage, {
    type,
    steps,
    subject: undefined,
    flow: plan.statuses.filter((status, index, all) => status !== all[index - 1]).join(' → '),
    scenario: null,
    given: { intent: withIds(intent) },
  });
}

interface Flow extends Pick<Triggered, 'flow' | 'scenario' | 'type'> {
  readonly steps: readonly Step[];
  readonly subject: string | undefined;
  readonly given: Readonly<Record<string, ApiRecord>>;
}

/** Plays until the event comes, or shows with --dry-run what would be played. */
async function playUntil(context: Context, stage: Stage, flow: Flow): Promise<Result> {
  const { type, given, subject, scenario } = flow;
  const steps = stepsUntil(flow.steps, type);
  if (context.globals.dryRun) {
    for (const step of stage.emulated ? [] : steps) {
      const reason = whyOfflineOnly(step);
      if (reason !== undefined) throw emulatorOnly(type, new StepNotPossible(step, reason));
    }
    return intendedResult({ ...flow, steps, target: stage.gateway.target, emulated: stage.emulated });
  }
  const story = { steps, ...(subject === undefined ? {} : { subject }) };
  const results = await collect(runScenario(story, stage, { given, until: type }), type);
  return finish(context, stage, { type, results, flow: flow.flow, scenario });
}

/** With an intent, parameters go to the call that causes the event. */
function causingCall(steps: readonly Step[], type: string): CallStep | undefined {
  return stepsUntil(steps, type).filter(isCall).at(-1);
}

function outOfReach(type: string, id: string, intent: ApiRecord, reasons: readonly string[]): CliError {
  return new CliError(
    'INTENT_WRONG_STATUS',
    `${id} cannot be brought to ${type}: it is ${String(intent['status'])}`,
    {
      why: reasons.map((reason) => `${capital(reason)}.`).join(' '),
      fix: [`payintent explain ${id}`, `payintent trigger ${type}`],
    },
  );
}

function wishesOf(input: Input) {
  return { set: input.items('set'), amount: input.number('amount'), currency: input.text('currency') };
}

async function collect(play: AsyncIterable<StepResult>, type: string): Promise<StepResult[]> {
  const results: StepResult[] = [];
  try {
    for await (const result of play) results.push(result);
  } catch (error) {
    throw error instanceof StepNotPossible ? emulatorOnly(type, error) : error;
  }
  return results;
}

function emulatorOnly(type: string, error: StepNotPossible): CliError {
  return new CliError('EMULATOR_ONLY', `Stripe's test mode cannot be brought to send ${type} from here`, {
    why: `${error.step.title}: ${error.message}.`,
    fix: [`payintent trigger ${type} --offline`],
    cause: error,
  });
}

type Played = Pick<Triggered, 'flow' | 'results' | 'scenario' | 'type'>;

function finish(context: Context, stage: Stage, played: Played): Result {
  const { type, results } = played;
  const events = results.flatMap((result) => result.events);
  const event = events.findLast((one) => one['type'] === type);
  const subject = results.at(-1)?.after;
  const id = typeof subject?.['id'] === 'string' ? subject['id'] : undefined;
  if (event === undefined) throw notSent(played, events, id);
  tellOfTime(context, stage, results);
  const done: Triggered = { ...played, event, emulated: stage.emulated };
  return {
    data: triggerData(done, stage.gateway.target),
    view: triggerView(done),
    next: [
      `payintent events retrieve ${String(event['id'])}`,
      ...(id?.startsWith('pi_') === true ? [`payintent retrieve ${id}`] : []),
    ],
  };
}

function notSent({ type, results }: Played, events: readonly ApiRecord[], id: string | undefined): CliError {
  const deviations = results.flatMap((result) =>
    result.deviations.map((text) => `${result.step.title}: ${text}.`),
  );
  const sent = events.map((event) => String(event['type']));
  return new CliError('EVENT_NOT_SENT', `${type} did not come`, {
    why: deviations[0] ?? `What came: ${sent.join(', ') || 'nothing'}.`,
    fix: id?.startsWith('pi_') === true ? [`payintent explain ${id}`] : undefined,
    details: { events: sent },
  });
}

/** Time is everybody's: other payments in the same state have grown older too. */
function tellOfTime({ report }: Context, { emulated }: Stage, results: readonly StepResult[]): void {
  for (const { step } of results) {
    if (emulated && isAdvance(step) && (parseDuration(step.advance) ?? 0) > 3600) {
      report.note(
        `the emulator's clock was moved on by ${step.advance}, for everything in its state`,
        'Clock',
      );
    }
  }
}

/** References are ids again, as the API answers them. */
function withIds(intent: ApiRecord): ApiRecord {
  const idOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value;
  return {
    ...intent,
    latest_charge: idOf(intent['latest_charge']),
    payment_method: idOf(intent['payment_method']),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
