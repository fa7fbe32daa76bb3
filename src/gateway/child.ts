import { constants } from 'node:os';
import { kill } from 'node:process';

export type ChildSignal = 'SIGHUP' | 'SIGINT' | 'SIGKILL' | 'SIGTERM';

export interface ChildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface Child {
  /** 0 to 255; 128 and the number of the signal where one ended it. */
  readonly exit: Promise<number>;
  send(signal: ChildSignal): void;
}

/** The command could not be started. */
export class ChildError extends Error {
  override readonly name = 'ChildError';
  readonly kind: 'not_found' | 'not_runnable';

  constructor(kind: ChildError['kind'], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.kind = kind;
  }
}

interface Ended {
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

function exitOf(result: Ended): number {
  if (result.exitCode !== undefined) return result.exitCode;
  if (result.signal !== undefined) return 128 + (constants.signals[result.signal] ?? 0);
  throw new ChildError(result.code === 'ENOENT' ? 'not_found' : 'not_runnable', result.cause ?? result);
}

/** How long a command takes to end after a signal is its own affair. */
const plain = { extendEnv: false, reject: false, forceKillAfterDelay: false } as const;

/**
 * Starts a command that shares this program's terminal: stdin, stdout and stderr are its own. `exit` rejects with
 * `ChildError` when it could not be started. This is the one file that loads execa.
 */
export async function startChild(
  command: string,
  words: readonly string[],
  options: ChildOptions,
): Promise<Child> {
  const { execa } = await import('execa');
  const child = execa(command, words, { ...plain, ...options, stdio: 'inherit' });
  return {
    exit: child.then(exitOf),
    send(signal) {
      child.kill(signal);
    },
  };
}

/**
 * Starts a line of shell in the background: nothing to read, and all it prints goes to this program's stderr. It gets a
 * process group of its own, so that signals reach what the shell has started, and a ^C meant for this program does not.
 */
export async function startShell(line: string, options: ChildOptions): Promise<Child> {
  const { execa } = await import('execa');
  const grouped = constants.signals.SIGKILL !== undefined && !('SIGBREAK' in constants.signals);
  const child = execa(line, {
    ...plain,
    ...options,
    shell: true,
    detached: grouped,
    stdio: ['ignore', 2, 2],
  });
  return {
    exit: child.then(exitOf),
    send(signal) {
      if (!grouped || child.pid === undefined) child.kill(signal);
      else killGroup(child.pid, signal);
    },
  };
}

function killGroup(pid: number, signal: ChildSignal): void {
  try {
    kill(-pid, signal);
  } catch {
    // Everybody in the group has gone.
  }
}

/** A command whose stdout is read. */
export interface ReadChild extends Child {
  /** Pieces of stdout as they come. */
  readonly stdout: AsyncIterable<Uint8Array>;
  /** Pieces of stderr as they come. */
  readonly stderr: AsyncIterable<Uint8Array>;
}

/** Starts a command whose output this program reads; it has no stdin. `exit` rejects with `ChildError`. */
export async function startReading(
  command: string,
  words: readonly string[],
  options: ChildOptions,
): Promise<ReadChild> {
  const { execa } = await import('execa');
  const child = execa(command, words, {
    ...plain,
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    buffer: false,
    encoding: 'buffer',
  });
  return readChild(child);
}

/** Ends a program when whoever started it is gone, however that ended. */
const END_WITH_PARENT =
  'data:text/javascript,process.on("disconnect",()=>process.exit());process.channel.unref()';

/**
 * Starts a Node program whose output this program reads; it has no stdin, and ends when this program does. `exit` rejects
 * with `ChildError`.
 */
export async function startNode(file: string, options: ChildOptions): Promise<ReadChild> {
  const { execa } = await import('execa');
  const child = execa(file, [], {
    ...plain,
    ...options,
    node: true,
    nodeOptions: ['--import', END_WITH_PARENT],
    stdio: ['ignore', 'pipe', 'pipe'],
    buffer: false,
    encoding: 'buffer',
  });
  return readChild(child);
}

interface Readable extends Pick<ReadChild, 'stderr' | 'stdout'>, PromiseLike<Ended> {
  kill(signal: ChildSignal): boolean;
}

function readChild(child: Readable): ReadChild {
  return {
    exit: Promise.resolve(child.then(exitOf)),
    stdout: child.stdout,
    stderr: child.stderr,
    send(signal) {
      child.kill(signal);
    },
  };
}
