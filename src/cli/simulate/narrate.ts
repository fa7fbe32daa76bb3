import type { Scenario, Step } from '../../scenario/format.ts';
import type { Play, StepResult } from '../../scenario/runner.ts';
import { type SnippetLanguage, snippetLines, snippetRequestOf } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { outputMode } from '../output.ts';
import { redact } from '../redact.ts';
import { wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { type StepRecord, stepRecord } from './step-record.ts';
import { drawOutcome, drawPlan } from './step-view.ts';

export const stepColumns = ['step', 'title', 'status', 'events'];

/** A step as one line: what it sent in one cell. */
export const stepRow = (record: StepRecord) => ({ ...record, events: record.events.join(',') });

/** Performs steps and tells of each: the record of every one is kept. */
export class Narrator {
  readonly #context: Context;
  readonly #play: Play;
  readonly #lang: SnippetLanguage;
  readonly #seen: string[] = [];
  readonly records: StepRecord[] = [];
  /** How many steps there will be. */
  of: number;

  constructor(context: Context, play: Play, lang: SnippetLanguage, of: number) {
    this.#context = context;
    this.#play = play;
    this.#lang = lang;
    this.of = of;
  }

  /** The result of the last step. */
  last: StepResult | undefined;

  /** Tells people what the story is about. */
  begin({ title }: Pick<Scenario, 'title'>): void {
    this.#toPeople((ui) =>
      wrap(title, ui.width)
        .map((line) => ui.color.bold(line))
        .concat('')
        .join('\n'),
    );
  }

  /** Tells people what is about to be done. @throws BadReference */
  announce(step: Step): void {
    const place = { of: this.of, step: this.records.length + 1, title: step.title, why: step.why ?? null };
    const request = snippetRequestOf({ step, request: this.#play.requestFor(step) });
    const code = redact(snippetLines(this.#lang, request).join('\n'));
    this.#toPeople((ui) => `${this.records.length === 0 ? '' : '\n'}${drawPlan(place, code, ui)}`);
  }

  /** Does it, and tells what came of it. @throws what `Play.perform` throws */
  async perform(step: Step, refusable = false): Promise<StepRecord> {
    const result = await this.#play.perform(step, { refusable });
    const { globals } = this.#context;
    const record = stepRecord(result, {
      of: Math.max(this.of, this.records.length + 1),
      lang: this.#lang,
      showSecrets: globals.showSecrets,
    });
    const scene = {
      kind: result.after?.['object'],
      currency: result.after?.['currency'],
      seen: [...this.#seen],
    };
    this.records.push(record);
    this.last = result;
    if (record.status_before !== null) this.#seen.push(record.status_before);
    if (record.status !== null) this.#seen.push(record.status);
    this.#show(record, (ui) => drawOutcome(record, scene, ui));
    return record;
  }

  /** One by one, unless the answer is wanted in one piece. */
  #show(record: StepRecord, draw: (ui: Ui) => string): void {
    const { globals, report } = this.#context;
    if (globals.json || globals.quiet || globals.fields.length > 0) return;
    this.#context.emit(this.#mode === 'lines' ? stepRow(record) : { ...record }, draw, stepColumns);
    // People see them with the step, programs in its record.
    if (this.#mode === 'lines')
      for (const text of record.deviations) report.warn(`Step ${record.step}: ${text}`);
  }

  get #mode() {
    return outputMode(this.#context.globals, this.#context.host.stdout.isTTY);
  }

  #toPeople(draw: (ui: Ui) => string): void {
    if (this.#mode === 'human' && this.#context.globals.fields.length === 0) this.#context.emit({}, draw, []);
  }
}
