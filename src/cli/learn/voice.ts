import type { Lang, Prose } from '../../lessons/text.ts';
import type { Context } from '../context.ts';
import type { Choice, OutputStream } from '../host.ts';
import { openPalette, type Palette } from '../palette.ts';
import type { Result } from '../spec.ts';
import { visibleWidth } from '../text.ts';
import type { Ui } from '../ui.ts';
import { type BidiMode, bidiMode } from './bidi-mode.ts';
import { chooseLang, inSameLang, type TypedLang } from './lang.ts';
import { directed, directedRow, logLine, renderProse, type Writing } from './prose-view.ts';
import { loadWords, type Words } from './words/words.ts';

/** A question with its answers, in the words of a language. */
export interface Question<T> {
  readonly message: string;
  readonly choices: readonly Choice<T>[];
  readonly keys: string;
}

/** How things are said in one language to one stream. */
export class Voice {
  readonly lang: Lang;
  readonly words: Words;
  readonly #typed: TypedLang;
  readonly #bidi: BidiMode;
  readonly #plain: Palette;
  readonly #stdout: OutputStream;

  private constructor(
    { lang, words, typed }: { lang: Lang; words: Words; typed: TypedLang },
    bidi: BidiMode,
    plain: Palette,
    stdout: OutputStream,
  ) {
    this.lang = lang;
    this.words = words;
    this.#typed = typed;
    this.#bidi = bidi;
    this.#plain = plain;
    this.#stdout = stdout;
  }

  static async open(typed: TypedLang, { config, host }: Pick<Context, 'config' | 'host'>): Promise<Voice> {
    const lang = chooseLang(typed.lang, config, host.env);
    const mode = bidiMode(typed.bidi, host.env, host.stdout.isTTY);
    const words = await loadWords(lang);
    return new Voice({ lang, words, typed }, mode, await openPalette(false), host.stdout);
  }

  #writing(ui: Ui): Writing {
    return { lang: this.lang, bidi: this.#bidi, width: ui.width, color: ui.color };
  }

  prose(text: Prose, ui: Ui): string {
    return renderProse(text, this.#writing(ui));
  }

  /** A line or more with a style of its own: a title, a remark. */
  line(text: string, ui: Ui, paint?: (text: string) => string): string {
    return directed(text, this.#writing(ui), paint);
  }

  /** A line that is read from the left, with words of this language in it. */
  log(text: string, { color }: Ui): string {
    return logLine(text, { bidi: this.#bidi, color });
  }

  /** A command to type next, in this language. */
  command(words: string): string {
    return inSameLang(words, this.#typed);
  }

  /** Commands to type next, for a result. */
  next(commands: readonly string[]): Pick<Result, 'next' | 'nextLabel'> {
    return {
      next: commands.map((words) => this.command(words)),
      nextLabel: this.#bare(this.words.nextCommand),
    };
  }

  /** A text beside a short label. */
  row(label: string, text: string, ui: Ui, paint?: (label: string) => string): string {
    const labelWidth = visibleWidth(label) + 1;
    return directedRow(label, text, this.#writing(ui), {
      labelWidth,
      ...(paint === undefined ? {} : { paint }),
    });
  }

  /** A question with its answers, for a prompter. */
  question<T>(message: string, choices: readonly Choice<T>[]): Question<T> {
    return {
      message: this.#bare(message),
      keys: this.#below(this.words.keys),
      choices: choices.map(({ name, value, description }) => ({
        name: this.#bare(name),
        value,
        ...(description === undefined ? {} : { description: this.#below(description) }),
      })),
    };
  }

  /** Whether a choice fits on one line of a list. */
  fits(name: string): boolean {
    return visibleWidth(this.#bare(name)) <= this.#width - 4;
  }

  /** Words for a question, which is drawn elsewhere: without colour, on one line. */
  #bare(text: string): string {
    return directed(text, { lang: this.lang, bidi: this.#bidi, color: this.#plain });
  }

  /** What is said below a list: broken here, since whoever draws it would break a line in the order of its columns. */
  #below(text: string): string {
    const { lang } = this;
    const within = (width: number): string =>
      directed(text, { lang, bidi: this.#bidi, color: this.#plain, width });
    const drawn = within(this.#width - 1);
    // Whoever draws it takes marks for columns.
    const marks = Math.max(...drawn.split('\n').map((line) => line.length - visibleWidth(line)));
    return marks === 0 ? drawn : within(this.#width - 1 - marks);
  }

  get #width(): number {
    return (this.#stdout.isTTY && this.#stdout.columns) || 80;
  }
}
