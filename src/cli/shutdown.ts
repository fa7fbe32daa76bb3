import type { Host, SignalName } from './host.ts';

/** npm and shells deliver one ^C twice; a second signal this close, in milliseconds, is the first one again. */
const echo = 100;

export interface Shutdown {
  /** The first signal, if one came. */
  readonly signal: () => SignalName | undefined;
  /** Resolves at the first signal. */
  readonly first: Promise<void>;
  /** Resolves at the second signal: stop now. */
  readonly now: Promise<void>;
  readonly stop: () => void;
}

/** The first signal asks a long-running command to finish, the second one ends it at once. */
export function watchSignals(host: Host, controller: AbortController, say: (text: string) => void): Shutdown {
  let first: SignalName | undefined;
  let firstAt = 0;
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let hurry: () => void = () => {};
  const now = new Promise<void>((resolve) => {
    hurry = resolve;
  });
  const stop = host.onSignal((signal) => {
    if (first === undefined) {
      first = signal;
      firstAt = host.now();
      say('Stopping… press ^C again to stop at once.');
      begin();
      controller.abort();
    } else if (host.now() - firstAt >= echo) hurry();
  });
  return { signal: () => first, first: begun, now, stop };
}
