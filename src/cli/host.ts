/** Where text goes: one of the two output streams, seen by the program. */
export interface OutputStream {
  readonly isTTY: boolean;
  /** Columns of the terminal, undefined when it is none or does not say. */
  readonly columns: number | undefined;
  write(text: string): void;
}

export interface InputStream {
  readonly isTTY: boolean;
  /** Everything up to the end of the stream, as UTF-8. */
  text(): Promise<string>;
}

export interface Choice<T> {
  readonly name: string;
  readonly value: T;
  readonly description?: string;
  /** Choices with the same group stand under one heading. */
  readonly group?: string;
}

/** The questions the program can ask. All reject with `PromptCancelled` when the person leaves. */
export interface Prompter {
  input(options: {
    message: string;
    initial?: string;
    /** True, or the sentence that says what is wrong. */
    validate?: (value: string) => true | string;
  }): Promise<string>;
  secret(options: { message: string }): Promise<string>;
  /**
   * A command line as a shell takes it: a line that ends in a backslash goes on in the next one, and several that are
   * pasted at once come as one text.
   */
  line(options: { message: string }): Promise<string>;
  select<T>(options: {
    message: string;
    choices: readonly Choice<T>[];
    /** Which keys do what, in other words than the usual ones. */
    keys?: string;
  }): Promise<T>;
  confirm(options: { message: string; initial?: boolean }): Promise<boolean>;
}

/** Thrown by a `Prompter` when a question is left with ^C or ^D. */
export class PromptCancelled extends Error {
  override readonly name = 'PromptCancelled';
}

export type SignalName = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/**
 * Everything outside the program that it may use. `main.ts` builds one from `process`; tests build their own,
 * so a whole run of the program is a function of its arguments and its host.
 */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The words that start this program, for lines of a shell; absent where nothing but this process is it. */
  readonly program?: readonly string[];
  /** Another command of this process runs this one: what would end the process ends the command. */
  readonly isNested?: boolean;
  readonly homeDirectory: string;
  readonly platform: string;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** @param color whether questions may be coloured */
  prompter(color: boolean): Promise<Prompter>;
  /** Calls `listener` for every signal until the returned function is called. Without a listener a signal ends the process. */
  onSignal(listener: (signal: SignalName) => void): () => void;
  /** Resolves when stdin ends; used by long-running commands started with a pipe. */
  stdinClosed(signal: AbortSignal): Promise<void>;
}
