import { type RunOptions, type RunResult, runCli, temporaryHome } from './run-cli.ts';

interface Check {
  readonly id: string;
  readonly verdict: string;
  readonly reason: string;
  readonly fix: string | null;
}

/** Nothing but what the test says: no leftovers of other tests, no port that others use, and today's date. */
export function doctor(words: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
  const home = options.home ?? temporaryHome();
  return runCli(['doctor', '--port', '1', ...words], {
    now: Date.now(),
    ...options,
    home,
    env: { TMPDIR: `${home}-none`, ...options.env },
  });
}

export async function diagnosis(
  words: readonly string[] = [],
  options: RunOptions = {},
): Promise<{
  run: RunResult;
  checks: Readonly<Record<string, Check>>;
  facts: Record<string, Record<string, unknown>>;
}> {
  const run = await doctor([...words, '--json'], options);
  const { checks, facts } = run.json() as {
    checks: Check[];
    facts: Record<string, Record<string, unknown>>;
  };
  return { run, checks: Object.fromEntries(checks.map((check) => [check.id, check])), facts };
}
