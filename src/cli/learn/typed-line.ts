import type { Context } from '../context.ts';
import { emulatorEnvironment } from '../emulator-environment.ts';
import { shellWords } from '../shell-words.ts';
import type { OpenClassroom } from './classroom.ts';
import type { LessonShell } from './lesson-shell.ts';

/** Set for every command of a lesson: one lesson cannot be taken inside another. */
export const LESSON_VARIABLE = 'PAYINTENT_LESSON';

/** What a line is run with. */
export interface LinePlace {
  readonly context: Context;
  readonly classroom: Pick<OpenClassroom, 'address' | 'statePath'>;
  readonly shell: LessonShell;
  /** Id of the lesson. */
  readonly lesson: string;
  /** Further ones: `SHOP`. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Runs what the learner typed: `payintent …` in this process, on the state of the lesson; everything else by the shell,
 * with the emulator in its environment. Both know what lines before it have set.
 */
export async function runTyped(
  line: string,
  { context, classroom, shell, lesson, variables }: LinePlace,
): Promise<void> {
  const { host, globals } = context;
  const text = line.replace(/^\s*\$\s+/, '');
  const own = shell.isAtStart ? ownWords(text, { ...host.env, ...shell.variables, ...variables }) : undefined;
  if (own !== undefined) {
    await context.runLine(own, {
      ...(goesOffline(context) ? {} : { PAYINTENT_TARGET: 'offline' }),
      ...(globals.state === undefined ? {} : { PAYINTENT_STATE: classroom.statePath }),
      [LESSON_VARIABLE]: lesson,
    });
    return;
  }
  const env = emulatorEnvironment(host.env, await classroom.address());
  const leads = Object.entries(env).filter(([name, value]) => value !== host.env[name]);
  await shell.run(text, host.env, {
    ...Object.fromEntries(leads),
    // payintent needs no port, and is to say what it says in the other lines.
    PAYINTENT_TARGET: 'offline',
    PAYINTENT_STATE: classroom.statePath,
    [LESSON_VARIABLE]: lesson,
    ...variables,
  });
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
  const words = shellWords(line.replace(/\\\n\s*/g, ' '), variables);
  const [first, second] = words ?? [];
  if (first === 'payintent') return words?.slice(1);
  return first === 'npx' && second === 'payintent' ? words?.slice(2) : undefined;
}
