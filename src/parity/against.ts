import { inconclusive, skipped } from '../conformance/judgement.ts';
import type { CheckResult } from '../domain/check-result.ts';
import type { Scenario } from '../scenario/format.ts';
import { checkOf } from '../smoke/check-of.ts';
import type { Cause, Finding } from '../smoke/finding.ts';
import { PARITY_MARK } from './bench.ts';
import { type Comparison, compareSides } from './compare-sides.ts';
import { playEmulatorSide } from './emulator-side.ts';
import { asked, type Recording } from './recording.ts';
import { verdictOf } from './verdict.ts';

export interface AgainstOptions {
  readonly scenarios: readonly Scenario[];
  /** By scenario. */
  readonly recordings: ReadonlyMap<string, Recording>;
  readonly skip: readonly string[];
  readonly signal: AbortSignal;
  readonly fix: (scenario: string) => string;
  readonly onCheck: (result: CheckResult) => void;
}

export interface AgainstResult {
  readonly checks: readonly CheckResult[];
  /** By scenario. */
  readonly comparisons: ReadonlyMap<string, Comparison>;
  readonly causes: ReadonlySet<Cause>;
}

/** Compares the emulator as it is now with answers that were kept. Nothing is sent anywhere. */
export async function runAgainst(options: AgainstOptions): Promise<AgainstResult> {
  const checks: CheckResult[] = [];
  const comparisons = new Map<string, Comparison>();
  const causes = new Set<Cause>();
  for (const scenario of options.scenarios) {
    const started = performance.now();
    const finding = await judge(scenario, options, comparisons);
    if (finding.verdict === 'fail') causes.add('check');
    const check = checkOf(scenario, finding, performance.now() - started, (text) => text);
    checks.push(check);
    options.onCheck(check);
  }
  return { checks, comparisons, causes };
}

async function judge(
  scenario: Scenario,
  { recordings, skip, signal, fix }: AgainstOptions,
  comparisons: Map<string, Comparison>,
): Promise<Finding> {
  const { id, steps } = scenario;
  if (skip.includes(id)) return skipped('Left out with --skip.');
  if (signal.aborted) return skipped('The run was stopped.');
  const recording = recordings.get(id);
  if (recording === undefined) return skipped('It was not recorded.');
  if (JSON.stringify(recording.asked) !== JSON.stringify(asked(steps))) {
    return inconclusive(
      'The scenario has changed since it was recorded.',
      'Record it again with payintent parity --test --record.',
    );
  }
  const emulator = await playEmulatorSide(scenario, {
    mark: { name: PARITY_MARK, run: 'parity_again' },
    startsAt: Date.parse(recording.recorded_at),
    eventless: !recording.events,
    apiVersion: recording.versions.api,
    follows: recording.test,
  });
  const comparison = compareSides(recording.test, emulator, { scenario: id });
  comparisons.set(id, comparison);
  return verdictOf(comparison, steps.length, fix(id));
}
