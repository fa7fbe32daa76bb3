import { STATUS_GUIDES } from '../../domain/status-guide.ts';
import { isPaymentIntentStatus } from '../../domain/statuses.ts';
import { type ApiRecord, pathTo } from '../../gateway/gateway.ts';
import { forksFrom } from '../../scenario/forks.ts';
import { type Scenario, type Step, subjectOf } from '../../scenario/format.ts';
import { Play } from '../../scenario/runner.ts';
import type { Stage } from '../../scenario/stage.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Choice, PromptCancelled, type Prompter } from '../host.ts';
import { redactValue } from '../redact.ts';
import type { Result } from '../spec.ts';
import { openStage } from '../stage.ts';
import { labelled } from '../text.ts';
import { Narrator } from './narrate.ts';
import { MOVE_HINT, readMove } from './own-move.ts';
import { refuseWhatTestCannot, resultOf, type Simulation } from './simulation.ts';
import { failedStep, type ScenarioSource } from './step-failure.ts';

/** The subject of stories about a PaymentIntent. */
const INTENT = subjectOf({});

type Wish = 'fork' | 'next' | 'object' | 'quit' | 'try' | 'why';

/** Walks through a scenario with somebody at the keyboard, who decides before every step. @throws GatewayError */
export async function walkThrough(context: Context, simulation: Simulation): Promise<Result> {
  const { scenario, lang, given, source } = simulation;
  const stage = await openStage(context);
  if (!stage.emulated) refuseWhatTestCannot(scenario);
  const play = await Play.open(stage, subjectOf(scenario), given);
  const narrator = new Narrator(context, play, lang, scenario.steps.length);
  const walk = new Walk({ context, stage, play, narrator, scenario, source });
  const isCancelled = await walk.go(await context.ask('--auto'));
  const done = narrator.records.filter(({ title }) => scenario.steps.some((step) => step.title === title));
  const result = resultOf(context, scenario, done);
  if (!isCancelled && narrator.records.length > 0) return result;
  return { exit: isCancelled ? exitCodes.interrupted : exitCodes.done, next: result.next ?? [] };
}

interface WalkParts {
  readonly context: Context;
  readonly stage: Stage;
  readonly play: Play;
  readonly narrator: Narrator;
  readonly scenario: Scenario;
  readonly source: ScenarioSource | undefined;
}

class Walk {
  readonly #context: Context;
  readonly #stage: Stage;
  readonly #play: Play;
  readonly #narrator: Narrator;
  readonly #scenario: Scenario;
  readonly #source: ScenarioSource | undefined;
  readonly #subject: string;
  /** Steps of the scenario that are still to come. */
  #left: Step[];

  constructor({ context, stage, play, narrator, scenario, source }: WalkParts) {
    this.#context = context;
    this.#stage = stage;
    this.#play = play;
    this.#narrator = narrator;
    this.#scenario = scenario;
    this.#source = source;
    this.#subject = subjectOf(scenario);
    this.#left = [...scenario.steps];
  }

  /** Goes on until nothing is left or somebody leaves. Answers whether it was left with ^C. */
  async go(prompter: Prompter): Promise<boolean> {
    let announced: Step | undefined;
    this.#narrator.begin(this.#scenario);
    try {
      for (;;) {
        const [step] = this.#left;
        if (step !== undefined && step !== announced) this.#announce(step);
        announced = step;
        const choices = this.#choices(step);
        const wish = await prompter.select({ message: step === undefined ? 'And now' : 'What now', choices });
        if (wish === 'quit') return false;
        if (wish === 'next' && step !== undefined) {
          this.#left.shift();
          await this.#perform(step);
        } else if (wish === 'why') this.#explain(step);
        else if (wish === 'object') this.#show();
        else if (wish === 'fork') await this.#fork(prompter);
        else if (wish === 'try') await this.#try(prompter);
      }
    } catch (error) {
      if (error instanceof PromptCancelled) return true;
      throw error;
    }
  }

