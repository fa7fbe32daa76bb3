import type { Lang, Prose } from '../../lessons/text.ts';
import type { Context } from '../context.ts';
import { openPalette, type Palette } from '../palette.ts';
import { visibleWidth } from '../text.ts';
import type { Ui } from '../ui.ts';
import { type BidiMode, bidiMode } from './bidi-mode.ts';
import { directed, directedRow, renderProse, type Writing } from './prose-view.ts';
import { loadWords, type Words } from './words/words.ts';

/** How things are said in one language to one stream. */
export class Voice {
  readonly lang: Lang;
  readonly words: Words;
  readonly #bidi: BidiMode;
  readonly #plain: Palette;

  private constructor(lang: Lang, words: Words, bidi: BidiMode, plain: Palette) {
    this.lang = lang;
    this.words = words;
    this.#bidi = bidi;
    this.#plain = plain;
  }

  /** @param bidi what `--bidi` says */
  static async open(lang: Lang, bidi: string | undefined, context: Context): Promise<Voice> {
    const { env, stdout } = context.host;
    return new Voice(
      lang,
      await loadWords(lang),
      bidiMode(bidi, env, stdout.isTTY),
      await openPalette(false),
    );
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

  /** A text beside a short label. */
  row(label: string, text: string, ui: Ui, paint?: (label: string) => string): string {
    const labelWidth = visibleWidth(label) + 1;
    return directedRow(label, text, this.#writing(ui), {
      labelWidth,
      ...(paint === undefined ? {} : { paint }),
    });
  }

  /** Words for a question, which is drawn elsewhere: without colour, on one line. */
  bare(text: string): string {
    return directed(text, { lang: this.lang, bidi: this.#bidi, color: this.#plain });
  }
}
