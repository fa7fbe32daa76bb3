import type { Step } from '../../scenario/format.ts';
import type { Play, StepResult } from '../../scenario/runner.ts';
import type { SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { outputMode } from '../output.ts';
import type { Ui } from '../ui.ts';
import { type StepRecord, stepRecord } from './step-record.ts';
import { drawOutcome, drawPlan } from './step-view.ts';

const columns = ['step', 'title', 'status', 'events'];

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

  /** Tells people what is about to be done. */
  announce(step: Step): void {
    const place = { of: this.of, step: this.records.length + 1, title: step.title, why: step.why ?? null };
    this.#toPeople((ui) => `${this.records.length === 0 ? '' : '\n'}${drawPlan(place, ui)}`);
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
    if (!globals.json) {
      const shown = this.#mode === 'lines' ? { ...record, events: record.events.join(',') } : { ...record };
      this.#context.emit(
        shown,
        (ui) => drawOutcome(record, { ...scene, seen: [...scene.seen] }, ui),
        columns,
      );
    }
    return record;
  }

  get #mode() {
    return outputMode(this.#context.globals, this.#context.host.stdout.isTTY);
  }

  #toPeople(draw: (ui: Ui) => string): void {
    if (this.#mode === 'human') this.#context.emit({}, draw, []);
  }
}