  #announce(step: Step): void {
    try {
      this.#narrator.announce(step);
    } catch (error) {
      throw this.#located(error, step);
    }
  }

  async #perform(step: Step): Promise<void> {
    try {
      await this.#narrator.perform(step, true);
    } catch (error) {
      throw this.#located(error, step);
    }
  }

  #located(error: unknown, step: Step): unknown {
    return failedStep(error, step, this.#scenario.steps.indexOf(step), this.#source);
  }

  #choices(step: Step | undefined): Choice<Wish>[] {
    const { objects } = this.#play;
    const ownMoves = this.#subject === INTENT && objects.has(this.#subject);
    return [
      ...(step === undefined ? [] : [{ name: 'next', value: 'next', description: step.title } as const]),
      ...(step === undefined && !ownMoves
        ? []
        : [{ name: 'why', value: 'why', description: 'what this means' } as const]),
      ...(objects.has(this.#subject)
        ? [{ name: 'show object', value: 'object', description: 'the whole object as it is now' } as const]
        : []),
      ...(ownMoves && this.#forks(this.#play.objects.get(this.#subject)).length > 0
        ? [{ name: 'another way', value: 'fork', description: 'do something else from here' } as const]
        : []),
      ...(ownMoves
        ? [
            {
              name: 'try your own move',
              value: 'try',
              description: 'legal or not: see what happens',
            } as const,
          ]
        : []),
      { name: step === undefined ? 'done' : 'quit', value: 'quit', description: 'the intent stays as it is' },
    ];
  }

  #forks(intent: ApiRecord | undefined) {
    return intent === undefined ? [] : forksFrom(intent, this.#stage.emulated);
  }

  /** With its charge and its payment method, which say what can be refunded and what a bank will answer. */
  async #whole(): Promise<ApiRecord | undefined> {
    const id = this.#play.objects.get(this.#subject)?.['id'];
    if (typeof id !== 'string') return undefined;
    const params = { expand: ['latest_charge', 'payment_method'] };
    return (await this.#stage.gateway.request('GET', pathTo('payment_intents', id), params)).object;
  }

  #explain(step: Step | undefined): void {
    const status = this.#play.objects.get(this.#subject)?.['status'];
    const guide =
      typeof status === 'string' && this.#subject === INTENT && isPaymentIntentStatus(status)
        ? STATUS_GUIDES[status]
        : undefined;
    const next = step?.expect?.status;
    this.#say([
      ...(guide === undefined ? [] : [['Now', `${String(status)}: ${guide.meaning}`] as const]),
      ...(guide === undefined ? [] : [['Customer', guide.customerSees] as const]),
      ...(step?.why === undefined ? [] : [['Why', step.why] as const]),
      ...(next === undefined ? [] : [['Leads to', next] as const]),
    ]);
  }

  #say(rows: readonly (readonly [label: string, text: string])[]): void {
    this.#context.emit(
      {},
      (ui) => rows.map(([label, text]) => labelled(label, text, ui.width, ui.color.dim)).join('\n'),
      [],
    );
  }

  #show(): void {
    const object = this.#play.objects.get(this.#subject);
    const shown = this.#context.globals.showSecrets ? object : redactValue(object);
    this.#context.emit({}, () => JSON.stringify(shown, undefined, 2), []);
  }

  /** Something else than the scenario has in mind: what it had in mind is over. */
  async #fork(prompter: Prompter): Promise<void> {
    const fork = await prompter.select({
      message: 'Another way',
      choices: this.#forks(await this.#whole()).map((one) => ({
        name: `${one.title} (${one.to})`,
        value: one,
      })),
    });
    await this.#leave(fork.steps);
  }

  async #try(prompter: Prompter): Promise<void> {
    const typed = await prompter.input({
      message: 'Your move',
      validate: (text) => {
        const read = readMove(text);
        return typeof read === 'string' ? read : true;
      },
    });
    const step = readMove(typed);
    if (typeof step === 'string') this.#say([['Hint', MOVE_HINT]]);
    else await this.#leave([step]);
  }

  async #leave(steps: readonly Step[]): Promise<void> {
    const before = this.#play.objects.get(this.#subject)?.['status'];
    for (const step of steps) {
      this.#narrator.of = this.#narrator.records.length + 1 + this.#left.length;
      this.#narrator.announce(step);
      await this.#narrator.perform(step, true);
    }
    const after = this.#play.objects.get(this.#subject)?.['status'];
    if (after === before || this.#left.length === 0) return;
    this.#left = [];
    this.#say([['Note', 'This leaves the scenario: from here every step is yours.']]);
  }
}
