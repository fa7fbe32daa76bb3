import type { CheckResult } from '../domain/check-result.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { checkOf } from '../smoke/check-of.ts';
import { tidiedFinding } from '../smoke/clean-up.ts';
import { type Cause, type Finding, findingOf } from '../smoke/finding.ts';
import { findMarked, tidyUp } from '../smoke/tidy-up.ts';
import { PARITY_MARK, type ParityBench } from './bench.ts';

/** Cancels and refunds the payments that earlier runs have left, whoever ran them. */
export async function sweep(
  { broom, mark, signal, hurry }: ParityBench,
  fix: string,
): Promise<{ readonly check: CheckResult; readonly causes: ReadonlySet<Cause> }> {
  const started = performance.now();
  const stop = AbortSignal.any([signal, hurry]);
  const row = { id: 'sweep', title: 'nothing is left of earlier runs' };
  let finding: Finding;
  try {
    finding = tidiedFinding(
      await tidyUp(broom, await findMarked(broom, { name: PARITY_MARK }), { mark, stop }),
      fix,
    );
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    finding = findingOf(error, row.id);
  }
  return {
    check: checkOf(row, finding, performance.now() - started, (text) => text),
    causes: new Set(finding.verdict === 'fail' ? [finding.cause ?? 'check'] : []),
  };
}
