import { constants } from 'node:os';
import type { SignalName } from '../../cli/host.ts';

export interface ChildOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface Child {
  /** 0 to 255; 128 and the number of the signal where one ended it. */
  readonly exit: Promise<number>;
  send(signal: SignalName): void;
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

/**
 * Starts a command that shares this program's terminal: stdin, stdout and stderr are its own. `exit` rejects with
 * `ChildError` when it could not be started. The one file that loads execa.
 */
export async function startChild(
  command: string,
  words: readonly string[],
  { env, cwd }: ChildOptions,
): Promise<Child> {
  const { execa } = await import('execa');
  const child = execa(command, words, {
    env,
    extendEnv: false,
    cwd,
    stdio: 'inherit',
    reject: false,
    // How long the command takes to end after a signal is its own affair.
    forceKillAfterDelay: false,
  });
  return {
    exit: child.then((result) => {
      if (result.exitCode !== undefined) return result.exitCode;
      if (result.signal !== undefined) return 128 + (constants.signals[result.signal] ?? 0);
      throw new ChildError(result.code === 'ENOENT' ? 'not_found' : 'not_runnable', result.cause ?? result);
    }),
    send(signal) {
      child.kill(signal);
    },
  };
}
