import type { ApiRecord } from '../../gateway/gateway.ts';
import { type Scenario, subjectOf } from '../../scenario/format.ts';
import { Play, StepNotPossible, whyOfflineOnly } from '../../scenario/runner.ts';
import type { SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { outputMode } from '../output.ts';
import type { Result } from '../spec.ts';
import { openStage } from '../stage.ts';
import { labelled } from '../text.ts';
import { proseView } from '../view.ts';
import { Narrator, stepColumns, stepRow } from './narrate.ts';
import { failedStep, type ScenarioSource } from './step-failure.ts';
import { type StepRecord, textOf } from './step-record.ts';

export interface Simulation {
  readonly scenario: Scenario;
  readonly lang: SnippetLanguage;
  /** Milliseconds between two steps. */
  readonly pace: number;
  /** Objects that exist already, by the names the steps use. */
  readonly given?: Readonly<Record<string, ApiRecord>>;
  /** Where the scenario stands, if it is one of the user's. */
  readonly source?: ScenarioSource;
}

/** Plays all steps of a scenario, one after the other. @throws GatewayError */
export async function runThrough(context: Context, simulation: Simulation): Promise<Result> {
  const { scenario, lang, pace, given, source } = simulation;
  const stage = await openStage(context);
  if (!stage.emulated) refuseWhatTestCannot(scenario);
  const play = await Play.open(stage, subjectOf(scenario), given);
  const narrator = new Narrator(context, play, lang, scenario.steps.length);
  narrator.begin(scenario);
  for (const [index, step] of scenario.steps.entries()) {
    if (context.signal.aborted) break;
    if (index > 0 && pace > 0) await context.host.sleep(pace, context.signal);
    try {
      narrator.announce(step);
      await narrator.perform(step);
    } catch (error) {
      throw failedStep(error, step, index, source);
    }
  }
  return resultOf(context, scenario, narrator.records, given?.[subjectOf(scenario)]);
}

/** Nothing is begun that cannot be finished. */
export function refuseWhatTestCannot(scenario: Scenario): void {
  for (const step of scenario.steps) {
    const reason = whyOfflineOnly(step);
    if (reason !== undefined) throw impossible(new StepNotPossible(step, reason), scenario.id);
  }
}

function impossible(error: StepNotPossible, name: string): CliError {
  return new CliError('EMULATOR_ONLY', `Test mode can't do this: ${error.step.title}`, {
    why: `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`,
    fix: [`payintent simulate ${name} --offline`],
    cause: error,
  });
}

/** What is left to say once the steps have been shown; with --json, all of it. */
export function resultOf(
  context: Context,
  scenario: Scenario,
  steps: readonly StepRecord[],
  start?: ApiRecord,
): Result {
  const deviated = steps.some((step) => step.deviations.length > 0);
  const id = steps.at(-1)?.id ?? textOf(start?.['id']);
  const { globals, host } = context;
  const exit = deviated ? exitCodes.failed : exitCodes.done;
  const next =
    id?.startsWith('pi_') === true ? [`payintent timeline ${id}`, 'payintent simulate --list'] : [];
  if (globals.quiet) return { view: { human: () => '', rows: [{ id }], columns: ['id'] }, exit };
  const simulation = {
    object: 'simulation',
    name: scenario.id,
    title: scenario.title,
    teaches: scenario.teaches,
    verdict: deviated ? 'fail' : 'pass',
    id,
    statuses: statusesOf(steps, textOf(start?.['status'])),
    steps,
  };
  if (globals.fields.length > 0) {
    // Fields that the whole does not have are those of its steps.
    const ofWhole = globals.fields.every((field) => (field.split('.')[0] ?? '') in simulation);
    const data = ofWhole ? simulation : steps;
    const rows = ofWhole ? [simulation] : steps.map(stepRow);
    return { data, view: { human: () => '', rows, columns: stepColumns }, exit, next };
  }
  if (globals.json) return { data: simulation, exit, next };
  if (outputMode(globals, host.stdout.isTTY) !== 'human') return { exit, next };
  return {
    view: proseView((ui) => `\n${labelled('Learned', scenario.teaches, ui.width, ui.color.bold)}`),
    exit,
    next,
  };
}

/** The statuses in order, without repetitions. */
function statusesOf(steps: readonly StepRecord[], start: string | null): string[] {
  const all = [start, ...steps.map(({ status }) => status)].filter((status) => status !== null);
  return all.filter((status, index) => status !== all[index - 1]);
}
