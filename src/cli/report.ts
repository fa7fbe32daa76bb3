import type { OutputStream } from './host.ts';
import type { Palette } from './palette.ts';
import { redact } from './redact.ts';
import { labelled, labelledParts, labelledWhole } from './text.ts';

export interface ReportOptions {
  readonly stream: OutputStream;
  readonly color: Palette;
  readonly width: number;
  /** Says nothing but errors. */
  readonly quiet: boolean;
  /** Holds everything back until `release`: a failing command with `--json` must leave one JSON object on stderr. */
  readonly held: boolean;
}

/** Everything that is not data goes to stderr through here. */
export class Report {
  readonly #options: ReportOptions;
  #held: string[] | undefined;

  constructor(options: ReportOptions) {
    this.#options = options;
    this.#held = options.held ? [] : undefined;
  }

  get #paint(): (label: string) => string {
    return this.#options.color.dim;
  }

  /** A labelled line, wrapped: `  Note      …`. */
  note(text: string, label = 'Note'): void {
    this.#line(labelled(label, redact(text), this.#options.width, this.#paint));
  }

  /** A labelled line that is never cut or wrapped: a command, a URL, an id. */
  whole(label: string, text: string): void {
    this.#line(labelledWhole(label, redact(text), this.#paint));
  }

  /** A labelled line of parts with two spaces between; on a terminal it goes on below where the next does not fit. */
  parts(label: string, parts: readonly string[]): void {
    const { stream, width } = this.#options;
    const room = stream.isTTY ? width : Number.POSITIVE_INFINITY;
    this.#line(labelledParts(label, parts.map(redact), room, this.#paint));
  }

  warn(text: string): void {
    this.#line(`${this.#options.color.yellow('!')} ${redact(text)}`);
  }

  /** Prints even when quiet: `--debug` lines. */
  debug(text: string): void {
    this.#write(`${this.#options.color.dim(redact(text))}\n`);
  }

  /** Prints what was held back, and from then on at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const text of held) this.#options.stream.write(text);
  }

  /** Forgets what was held back. */
  drop(): void {
    this.#held = undefined;
  }

  #line(text: string): void {
    if (!this.#options.quiet) this.#write(`${text}\n`);
  }

  #write(text: string): void {
    if (this.#held === undefined) this.#options.stream.write(text);
    else this.#held.push(text);
  }
}
