import { fail } from '../conformance/judgement.ts';
import { maskKey } from '../domain/api-keys.ts';
import type { CheckResult } from '../domain/check-result.ts';
import { maskSecrets } from '../domain/secrets.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { type Cause, findingOf } from '../smoke/finding.ts';
import { type DoctorParts, openBench } from './bench.ts';
import type { DoctorCheck, Mend } from './check.ts';
import { DOCTOR_CHECKS } from './checks.ts';

export interface Diagnosis {
  readonly checks: readonly CheckResult[];
  /** What was seen, by the check that saw it. */
  readonly facts: ApiRecord;
  /** What each failure is about, by the check. */
  readonly causes: ReadonlyMap<string, Cause>;
  /** What could be put right. */
  readonly mends: readonly FoundMend[];
}

/** Something that could be put right, and the check that found it. */
export interface FoundMend extends Mend {
  readonly check: string;
}

interface Outcome {
  readonly result: CheckResult;
  readonly facts: ApiRecord | undefined;
  readonly cause: Cause | undefined;
  readonly mends: readonly Mend[];
}

/**
 * Looks at everything. Never rejects: a check that fails itself is a finding too.
 *
 * @param only checks to make, all of them unless given
 */
export async function runDoctor(parts: DoctorParts, only?: ReadonlySet<string>): Promise<Diagnosis> {
  const opened = openBench(parts);
  const { bench, hidden } = opened;
  for (const { text } of parts.keys) bench.hide(text);
  for (const name of SECRET_VARIABLES) bench.hide(parts.env[name]);
  for (const file of bench.envFiles()) for (const { value } of file.secrets) bench.hide(value);
  try {
    // What takes longest goes on while the rest is looked at.
    const asked = bench.account();
    asked.catch(() => {});
    const outcomes: Outcome[] = [];
    for (const check of DOCTOR_CHECKS) if (only?.has(check.id) !== false) outcomes.push(await judged(check));
    const hideIn = scrubber(hidden);
    const facts = outcomes.flatMap(({ result, facts: seen }) =>
      seen === undefined ? [] : [[result.id.replaceAll('-', '_'), scrubbed(seen, hideIn)] as const],
    );
    return {
      checks: outcomes.map(({ result }) => ({
        ...result,
        reason: hideIn(result.reason),
        fix: result.fix === null ? null : hideIn(result.fix),
      })),
      facts: Object.fromEntries(facts),
      causes: new Map(
        outcomes.flatMap(({ result, cause }) => (cause === undefined ? [] : [[result.id, cause]])),
      ),
      mends: outcomes.flatMap(({ result, mends }) => mends.map((mend) => ({ ...mend, check: result.id }))),
    };
  } finally {
    await opened.close();
  }

  async function judged(check: DoctorCheck): Promise<Outcome> {
    const { id, title } = check;
    const started = performance.now();
    const finding = await check.run(bench).catch((error: unknown) =>
      error instanceof GatewayError
        ? { ...findingOf(error, id), facts: undefined, mends: undefined }
        : {
            ...fail(
              `This check itself failed: ${error instanceof Error ? error.message : String(error)}.`,
              'Report it; the other checks hold.',
            ),
            cause: 'check' as const,
            facts: undefined,
            mends: undefined,
          },
    );
    const { verdict, reason, fix, facts, mends } = finding;
    return {
      result: { id, title, verdict, reason, fix: fix ?? null, ms: Math.round(performance.now() - started) },
      facts,
      cause: verdict === 'fail' ? (finding.cause ?? 'check') : undefined,
      mends: mends ?? [],
    };
  }
}

const SECRET_VARIABLES = [
  'STRIPE_API_KEY',
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'PAYINTENT_WEBHOOK_SECRET',
  'STRIPE_WEBHOOK_SECRET',
];

/** Hides secrets: those that were found here, whatever they look like, and everything shaped like one. */
function scrubber(hidden: ReadonlySet<string>): (text: string) => string {
  const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
  return (text) => maskSecrets(longestFirst.reduce((all, one) => all.replaceAll(one, maskKey(one)), text));
}

function scrubbed(value: unknown, hideIn: (text: string) => string): unknown {
  if (typeof value === 'string') return hideIn(value);
  if (Array.isArray(value)) return value.map((one) => scrubbed(one, hideIn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scrubbed(one, hideIn)]));
}
