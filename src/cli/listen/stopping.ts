import type { Context } from '../context.ts';

/** Why a run ends. */
export type StopReason = 'exec' | 'gap' | 'limit' | 'signal' | 'stdin' | 'timeout';

/** Tells everybody in a run that it ends. The first reason counts. */
export interface Stopping {
  readonly reason: StopReason | undefined;
  /** Aborts when there is a reason: no further events are taken. */
  readonly signal: AbortSignal;
  /** Aborts when what is left to be delivered is not waited for either. */
  readonly leaving: AbortSignal;
  stop(reason: StopReason): void;
  /** Lets go of timers and streams. */
  release(): void;
}

/** Stdin that ends sooner than this, in milliseconds, was never there: a script's, a service's, `/dev/null`. */
const STDIN_OPEN_FOR = 250;

/** Watches everything that ends a run from outside: signals, the end of stdin, the time. */
export function watchStopping(context: Context, timeout: number | undefined): Stopping {
  const { host } = context;
  const taking = new AbortController();
  const leaving = new AbortController();
  const released = new AbortController();
  let reason: StopReason | undefined;
  const stop = (why: StopReason) => {
    reason ??= why;
    taking.abort();
    // A limit that was reached still has its last events delivered, however long that takes.
    if (why !== 'limit') leaving.abort();
  };
  const onSignal = () => stop('signal');
  if (context.signal.aborted) onSignal();
  context.signal.addEventListener('abort', onSignal, { once: true });
  const timer = timeout === undefined ? undefined : setTimeout(() => stop('timeout'), timeout);
  // A background job that touched the terminal would be halted.
  if (!host.stdin.isTTY) {
    const since = performance.now();
    void host.stdinClosed(released.signal).then(() => {
      if (!released.signal.aborted && performance.now() - since > STDIN_OPEN_FOR) stop('stdin');
    });
  }
  return {
    get reason() {
      return reason;
    },
    signal: taking.signal,
    leaving: leaving.signal,
    stop,
    release() {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', onSignal);
      released.abort();
    },
  };
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
