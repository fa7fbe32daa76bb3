import { fail, skipped } from '../conformance/judgement.ts';
import type { CheckResult } from '../domain/check-result.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { BadReference } from '../scenario/references.ts';
import type { SmokeBench, SmokeCheck } from './check.ts';
import { checkOf } from './check-of.ts';
import { KEY_CHECKS } from './checks/key.ts';
import { CLEAN_UP, LATER_CHECKS } from './checks.ts';
import { cleanUp, tidiedFinding } from './clean-up.ts';
import { type Cause, type Finding, findingOf, Stopped } from './finding.ts';
import { type Mark, SMOKE_MARK, type TidyGateway } from './tidy-gateway.ts';
import { findMarked, tidyUp } from './tidy-up.ts';

export interface SmokeOptions {
  readonly bench: SmokeBench;
  /** What remembers what was made; undefined where there is no API to speak to. */
  readonly tidy: TidyGateway | undefined;
  /** The API without the stop at a signal: tidying up goes on after one. */
  readonly broom: Gateway | undefined;
  /** The second signal: leave everything as it is. */
  readonly hurry: AbortSignal;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** How many checks run at a time. */
  readonly parallel: number;
  /** Hides secrets in a text. */
  readonly scrub: (text: string) => string;
  /** The command that cleans up later. */
  readonly sweepCommand: string;
  /** Told of every check as it begins: of those that are skipped before, not. */
  readonly onStart: (id: string) => void;
  /** Told of every check as it ends. */
  readonly onCheck: (result: CheckResult) => void;
}

export interface SmokeResult {
  /** In the order of the list of checks. */
  readonly checks: readonly CheckResult[];
  /** What failures are about; none where nothing failed. */
  readonly causes: ReadonlySet<Cause>;
}

/** Runs the checks and tidies up, however they end. Never throws for what the API does. */
export async function runSmoke(options: SmokeOptions): Promise<SmokeResult> {
  const results = new Map<string, CheckResult>();
  const causes = new Set<Cause>();
  const wanted = (id: string): boolean => options.only.length === 0 || options.only.includes(id);
  const finish = (check: Pick<SmokeCheck, 'id' | 'title'>, finding: Finding, ms: number): void => {
    if (finding.verdict === 'fail') causes.add(finding.cause ?? 'check');
    // What stands in the way of the others is told, asked for or not.
    if (!wanted(check.id) && finding.verdict !== 'fail') return;
    const result = checkOf(check, finding, ms, options.scrub);
    results.set(check.id, result);
    options.onCheck(result);
  };
  let obstacle: string | undefined;
  for (const check of KEY_CHECKS) {
    const { finding, ms } = await judged(check, options, obstacle);
    finish(check, finding, ms);
    if (finding.verdict === 'fail') obstacle ??= OBSTACLES[finding.cause ?? 'check'];
  }
  const waiting = LATER_CHECKS.filter(({ id }) => wanted(id));
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { finding, ms } = await judged(check, options, obstacle);
      finish(check, finding, ms);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: options.parallel }, work));
  const started = performance.now();
  options.onStart(CLEAN_UP.id);
  const swept = await cleanUp({ ...options, mark: markOf(options), fix: options.sweepCommand });
  finish(CLEAN_UP, swept, performance.now() - started);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const order = [...KEY_CHECKS, ...LATER_CHECKS, CLEAN_UP].map(({ id }) => id);
  return {
    checks: order.flatMap((id) => results.get(id) ?? []),
    causes,
  };
}

const OBSTACLES: Readonly<Record<Cause, string>> = {
  key: 'There is no usable key.',
  network: 'The API does not answer.',
  check: 'What answers does not speak the API.',
};

interface Judged {
  readonly finding: Finding;
  readonly ms: number;
}

async function judged(
  check: SmokeCheck,
  options: SmokeOptions,
  obstacle: string | undefined,
): Promise<Judged> {
  const { bench, skip } = options;
  if (obstacle !== undefined) return { finding: skipped(obstacle), ms: 0 };
  if (skip.includes(check.id)) return { finding: skipped('Left out with --skip.'), ms: 0 };
  if (bench.signal.aborted) return { finding: skipped(STOPPED), ms: 0 };
  const started = performance.now();
  options.onStart(check.id);
  const finding = await check.run(bench).catch((error: unknown): Finding => {
    if (error instanceof GatewayError) return findingOf(error, '');
    if (error instanceof Stopped || bench.signal.aborted) return skipped(STOPPED);
    // Another server's answers may lack what ours and Stripe's never do.
    if (bench.target?.name === 'test' && (error instanceof TypeError || error instanceof BadReference)) {
      return fail(
        `An answer is not shaped like one of the API: ${error.message}.`,
        'Look at what answers behind --api-base.',
      );
    }
    throw error;
  });
  return { finding, ms: performance.now() - started };
}

const STOPPED = 'The run was stopped.';

const markOf = ({ bench }: SmokeOptions): Mark => ({ name: SMOKE_MARK, run: bench.run });

/** Cancels and refunds what earlier runs have left, whoever ran them. Looks at nothing else but the key. */
export async function sweep(options: SmokeOptions): Promise<SmokeResult> {
  const { bench, broom, hurry } = options;
  const checks: SmokeCheck[] = [
    ...KEY_CHECKS.slice(0, 4),
    {
      id: 'sweep',
      title: 'nothing is left of earlier runs',
      async run() {
        if (broom === undefined) return skipped(OBSTACLES.key);
        const stop = AbortSignal.any([bench.signal, hurry]);
        const left = await findMarked(broom, { name: SMOKE_MARK });
        return tidiedFinding(
          await tidyUp(broom, left, { mark: markOf(options), stop }),
          options.sweepCommand,
        );
      },
    },
  ];
  const results: CheckResult[] = [];
  const causes = new Set<Cause>();
  let obstacle: string | undefined;
  for (const check of checks) {
    const { finding, ms } = await judged(check, options, obstacle);
    if (finding.verdict === 'fail') {
      causes.add(finding.cause ?? 'check');
      obstacle ??= OBSTACLES[finding.cause ?? 'check'];
    }
    if (check.id !== 'sweep' && finding.verdict !== 'fail') continue;
    results.push(checkOf(check, finding, ms, options.scrub));
    options.onCheck(results.at(-1) as CheckResult);
  }
  return { checks: results, causes };
}
