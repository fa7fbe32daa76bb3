import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import type { Target } from '../gateway/target.ts';
import type { Config } from './config.ts';
import type { Directories } from './directories.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Host, Prompter } from './host.ts';
import type { Report } from './report.ts';
import type { Ui } from './ui.ts';

/** What a command may use beyond its own input. */
export interface Context {
  readonly host: Host;
  readonly globals: GlobalOptions;
  readonly config: Config;
  readonly directories: Directories;
  /** File of the emulator's state, or `:memory:`. */
  readonly statePath: string;
  /** stderr. */
  readonly report: Report;
  /** Aborts when the program is told to stop, or when nobody reads stdout any more. */
  readonly signal: AbortSignal;
  /** Aborts at the second signal: stop now, whatever is under way. */
  readonly hurry: AbortSignal;
  /** True where questions can be asked: both ends are terminals and neither `--no-input` nor `CI` says otherwise. */
  readonly canAsk: boolean;
  /** Asks, or throws `ANSWER_NEEDED` naming the flag that answers the question. */
  ask(flag: string): Promise<Prompter>;
  /** Decides where the command goes and says so on stderr, once. */
  target(): Promise<Target>;
  /**
   * The API of that target. Opened once, closed by the program.
   *
   * @param testVersion API version to ask test mode in; the SDK's unless given. The emulator speaks one
   */
  gateway(testVersion?: string): Promise<Gateway>;
  /** A command of ours as it has to be typed to go to the same place: target flags are added where they were given. */
  command(words: string): string;
  /** Runs another command line of the program to its end, with more variables in its environment. Answers its exit code. */
  runLine(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;
  /** Streams one record to stdout: a JSON line, a tab-separated line, or what `human` draws. For long-running commands. */
  emit(record: ApiRecord, human: (ui: Ui) => string, columns: readonly string[]): void;
}
