import type { Context } from './context.ts';
import { CliError } from './errors.ts';

/**
 * Asks before something is done that cannot be taken back: only on `test`, only on a terminal, and not with `--yes`.
 * Declining throws `CANCELLED` (exit 130).
 */
export async function confirmOnTest(context: Context, question: () => Promise<string>): Promise<void> {
  if (context.globals.yes || context.globals.dryRun || !context.canAsk) return;
  if ((await context.target()).name !== 'test') return;
  const prompter = await context.ask('--yes');
  if (!(await prompter.confirm({ message: await question(), initial: false }))) {
    throw new CliError('CANCELLED', 'Cancelled; nothing was done', {
      fix: ['Add --yes to skip the question'],
    });
  }
}
