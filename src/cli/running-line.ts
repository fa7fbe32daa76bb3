import type { OutputStream } from './host.ts';

/** What is done sooner than this is not announced. Milliseconds. */
const DELAY = 300;

/**
 * Names what is under way on the last line of a terminal, and takes it away again without a trace. It is for terminals
 * whose reader sees them repaint; nothing is written elsewhere.
 */
export class RunningLine {
  readonly #stream: OutputStream;
  readonly #isWanted: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Columns that are written; 0 while nothing is shown. */
  #shown = 0;

  constructor(stream: OutputStream, isWanted: boolean) {
    this.#stream = stream;
    this.#isWanted = isWanted && stream.isTTY;
  }

  /** Shows a text in place of the one before, once it has gone on for a while. */
  show(text: string): void {
    if (!this.#isWanted) return;
    this.clear();
    this.#timer = setTimeout(() => this.#write(text), DELAY);
    this.#timer.unref();
  }

  /** To be called before anything else is written to the terminal. */
  clear(): void {
    clearTimeout(this.#timer);
    if (this.#shown > 0) this.#stream.write(`\r${' '.repeat(this.#shown)}\r`);
    this.#shown = 0;
  }

  #write(text: string): void {
    const width = Math.max(10, (this.#stream.columns ?? 80) - 1);
    const fitting = text.length > width ? `${text.slice(0, width - 1)}…` : text;
    this.#stream.write(fitting);
    this.#shown = fitting.length;
  }
}
