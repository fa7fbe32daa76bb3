import { fail, pass, skipped } from '../conformance/judgement.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { type Finding, findingOf } from './finding.ts';
import type { Mark, TidyGateway } from './tidy-gateway.ts';
import { findMarked, type Tidied, tidyOthers, tidyUp } from './tidy-up.ts';

export interface CleanUpOptions {
  /** What remembers what was made; undefined where there was no API to speak to. */
  readonly tidy: TidyGateway | undefined;
  /** The API without the stop at a signal: tidying up goes on after one. */
  readonly broom: Gateway | undefined;
  /** The second signal: leave everything as it is. */
  readonly hurry: AbortSignal;
  readonly mark: Mark;
  /** The command that cleans up later. */
  readonly fix: string;
}

/** Takes back everything that a run has made. Never rejects for what the API does. */
export async function cleanUp({ tidy, broom, hurry, mark, fix }: CleanUpOptions): Promise<Finding> {
  if (tidy === undefined || broom === undefined) return skipped('Nothing was made.');
  const { made, others, unsure } = tidy;
  if (made.size === 0 && others.size === 0 && !unsure) return skipped('Nothing was made.');
  if (unsure && hurry.aborted) return fail('An answer never came, so a payment may be left.', fix);
  try {
    // An answer that never came may have been about a payment that was made: it is among the newest.
    const lost = unsure ? await findMarked(broom, mark, 5) : [];
    const tidied = await tidyUp(broom, new Set([...made, ...lost]), { mark, stop: hurry });
    await tidyOthers(broom, others, { mark, stop: hurry });
    return tidiedFinding(tidied, fix);
  } catch (error) {
    // The second signal ends waits in the midst of tidying up.
    if (hurry.aborted) return fail('The run was stopped while it tidied up, so a payment may be left.', fix);
    if (!(error instanceof GatewayError)) throw error;
    return {
      ...fail(`What the run made could not be looked for: ${error.message}`, fix),
      cause: findingOf(error, '').cause ?? 'check',
    };
  }
}

/** What tidying up came to, as a finding. */
export function tidiedFinding({ canceled, refunded, left, unreachable }: Tidied, fix: string): Finding {
  const done = [
    ...(canceled.length > 0 ? [`${canceled.length} canceled`] : []),
    ...(refunded.length > 0 ? [`${refunded.length} refunded`] : []),
  ].join(', ');
  if (left.length === 0) return pass(`${done || 'Nothing was open'}.`);
  const [first] = left;
  const others = left.length === 1 ? '' : `, and ${left.length - 1} more`;
  return {
    ...fail(`${first?.id} is left: ${first?.reason.replace(/\.$/, '')}${others}.`, fix),
    cause: unreachable ? 'network' : 'check',
  };
}
