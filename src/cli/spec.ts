import type { Context } from './context.ts';
import type { Input } from './input.ts';
import type { View } from './view.ts';

/**
 * - `text` any string · `integer` · `amount` minor units · `duration` like `30s`, kept in milliseconds
 * - `flag` present or not · `switch` present, absent or `--no-…` (an API boolean) · `pair` repeatable `key=value`
 * - `items` repeatable text, commas separate too
 */
export type OptionKind = 'text' | 'integer' | 'amount' | 'duration' | 'flag' | 'switch' | 'pair' | 'items';

/** What a shell can offer for a value. */
export type CompletionSource =
  | 'payment-methods'
  | 'statuses'
  | 'intents'
  | 'currencies'
  | 'event-types'
  | 'commands'
  | 'topics'
  | 'files'
  | 'explainable'
  | 'method-types'
  | 'scenarios'
  | 'terms'
  | 'lessons'
  | 'advice-rules'
  | 'smoke-checks'
  | 'webhook-checks';

export interface OptionSpec {
  /** Kebab-case, without dashes. */
  readonly name: string;
  readonly short?: string;
  readonly kind: OptionKind;
  /** What stands for the value in help, without angle brackets. */
  readonly value?: string;
  readonly summary: string;
  /** The API parameter this fills, in bracket form: `created[gt]`. */
  readonly param?: string;
  readonly choices?: readonly string[];
  readonly complete?: CompletionSource;
  /** Listed first in help. */
  readonly common?: boolean;
  /** Accepted and left out of help. */
  readonly hidden?: boolean;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  readonly complete?: CompletionSource;
  readonly choices?: readonly string[];
}

export interface ExampleSpec {
  /** The line as typed, starting with `payintent`. `{intent}` and the like are filled from `given`. */
  readonly command: string;
  readonly summary: string;
  /** Commands that prepare the state; `{intent}` in `command` is the id the last of them answers. */
  readonly given?: readonly string[];
  /** Exit code where it is not 0. */
  readonly exit?: number;
  /** True where only Stripe's test mode can run it, or where it does not end by itself. */
  readonly illustrative?: boolean;
}

/** What a command is, as data: help, parsing, completion and tests all read this. */
export interface CommandSpec {
  /** Words after `payintent`: `create`, `emulator serve`. */
  readonly name: string;
  /** What it does to the status of an intent, in one or two paragraphs. */
  readonly description: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly ExampleSpec[];
  /** Fields of the answer that `--fields` accepts; dotted paths below them are accepted too. */
  readonly fields?: readonly string[];
  /** Columns of the tab-separated form and of `--fields`-less tables. */
  readonly columns?: readonly string[];
  /** Exit codes beyond 0 and 2. */
  readonly exits?: readonly number[];
  readonly related?: readonly string[];
  /** True for commands that run until told to stop: signals end them tidily. */
  readonly longRunning?: boolean;
  /** True for commands that never talk to a target; they accept no target flags in help. */
  readonly local?: boolean;
  /** True for commands that run whatever state the configuration file is in. */
  readonly anyConfig?: boolean;
  /** True for commands that run another: words after the first argument are that one's, flags too. */
  readonly passThrough?: boolean;
}

/** What a command answers. It never prints: one renderer does. */
export interface Result {
  /** The unmodified API object, a list, or plain data of our own: what `--json` prints. Undefined prints nothing. */
  readonly data?: unknown;
  readonly view?: View;
  /** Exactly what stdout gets, piece by piece, in place of `data` and `view`: a file's content, code to paste. */
  readonly raw?: Iterable<string>;
  /** Up to two exact commands worth typing next. */
  readonly next?: readonly string[];
  /** What stands before them, in the order of the columns; `Next` unless said otherwise. */
  readonly nextLabel?: string;
  /** 0 unless said otherwise. */
  readonly exit?: number;
}

export interface Command {
  readonly spec: CommandSpec;
  run(context: Context, input: Input): Promise<Result>;
}
