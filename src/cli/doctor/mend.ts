import type { FoundMend } from '../../doctor/run-doctor.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { PromptCancelled } from '../host.ts';
import { count } from '../text.ts';

export interface Mended {
  readonly done: readonly FoundMend[];
  readonly left: readonly FoundMend[];
}

/** Puts right what a person agrees to, or everything with `--yes`. Where nobody can be asked, nothing. */
export async function mend(context: Context, mends: readonly FoundMend[]): Promise<Mended> {
  const { globals, report, canAsk } = context;
  if (mends.length === 0) return { done: [], left: [] };
  if (!globals.yes && !canAsk) {
    report.warn(
      `Nothing was changed: ${count(mends.length, 'thing')} could be mended, and there is no terminal to ask on. Add --yes to mend without being asked.`,
    );
    return { done: [], left: mends };
  }
  const done: FoundMend[] = [];
  const left: FoundMend[] = [];
  try {
    for (const one of mends) ((await agreedAndDone(one)) ? done : left).push(one);
  } catch (error) {
    if (!(error instanceof PromptCancelled) || done.length === 0) throw error;
    throw new CliError('CANCELLED', `Cancelled; ${count(done.length, 'thing')} had been mended before`, {
      cause: error,
    });
  }
  return { done, left };

  async function agreedAndDone({ what, run }: FoundMend): Promise<boolean> {
    if (!globals.yes) {
      const prompter = await context.ask('--yes');
      if (!(await prompter.confirm({ message: `${what}?`, initial: true }))) return false;
    }
    try {
      run();
      report.note(what, 'Done');
      return true;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      report.warn(`${what}: that failed (${code}).`);
      return false;
    }
  }
}
