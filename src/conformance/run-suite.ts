import type { CheckResult } from '../domain/check-result.ts';
import { Bench, type BenchOptions } from './bench.ts';
import type { Check } from './check.ts';
import { CHECKS } from './checks.ts';
import { type Control, unansweredControl } from './control.ts';
import { inconclusive, type Judgement, skipped } from './judgement.ts';
import { OutsideError } from './outside.ts';

export interface SuiteOptions extends BenchOptions {
  /** Ids of the checks to run; all where empty. */
  readonly only: readonly string[];
  /** Ids of checks to leave out. */
  readonly skip: readonly string[];
  /** Told of every check as it ends. */
  readonly onCheck?: (result: CheckResult) => void;
}

export interface SuiteResult {
  readonly checks: readonly CheckResult[];
  /** Where effects are seen; undefined where they are not. */
  readonly sight: string | undefined;
}

/** Runs the checks one after the other. Never throws for what the handler does. @throws OutsideError when the first look at the app fails */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const bench = new Bench(options);
  const results: CheckResult[] = [];
  const wanted = CHECKS.filter(({ id }) => options.only.length === 0 || options.only.includes(id));
  const control = await bench.control().catch((error: unknown) => withoutControl(error, options));
  for (const check of wanted) {
    const started = performance.now();
    const { verdict, reason, fix } = await judgementOf(check, bench, control, options);
    const result: CheckResult = {
      id: check.id,
      title: check.title,
      verdict,
      reason,
      fix: fix ?? null,
      ms: Math.round(performance.now() - started),
    };
    results.push(result);
    options.onCheck?.(result);
  }
  return { checks: results, sight: control.reader?.place };
}

/** A probe that gives no answer is no wonder where the app is not running at all. */
async function withoutControl(
  error: unknown,
  { courier, url, headers, timeoutMs, signal }: SuiteOptions,
): Promise<Control> {
  if (!(error instanceof OutsideError)) throw error;
  const outcome = await courier.deliver({
    url,
    body: '{}',
    signature: undefined,
    headers,
    timeoutMs,
    signal,
  });
  if (outcome.kind === 'answered') throw error;
  return unansweredControl(outcome);
}

async function judgementOf(
  check: Check,
  bench: Bench,
  control: Control,
  { skip, signal }: SuiteOptions,
): Promise<Judgement> {
  if (skip.includes(check.id)) return skipped('Left out with --skip.');
  if (signal.aborted) return skipped('The run was stopped.');
  const answered = control.outcome.kind === 'answered';
  if (check.needs !== 'nothing' && !answered) return skipped('Nothing answers at the URL.');
  if (check.needs === 'accepted' && control.kind !== 'accepted') {
    return skipped('An ordinary delivery is not accepted, so this cannot be judged.');
  }
  try {
    const judgement = await check.run(bench, control);
    // What was under way when the run was stopped says nothing about the handler.
    return signal.aborted ? skipped('The run was stopped.') : judgement;
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    return inconclusive(
      `It could not be judged: ${error.message}.`,
      'Look into what the probe or the hook answers.',
    );
  }
}
