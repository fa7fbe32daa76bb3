import { GatewayError } from '../../gateway/gateway-error.ts';
import type { Lesson, Round } from '../../lessons/lesson.ts';
import { type CheckOutcome, LessonRun, ObjectsGone, type RunState } from '../../lessons/lesson-run.ts';
import type { LessonText, PredictionText, RoundText } from '../../lessons/text.ts';
import { BadReference } from '../../scenario/references.ts';
import { SNIPPET_LANGUAGES, type SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { type Choice, PromptCancelled, type Prompter } from '../host.ts';
import type { Ui } from '../ui.ts';
import type { OpenClassroom } from './classroom.ts';
import { drawElsewhere } from './elsewhere.ts';
import { LessonShell } from './lesson-shell.ts';
import { drawPerformed, drawRefusal } from './performed-view.ts';
import { drawProgram, drawVisits, editProgram, mendProgram, programDifference } from './program-turn.ts';
import type { LessonProgress } from './progress.ts';
import { requestBlocks } from './show-task.ts';
import { drawChecks, drawCode, drawIntro, drawPart, drawRound } from './turn-view.ts';
import { runTyped } from './typed-line.ts';
import type { Voice } from './voice.ts';
import type { Wish } from './words/words.ts';

/** How a sitting ended. */
export type Ending = 'cancelled' | 'done' | 'left';

export interface Sitting {
  readonly context: Context;
  readonly lesson: Lesson;
  readonly text: LessonText;
  readonly voice: Voice;
  readonly classroom: OpenClassroom;
  readonly prompter: Prompter;
  /** Keeps what has been reached. */
  readonly keep: (progress: LessonProgress) => Promise<void>;
}

/** Takes a lesson with somebody at the keyboard. */
export class Player {
  readonly #sitting: Sitting;
  readonly #shell: LessonShell;
  #run: LessonRun;
  #as: SnippetLanguage;
  #guesses: Record<string, string> = {};
  /** Whether it was told how programs reach the emulator. */
  #saidWhere = false;
  /** Answers had at the start, and whether the round's beginning was told already. */
  readonly #done: number | undefined;

  /** @param progress what is known from before */
  constructor(sitting: Sitting, progress: LessonProgress, as: SnippetLanguage) {
    this.#sitting = sitting;
    this.#shell = new LessonShell(sitting.context);
    this.#done = progress.done;
    this.#as = as;
    this.#run = LessonRun.start(sitting.lesson, sitting.classroom);
  }

  get round(): number {
    return this.#run.index;
  }

  get guesses(): Readonly<Record<string, string>> {
    return this.#guesses;
  }

  /** @param left where to go on; the beginning unless given. `where` is the state that it was left in */
  async go({ left, where, guesses }: Partial<LessonProgress> = {}): Promise<Ending> {
    const { text, voice } = this.#sitting;
    try {
      if (left === undefined) this.#say((ui) => drawIntro(text, voice, ui));
      else await this.#resume(left, where, guesses ?? {});
      for (let round = this.#run.round; round !== undefined; round = this.#run.round) {
        if (!(await this.#takeRound(round))) return 'left';
      }
      this.#say((ui) => drawPart(voice.words.outro, text.outro, voice, ui).trimEnd());
      return 'done';
    } catch (error) {
      if (error instanceof PromptCancelled) return 'cancelled';
      throw error;
    } finally {
      this.#shell.close();
      await this.#run.close();
    }
  }

  async #resume(
    left: RunState,
    where: string | undefined,
    guesses: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { lesson, classroom } = this.#sitting;
    this.#guesses = { ...guesses };
    // What a place in one state is worth in another, nobody can say.
    if (where !== undefined && where !== classroom.where) return this.#makeAnew(left.round);
    try {
      this.#run = LessonRun.resume(lesson, classroom, left);
    } catch (error) {
      if (!(error instanceof ObjectsGone)) throw error;
      await this.#makeAnew(left.round);
    }
  }

  /** Everything once more, up to the round at hand. */
  async #makeAnew(round: number, wasGone = true): Promise<void> {
    const { lesson, classroom, voice } = this.#sitting;
    await this.#run.close();
    this.#run = await LessonRun.replay(lesson, classroom, round);
    const said = [...(wasGone ? [voice.words.objectsGone] : []), voice.words.madeAnew].join(' ');
    this.#say((ui) => `\n${voice.prose(said, ui)}\n`);
  }

  /** Answers whether the round was finished; false where somebody leaves. */
  async #takeRound(round: Round): Promise<boolean> {
    const { lesson, text, voice } = this.#sitting;
    const { words } = voice;
    const said = text.rounds[round.id];
    if (said === undefined) throw new Error(`no text for the round ${round.id} of ${lesson.id}`);
    const head = `${words.round(this.#run.index + 1, lesson.rounds.length)} · ${words.kinds[round.kind]}`;
    await this.#begin();
    this.#say((ui) => drawRound(head, this.#filled(said), voice, ui));
    if (round.predict !== undefined && said.predict !== undefined && this.#guesses[round.id] === undefined) {
      await this.#guess(round.id, round.predict.right, round.predict.choices, said.predict);
    }
    await this.#showTask(round, said);
    if (!(await this.#turn(round, said))) return false;
    this.#say((ui) => drawPart(words.why, this.#run.fill(said.explain), voice, ui));
    await this.#run.next();
    await this.#keep();
    const next = this.#run.round;
    return next === undefined || this.#goesOn(text.rounds[next.id]?.title ?? next.id);
  }

  async #begin(): Promise<void> {
    try {
      await this.#run.begin();
    } catch (error) {
      // What was known by name has been changed too much for what was to be prepared.
      if (!(error instanceof GatewayError || error instanceof BadReference)) throw error;
      await this.#makeAnew(this.#run.index, false);
      await this.#run.begin();
    }
    await this.#keep();
  }

  async #guess(
    round: string,
    right: string,
    ids: readonly string[],
    { question, choices }: PredictionText,
  ): Promise<void> {
    const { prompter, voice } = this.#sitting;
    const { words } = voice;
    const labels = ids.map((id) => choices[id]?.label ?? id);
    this.#say((ui) => drawPart(words.question, question, voice, ui));
    // An answer that would be broken by the list is read above it.
    const isLong = labels.some((label) => !voice.fits(label));
    if (isLong) {
      this.#say((ui) =>
        [...labels.map((label, index) => voice.row(`${words.letters[index]}.`, label, ui)), ''].join('\n'),
      );
    }
    const names = isLong ? words.letters : labels;
    const answer = await prompter.select(
      voice.question(
        words.guess,
        ids.map((id, index) => ({ name: names[index] ?? id, value: id })),
      ),
    );
    this.#guesses[round] = answer;
    const judged = answer === right ? words.right : words.notThis;
    const wanted = choices[right];
    const told = [
      `**${judged}** ${choices[answer]?.because ?? ''}`,
      ...(answer === right ? [] : [`**${wanted?.label}** (${words.rightOne}) – ${wanted?.because}`]),
    ];
    this.#say((ui) => `\n${voice.prose(told.join('\n\n'), ui)}\n`);
    await this.#keep();
  }

  async #showTask(round: Round, said: RoundText): Promise<void> {
    const { voice, classroom } = this.#sitting;
    const { words } = voice;
    this.#say((ui) => drawPart(words.task, this.#run.fill(said.task), voice, ui));
    if (round.task.exercise !== undefined) {
      const drawn = await drawProgram(round.task.exercise, this.#run.exercise?.url ?? '', classroom, voice);
      this.#say(drawn);
    }
    this.#showRequests(round);
    if (this.#as !== 'payintent' && !this.#saidWhere && round.task.steps.length > 0) await this.#elsewhere();
  }

  #showRequests(round: Round): void {
    const { lesson, voice } = this.#sitting;
    const blocks = requestBlocks(lesson, round, this.#run.objects, this.#as);
    if (blocks.length === 0) return;
    this.#say((ui) => `${voice.line(voice.words.oneWay, ui, ui.color.dim)}\n${drawCode(blocks, ui)}\n`);
  }

  /** The learner's turn, until everything is as it should be. Answers false where somebody leaves. */
  async #turn(round: Round, said: RoundText): Promise<boolean> {
    for (;;) {
      const wish = await this.#ask(round);
      if (wish === 'leave') return false;
      if (wish === 'type') {
        if (await this.#type(said)) return true;
      } else if (wish === 'language') await this.#chooseLanguage(round);
      else if (wish === 'elsewhere') await this.#elsewhere();
      else if (wish === 'difference') this.#say(await programDifference(this.#sitting, round.task.exercise));
      else if (wish === 'again') {
        await this.#makeAnew(this.#run.index, false);
        await this.#begin();
        this.#showRequests(round);
      } else if (wish === 'edit') {
        if (!(await editProgram(this.#sitting, round.task.exercise))) continue;
        if (this.#tell(await this.#check(round), said)) return true;
      } else if (wish === 'hint') this.#hint(await this.#check(round), said);
      else if (wish === 'check' || (await this.#perform(round))) {
        if (this.#tell(await this.#check(round), said)) return true;
      }
    }
  }

  #ask(round: Round): Promise<Wish> {
    const { prompter, voice } = this.#sitting;
    const { exercise, steps } = round.task;
    const isOwn = exercise?.runs === 'copy';
    const sends = steps.length > 0 || (exercise?.visits ?? []).length > 0;
    const wishes: Wish[] = [
      ...(isOwn ? (['edit'] as const) : []),
      'type',
      'check',
      'perform',
      'hint',
      ...(isOwn ? (['difference'] as const) : []),
      ...(sends ? (['language'] as const) : []),
      'elsewhere',
      'again',
      'leave',
    ];
    const { perform, ...others } = voice.words.wishes;
    const mends = isOwn && !sends ? { description: voice.words.mends } : {};
    const named = { ...others, perform: { ...perform, ...mends } };
    const choices = wishes.map((value): Choice<Wish> => ({ ...named[value], value }));
    return prompter.select(voice.question(voice.words.whatNow, choices));
  }

  /** Lines, one after the other. Answers whether all is met; false where somebody goes back to the choices. */
  async #type(said: RoundText): Promise<boolean> {
    const { context, classroom, lesson, prompter, voice } = this.#sitting;
    this.#say((ui) => voice.line(voice.words.typing, ui, ui.color.dim));
    let known = '';
    for (;;) {
      const line = await prompter.line({ message: '$' });
      if (/^(?:|exit|quit)$/.test(line)) return false;
      const url = this.#run.exercise?.url;
      await runTyped(line, {
        context,
        classroom,
        shell: this.#shell,
        lesson: lesson.id,
        variables: url === undefined ? {} : { SHOP: url },
      });
      const round = this.#run.round;
      if (round === undefined) continue;
      const outcomes = await this.#check(round);
      // What asked nothing of the emulator and changed nothing is not judged once more.
      const now = JSON.stringify([this.#run.sent, outcomes]);
      if (now !== known && this.#tell(outcomes, said)) return true;
      known = now;
    }
  }

  async #chooseLanguage(round: Round): Promise<void> {
    const { prompter, voice } = this.#sitting;
    const choices = SNIPPET_LANGUAGES.map((name) => ({ name, value: name }));
    this.#as = await prompter.select(voice.question(voice.words.language, choices));
    this.#showRequests(round);
    if (this.#as !== 'payintent') await this.#elsewhere();
  }

  async #elsewhere(): Promise<void> {
    const { context, classroom, voice } = this.#sitting;
    const url = await classroom.address();
    const shop = this.#run.exercise?.url;
    this.#saidWhere = true;
    this.#say((ui) => drawElsewhere(context, classroom, { url, shop, as: this.#as }, voice, ui));
  }

  /** Does it for the learner. Answers whether it could be done. */
  async #perform(round: Round): Promise<boolean> {
    const { voice } = this.#sitting;
    try {
      if (round.task.exercise?.runs === 'copy') await mendProgram(this.#sitting, round.task.exercise);
      const { exercise } = this.#run;
      const earlier = exercise?.visits.length ?? 0;
      const results = await this.#working(this.#run.perform());
      const done = exercise?.visits.slice(earlier) ?? [];
      if (done.length > 0) this.#say((ui) => `\n${drawVisits(done, voice, ui)}`);
      if (results.length > 0) this.#say((ui) => `\n${drawPerformed(results, ui)}`);
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error instanceof PromptCancelled) throw error;
      const refusal = error instanceof GatewayError ? { ...error.facts, message: error.message } : error;
      this.#say((ui) => `${drawRefusal(refusal, ui)}\n${voice.prose(voice.words.notPossible, ui)}\n`);
      return false;
    }
  }

  async #check(round: Round): Promise<readonly CheckOutcome[]> {
    const { voice } = this.#sitting;
    try {
      if (round.task.exercise?.probe !== undefined)
        this.#say((ui) => voice.line(voice.words.trying, ui, ui.color.dim));
      const outcomes = await this.#working(this.#run.check());
      await this.#keep();
      const trouble = this.#run.probed?.trouble;
      if (trouble !== undefined) {
        const lines = trouble.lines.map((line) => `  ${line}`);
        this.#say((ui) => [voice.prose(voice.words.programTrouble(trouble.kind), ui), ...lines].join('\n'));
      }
      return outcomes;
    } catch (error) {
      if (!(error instanceof ObjectsGone)) throw error;
      await this.#makeAnew(this.#run.index);
      await this.#begin();
      this.#showRequests(round);
      return this.#run.check();
    }
  }

  /** Says what is met and what is missing. Answers whether all is met. */
  #tell(outcomes: readonly CheckOutcome[], said: RoundText): boolean {
    this.#say((ui) => `\n${drawChecks(outcomes, this.#filled(said), this.#sitting.voice, ui)}\n`);
    return outcomes.every(({ met }) => met);
  }

  #hint(outcomes: readonly CheckOutcome[], said: RoundText): void {
    const { voice } = this.#sitting;
    const missing = outcomes.filter(({ met }) => !met);
    this.#say((ui) => `\n${drawChecks(missing, this.#filled(said), voice, ui)}\n`);
    const tried = this.#run.probed?.tried ?? [];
    if (tried.length === 0) return;
    this.#say(
      (ui) => `${voice.line(voice.words.tried, ui, ui.color.dim)}\n${drawVisits(tried, voice, ui)}\n`,
    );
  }

  /** Between two rounds there is time to read. */
  async #goesOn(title: string): Promise<boolean> {
    const { prompter, voice } = this.#sitting;
    const { nextRound, wishes, whatNow } = voice.words;
    return prompter.select(
      voice.question(whatNow, [
        { name: nextRound(title), value: true },
        { ...wishes.leave, value: false },
      ]),
    );
  }

  /** With the ids that are known by now. */
  #filled(said: RoundText): RoundText {
    const fill = (text: string): string => this.#run.fill(text);
    const checks = Object.entries(said.checks).map(
      ([id, { met, missing }]) => [id, { met: fill(met), missing: fill(missing) }] as const,
    );
    return {
      ...said,
      ...(said.setting === undefined ? {} : { setting: fill(said.setting) }),
      checks: Object.fromEntries(checks),
    };
  }

  /** ^C while the lesson itself works leaves it, as ^C at a question does. @throws PromptCancelled */
  async #working<T>(work: Promise<T>): Promise<T> {
    let stopListening = (): void => {};
    const left = new Promise<never>((_, reject) => {
      stopListening = this.#sitting.context.host.onSignal(() => reject(new PromptCancelled()));
    });
    try {
      return await Promise.race([work, left]);
    } finally {
      stopListening();
    }
  }

  async #keep(): Promise<void> {
    const isOver = this.#run.round === undefined;
    await this.#sitting.keep({
      ...(this.#done === undefined ? {} : { done: this.#done }),
      ...(isOver ? {} : { left: this.#run.state, where: this.#sitting.classroom.where }),
      guesses: this.#guesses,
    });
  }

  #say(draw: (ui: Ui) => string): void {
    this.#sitting.context.emit({}, draw, []);
  }
}
