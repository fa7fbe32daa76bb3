import { type Child, startShell } from '../../gateway/child.ts';
import type { Context } from '../context.ts';

/** The app that runs beside `listen`. */
export interface App {
  /** Its exit code. */
  readonly exit: Promise<number>;
  /** Asks it to end, and after two seconds no longer asks. */
  stop(): Promise<void>;
  kill(): void;
}

const PATIENCE = 2000;

/** Starts the app: a line of shell. All it prints goes to stderr. */
export async function startApp(
  context: Context,
  line: string,
  variables: Readonly<Record<string, string>>,
): Promise<App> {
  const { host } = context;
  const child: Child = await startShell(line, { cwd: host.cwd, env: { ...host.env, ...variables } });
  let ended = false;
  const exit = child.exit.finally(() => {
    ended = true;
  });
  // Whoever waits for it hears of a failure; nobody has to.
  exit.catch(() => {});
  return {
    exit,
    async stop() {
      if (ended) return;
      child.send('SIGTERM');
      const timer = setTimeout(() => child.send('SIGKILL'), PATIENCE);
      await exit.catch(() => {});
      clearTimeout(timer);
    },
    kill() {
      if (!ended) child.send('SIGKILL');
    },
  };
}
