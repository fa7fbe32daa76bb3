/** What a check came to. `inconclusive`: it ran, and what could be seen settles nothing. `skipped`: it did not run. */
export type CheckVerdict = 'fail' | 'inconclusive' | 'pass' | 'skipped';

/** One check of a suite, as `--json` and reports show it. */
export interface CheckResult {
  /** Kebab-case and stable: `--only` and `--skip` take it. */
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  readonly verdict: CheckVerdict;
  /** What was seen, in a sentence. */
  readonly reason: string;
  /** What to do; null where nothing is to be done. */
  readonly fix: string | null;
  /** How long it took, in whole milliseconds. */
  readonly ms: number;
}

export type CheckCounts = Readonly<Record<CheckVerdict, number>>;

export function countVerdicts(checks: readonly CheckResult[]): CheckCounts {
  const counts = { pass: 0, fail: 0, inconclusive: 0, skipped: 0 };
  for (const { verdict } of checks) counts[verdict] += 1;
  return counts;
}
