import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import type { OptionSpec } from '../../cli/spec.ts';
import { count } from '../../cli/text.ts';
import type { Counts, StateAccess } from '../../gateway/emulator-access.ts';

export const stateOption: OptionSpec = {
  name: 'state',
  kind: 'text',
  value: 'file',
  summary: "the file of the emulator's state; one per user unless given",
  complete: 'files',
};

/** The state the command works on. Throws `FLAGS_CONFLICT` where a flag asks for Stripe's test mode. */
export function stateOf(context: Context): StateAccess {
  refuseTest(context);
  return { statePath: context.statePath, now: () => context.host.now() };
}

/** These commands are about the emulator whatever the environment says, but `--test` asks for something else outright. */
export function refuseTest({ globals }: Context): void {
  if (globals.target !== 'test') return;
  throw new CliError('FLAGS_CONFLICT', 'This command works on the emulator, and --test asks for Stripe', {
    fix: ['Leave --test out'],
  });
}

/** Says on stderr which state the command works on. */
export function reportState(context: Context): void {
  context.report.whole('State', context.statePath);
}

/** How many objects there are in all. */
export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, number) => sum + number, 0);
}

/** `3 payment_intents, 1 charge`; `nothing` for an empty state. */
export function countsText(counts: Counts): string {
  const parts = Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => count(number, name.replace(/ies$/, 'y').replace(/s$/, ''), name));
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Asks before content is lost, unless `--yes`. Without a terminal it is refused: nobody said yes. */
export async function confirmLoss(context: Context, question: string): Promise<void> {
  if (context.globals.yes) return;
  const prompter = await context.ask('--yes');
  if (!(await prompter.confirm({ message: question, initial: false }))) {
    throw new CliError('CANCELLED', 'Cancelled; nothing was done', {
      fix: ['Add --yes to skip the question'],
    });
  }
}
