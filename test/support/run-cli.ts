import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type Choice,
  type Host,
  PromptCancelled,
  type Prompter,
  type SignalName,
} from '../../src/cli/host.ts';
import { run } from '../../src/program.ts';

export interface RunOptions {
  /** Terminals on all three streams, or on those named. Pipes if absent. */
  readonly tty?: boolean | { readonly stdin?: boolean; readonly stdout?: boolean; readonly stderr?: boolean };
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** `PAYINTENT_HOME`; a directory of the test's own if absent. */
  readonly home?: string;
  /** Answers to questions, in order: a text, true or false, the name of a choice, or `cancel` as ^C. */
  readonly answers?: readonly (string | boolean | typeof cancel)[];
  /** Milliseconds since the epoch at the start; sleeping moves it. */
  readonly now?: number;
  /** Told of every sleep, in milliseconds: a server of the test's own can let its time pass too. */
  readonly slept?: (milliseconds: number) => void;
  readonly platform?: string;
  /** What a shell starts as `payintent`; nothing if absent. */
  readonly program?: readonly string[];
  /** Where relative paths start; the home if absent. */
  readonly cwd?: string;
  /** Told what was written so far, after each write; ends a command that goes on by itself with `signal`. */
  readonly watch?: (
    written: { readonly stdout: string; readonly stderr: string },
    signal: (name: SignalName) => void,
  ) => void;
}

export const cancel = Symbol('cancel');

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The messages of the questions asked. */
  readonly asked: readonly string[];
  /** `stdout` as JSON. */
  json(): Record<string, unknown>;
}

/** 22 November 2026, 12:00 UTC. */
const testNow = Date.UTC(2026, 10, 22, 12);

/** A directory that goes away with the test. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'payintent-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** Runs the whole program in this process, against a host made of plain data. Nothing of the caller's environment leaks in. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const written = { stdout: '', stderr: '' };
  const asked: string[] = [];
  const answers = [...(options.answers ?? [])];
  const listeners = new Set<(signal: SignalName) => void>();
  const { tty = false } = options;
  const isTTY = (stream: 'stdin' | 'stdout' | 'stderr'): boolean =>
    typeof tty === 'boolean' ? tty : tty[stream] === true;
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: isTTY(name),
    columns: isTTY(name) ? (options.columns ?? 80) : undefined,
    write(text: string) {
      written[name] += text;
      options.watch?.(written, (signal) => {
        for (const listener of listeners) listener(signal);
      });
    },
  });
  let now = options.now ?? testNow;
  const home = options.home ?? temporaryHome();
  const host: Host = {
    env: { PAYINTENT_HOME: home, ...options.env },
    cwd: options.cwd ?? home,
    ...(options.program === undefined ? {} : { program: options.program }),
    homeDirectory: join(tmpdir(), 'nobody'),
    platform: options.platform ?? 'linux',
    stdin: { isTTY: isTTY('stdin'), text: async () => options.stdin ?? '' },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    now: () => now,
    async sleep(milliseconds) {
      now += milliseconds;
      options.slept?.(milliseconds);
    },
    prompter: async () => scripted(answers, asked),
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stdinClosed: async () => {},
  };
  const code = await run(argv, host);
  return { code, ...written, asked, json: () => JSON.parse(written.stdout) };
}

/** A prompter that answers from a list and fails the test when it is asked more than that. */
function scripted(answers: (string | boolean | typeof cancel)[], asked: string[]): Prompter {
  const next = (message: string): string | boolean => {
    asked.push(message);
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`unexpected question: ${message}`);
    if (answer === cancel) throw new PromptCancelled();
    return answer;
  };
  return {
    async input({ message, validate }) {
      const answer = String(next(message));
      const valid = validate?.(answer) ?? true;
      if (valid !== true) throw new Error(`${message}: ${valid}`);
      return answer;
    },
    secret: async ({ message }) => String(next(message)),
    line: async ({ message }) => String(next(message)),
    async select<T>({ message, choices }: { message: string; choices: readonly Choice<T>[] }) {
      const answer = next(message);
      const choice = choices.find(({ name }) => name === answer);
      if (choice === undefined) throw new Error(`${message}: no choice ${String(answer)}`);
      return choice.value;
    },
    confirm: async ({ message }) => next(message) === true,
  };
}

/** Creates an intent in a home and answers its id. */
export async function createIntent(home: string, ...flags: string[]): Promise<string> {
  const amount = flags.includes('--amount') ? [] : ['--amount', '1099'];
  const currency = flags.includes('--currency') ? [] : ['--currency', 'eur'];
  const { code, stdout, stderr } = await runCli(['create', ...amount, ...currency, '-q', ...flags], { home });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}
