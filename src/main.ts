import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes } from './cli/exit-codes.ts';
import type { Host, OutputStream, SignalName } from './cli/host.ts';
import { isAccessible } from './cli/terminal.ts';
import { run } from './program.ts';

/** A stream that stops quietly when nobody reads it any more: `payintent list | head -1` is no failure. */
function guarded(
  stream: NodeJS.WriteStream,
  onGone: () => void,
  onBroken: (error: Error) => void = () => {},
): OutputStream {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code === 'EPIPE' || error.code === 'EOF' || error.code === 'ERR_STREAM_DESTROYED') onGone();
    else onBroken(error);
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    write(text) {
      if (!gone) stream.write(text);
    },
  };
}

/** What the runtime and the system need to work; everything else reaches payintent through its host alone. */
const KEPT = /^(?:NODE_|SSL_|LC_|LANG$|TZ$|PATH$|HOME$|TERM|TMP|TEMP|SYSTEMROOT$|COMSPEC$|PATHEXT$|WINDIR$)/i;

/**
 * Libraries read the environment behind our back: the SDK writes hints to stderr and names the caller's tools to the
 * server under some variables. Nothing is read that the documentation does not list.
 */
function hideEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (!KEPT.test(name)) delete process.env[name];
  }
}

/** The only place that knows `process`. Sets the exit code and lets the streams drain. */
export async function main(): Promise<void> {
  const env = { ...process.env };
  hideEnvironment();
  let readerLeft = false;
  const leaving: (() => void)[] = [];
  let broken: Error | undefined;
  const leave = () => {
    for (const one of leaving) one();
  };
  const stdout = guarded(
    process.stdout,
    () => {
      readerLeft = true;
      leave();
    },
    (error) => {
      broken = error;
      leave();
    },
  );
  const stderr = guarded(process.stderr, () => {});
  const host: Host = {
    env,
    cwd: process.cwd(),
    program: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    homeDirectory: homedir(),
    platform: process.platform,
    stdout,
    stderr,
    stdin: {
      // Touching process.stdin opens it, and `tty` loads the network: most commands need neither.
      get isTTY() {
        return process.getBuiltinModule('node:tty').isatty(0);
      },
      async text() {
        process.stdin.setEncoding('utf8');
        let text = '';
        for await (const chunk of process.stdin) text += String(chunk);
        return text;
      },
    },
    now: () => Date.now(),
    sleep: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    },
    async prompter(color) {
      // The library reads it when it is loaded, and nothing else.
      if (!color) process.env['NO_COLOR'] = '1';
      const { openPrompter } = await import('./cli/prompt.ts');
      const output = stderr.isTTY ? process.stderr : process.stdout;
      return openPrompter({ input: process.stdin, output }, isAccessible(env));
    },
    onSignal(listener) {
      const names: SignalName[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
      const handlers = names.map((name) => [name, () => listener(name)] as const);
      for (const [name, handler] of handlers) process.on(name, handler);
      const onLeave = () => listener('SIGTERM');
      leaving.push(onLeave);
      return () => {
        for (const [name, handler] of handlers) process.off(name, handler);
        leaving.splice(leaving.indexOf(onLeave), 1);
      };
    },
    stdinClosed: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          process.stdin.off('end', done).off('close', done);
          process.stdin.pause();
          resolve();
        };
        signal.addEventListener('abort', done, { once: true });
        process.stdin.once('end', done).once('close', done).resume();
      }),
  };
  const code = await run(process.argv.slice(2), host);
  process.exitCode = readerLeft ? 0 : code;
  // Errors of a stream arrive after the write: the guard above may still change its mind.
  process.once('beforeExit', () => {
    if (readerLeft) process.exitCode = 0;
    if (broken === undefined) return;
    // A full disk under `> file`: the answer is lost, whatever the command did.
    process.exitCode = exitCodes.usage;
    stderr.write(`✗ Can't write the answer to stdout (${broken.message})\n`);
  });
}
