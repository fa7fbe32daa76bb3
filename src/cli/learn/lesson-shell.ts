import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startChild } from '../../gateway/child.ts';
import type { Context } from '../context.ts';
import { shellWord } from '../shell-word.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Said by every shell anew, or meant for the next lines only. */
const OWN = /^(?:_|SHLVL|PWD|OLDPWD|PAYINTENT_LINE_(?:END|LEFT))$/;

/** Writes down what the shell of a line leaves behind. Run by this program's runtime, which prints nothing. */
const LEAVE =
  'require("fs").writeFileSync(process.env.PAYINTENT_LINE_LEFT,JSON.stringify({cwd:process.cwd(),env:process.env}))';

/**
 * The shell behind the lines of a lesson. Each line gets a shell of its own; the variables and the directory it leaves
 * behind are those of the next line, as at any prompt. `payintent` in a line is this program.
 */
export class LessonShell {
  readonly #context: Context;
  #cwd: string;
  #kept: Env = {};
  #directory: string | undefined;

  constructor(context: Context) {
    this.#context = context;
    this.#cwd = context.host.cwd;
  }

  /** What the lines so far have set. A variable that was taken away is undefined. */
  get variables(): Env {
    return this.#kept;
  }

  /** Whether lines are run where the program was started. */
  get isAtStart(): boolean {
    return this.#cwd === this.#context.host.cwd;
  }

  /**
   * Runs a line to its end; what it prints goes to the terminal.
   *
   * @param env the environment, and what lines have set
   * @param fixed what no line can change for those after it
   */
  async run(line: string, env: Env, fixed: Env): Promise<void> {
    const { host } = this.#context;
    const isWindows = host.platform === 'win32';
    const directory = this.#prepare();
    const left = join(directory, 'left.json');
    const path = (this.#kept['PATH'] ?? env['PATH'] ?? '')
      .split(delimiter)
      .filter((one) => one !== directory);
    const given: Record<string, string | undefined> = {
      ...env,
      ...this.#kept,
      ...fixed,
      PATH: [directory, ...path].join(delimiter),
      PAYINTENT_LINE_LEFT: left,
      PAYINTENT_LINE_END: `${shellWord(host.program?.[0] ?? '')} -e ${shellWord(LEAVE)}`,
    };
    const isKept = !isWindows && host.program !== undefined;
    const script = isKept ? `trap "$PAYINTENT_LINE_END" EXIT; set -a; ${line}` : line;
    await runShell(this.#context, script, given, this.#cwd);
    if (isKept) this.#keep(left, given, fixed);
  }

  close(): void {
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
    this.#directory = undefined;
  }

  /** A directory with `payintent` in it. */
  #prepare(): string {
    if (this.#directory !== undefined) return this.#directory;
    const { platform, program } = this.#context.host;
    const directory = mkdtempSync(join(tmpdir(), 'payintent-learn-'));
    this.#directory = directory;
    if (program !== undefined && platform === 'win32') {
      const words = program.map((word) => `"${word}"`).join(' ');
      writeFileSync(join(directory, 'payintent.cmd'), `@${words} %*\r\n`);
    } else if (program !== undefined) {
      const file = join(directory, 'payintent');
      writeFileSync(file, `#!/bin/sh\nexec ${program.map(shellWord).join(' ')} "$@"\n`);
      chmodSync(file, 0o755);
    }
    return directory;
  }

  /** A line that was ended by a signal leaves nothing behind. */
  #keep(file: string, given: Env, fixed: Env): void {
    let left: { readonly cwd: string; readonly env: Env };
    try {
      left = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return;
    }
    rmSync(file, { force: true });
    this.#cwd = left.cwd;
    const names = new Set([...Object.keys(given), ...Object.keys(left.env)]);
    const changed = [...names].filter(
      (name) => !OWN.test(name) && !(name in fixed) && left.env[name] !== given[name],
    );
    this.#kept = {
      ...this.#kept,
      ...Object.fromEntries(changed.map((name) => [name, left.env[name]])),
    };
  }
}

/** Has the shell run a line, which shares the terminal. Waits until what it asked the emulator for is in the log. */
export async function runShell(
  { host }: Pick<Context, 'host'>,
  line: string,
  env: Env,
  cwd: string = host.cwd,
): Promise<void> {
  const [shell, flag] = host.platform === 'win32' ? ['cmd', '/c'] : ['sh', '-c'];
  // A terminal sends ^C to the command as well: it ends that, and not the lesson.
  const stopListening = host.onSignal(() => {});
  try {
    const child = await startChild(shell, [flag, line], { env, cwd });
    await child.exit;
    // Libraries that tidy up at a ^C send it once more, a moment later.
    await host.sleep(300);
  } finally {
    stopListening();
  }
}
