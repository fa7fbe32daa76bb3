import type { CheckResult } from '../../domain/check-result.ts';
import type { Comparison, Difference } from '../../parity/compare-sides.ts';
import type { RecordedAccount, RecordedVersions } from '../../parity/recording.ts';

/** What a comparison came to, whichever the other side was. */
export interface ParityOutcome {
  readonly checks: readonly CheckResult[];
  /** Null where it was compared with what was recorded. */
  readonly target: 'test' | null;
  /** Milliseconds since the epoch. */
  readonly comparedAt: number;
  /** When test mode answered, from the first recording to the last, where it was compared with those. */
  readonly recordedAt: readonly [string, string] | null;
  readonly versions: RecordedVersions;
  readonly account: RecordedAccount | null;
  /** By scenario, in the order of the checks. */
  readonly comparisons: ReadonlyMap<string, Comparison>;
}

/** Steps that were not compared, with the reason. */
export interface LeftOut {
  readonly scenario: string;
  /** The first of them, counted from 1. */
  readonly step: number;
  readonly kind: string;
  readonly reason: string;
}

export function leftOutOf({ comparisons }: ParityOutcome): readonly LeftOut[] {
  return [...comparisons].flatMap(([scenario, { end }]) => (end === null ? [] : [{ scenario, ...end }]));
}

/** What differs, and apart from it what differs because accounts do. */
export function differencesOf({ comparisons }: ParityOutcome): {
  readonly real: readonly Difference[];
  readonly account: readonly Difference[];
} {
  const all = [...comparisons.values()].flatMap(({ differences }) => differences);
  return {
    real: all.filter(({ depends }) => depends === null),
    account: all.filter(({ depends }) => depends !== null),
  };
}

/** The same difference in several places, as one. */
export interface DifferenceGroup {
  /** Where it was first seen. */
  readonly first: Difference;
  /** All scenarios that show it. */
  readonly scenarios: readonly string[];
}

export function groupsOf(differences: readonly Difference[]): readonly DifferenceGroup[] {
  const groups = new Map<string, { first: Difference; scenarios: Set<string> }>();
  for (const difference of differences) {
    const { part, field, kind, test, emulator } = difference;
    // Counts of events differ from story to story; what is odd about them does not.
    const values = part === 'events' ? [] : [test, emulator];
    const key = JSON.stringify([part === 'events', field, kind, ...values]);
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { first: difference, scenarios: new Set([difference.scenario]) });
    else group.scenarios.add(difference.scenario);
  }
  return [...groups.values()].map(({ first, scenarios }) => ({ first, scenarios: [...scenarios] }));
}

/** When, with whom and in which versions. */
export function factsOf({ comparedAt, recordedAt, versions, account }: ParityOutcome): readonly string[] {
  const date = new Date(comparedAt).toISOString().replace(/\.\d+Z$/, 'Z');
  const [from, to] = recordedAt ?? [];
  const recorded =
    from === undefined
      ? ''
      : from === to
        ? `, with answers of ${from}`
        : `, with answers of ${from} to ${to}`;
  const own = versions.account === null ? '' : `, and the account's own is ${versions.account}`;
  const place =
    account?.country == null
      ? []
      : [`The account is in ${account.country}, its currency ${account.default_currency ?? 'unknown'}.`];
  return [
    `Compared on ${date}${recorded}.`,
    `payintent ${versions.payintent}, SDK ${versions.sdk}; both sides were asked in API version ${versions.api}${own}.`,
    ...place,
  ];
}

export function dataOf(
  outcome: ParityOutcome,
  counts: unknown,
  all: boolean,
): Readonly<Record<string, unknown>> {
  const { real, account } = differencesOf(outcome);
  return {
    object: 'parity',
    target: outcome.target,
    verdict: outcome.checks.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass',
    compared_at: new Date(outcome.comparedAt).toISOString(),
    recorded_at: outcome.recordedAt,
    versions: outcome.versions,
    account: outcome.account,
    counts,
    checks: outcome.checks,
    differences: (all ? [...real, ...account] : real).map(({ test, emulator, ...rest }) => ({
      ...rest,
      ...(test === undefined ? {} : { test }),
      ...(emulator === undefined ? {} : { emulator }),
    })),
    account_differences: account.length,
    not_compared: leftOutOf(outcome),
  };
}
