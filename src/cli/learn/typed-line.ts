import { startChild } from '../../gateway/child.ts';
import type { Context } from '../context.ts';
import { emulatorEnvironment } from '../emulator-environment.ts';
import { shellWords } from '../shell-words.ts';
import type { OpenClassroom } from './classroom.ts';

/**
 * Runs what the learner typed: `payintent …` in this process, on the state of the lesson; everything else by the shell,
 * with the emulator in its environment.
 *
 * @param variables further ones: `SHOP`
 */
export async function runTyped(
  context: Context,
  classroom: OpenClassroom,
  line: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const own = ownWords(line, { ...context.host.env, ...variables });
  if (own !== undefined) {
    await context.runLine(own, {
      ...(goesOffline(context) ? {} : { PAYINTENT_TARGET: 'offline' }),
      ...(context.globals.state === undefined ? {} : { PAYINTENT_STATE: classroom.statePath }),
    });
    return;
  }
  const env = { ...emulatorEnvironment(context.host.env, await classroom.address()), ...variables };
  await runShell(context, line, env);
}

/** Whether commands go to the emulator without being told to. */
export function goesOffline({ host, config }: Pick<Context, 'config' | 'host'>): boolean {
  const variables = ['PAYINTENT_TARGET', 'STRIPE_API_KEY', 'STRIPE_SECRET_KEY'];
  return config.testKey === undefined && !variables.some((name) => host.env[name]);
}

/** The words of a line that is for payintent itself; undefined for every other, and for those that need a shell. */
function ownWords(
  line: string,
  variables: Readonly<Record<string, string | undefined>>,
): string[] | undefined {
  const words = shellWords(line.replace(/\\\n\s*/g, ' ').replace(/^\s*\$\s+/, ''), variables);
  const [first, second] = words ?? [];
  if (first === 'payintent') return words?.slice(1);
  return first === 'npx' && second === 'payintent' ? words?.slice(2) : undefined;
}

/** Has the shell run a line, which shares the terminal. Waits until what it asked the emulator for is in the log. */
export async function runShell(
  { host }: Pick<Context, 'host'>,
  line: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const [shell, flag] = host.platform === 'win32' ? ['cmd', '/c'] : ['sh', '-c'];
  // A terminal sends ^C to the command as well: it ends that, and not the lesson.
  const stopListening = host.onSignal(() => {});
  try {
    const child = await startChild(shell, [flag, line.replace(/^\s*\$\s+/, '')], { env, cwd: host.cwd });
    await child.exit;
    // Libraries that tidy up at a ^C send it once more, a moment later.
    await host.sleep(300);
  } finally {
    stopListening();
  }
}
