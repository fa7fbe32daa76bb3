import type { CheckResult } from '../domain/check-result.ts';
import type { Advice, Finding } from './adviser.ts';
import { type Rule, SEVERITIES, type Severity } from './rule.ts';

/** Whether a severity is at least as bad as another one. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);

/**
 * What was found as a check for each rule, for reports. A rule fails from the severity `failOn` on; what it says below
 * that is inconclusive, which settles nothing for a pipeline.
 *
 * @param rules all there are, those that were left out too
 */
export function checksOf(
  rules: readonly Rule[],
  ran: ReadonlySet<string>,
  { findings, requests, ms }: Advice,
  failOn: Severity,
): CheckResult[] {
  return rules.map(({ id, title }) => {
    const mine = findings.filter(({ rule }) => rule === id);
    const [worst] = mine;
    const common = { id, title, ms: Math.round(ms.get(id) ?? 0) };
    if (!ran.has(id))
      return { ...common, verdict: 'skipped', reason: 'left out by --only or --skip', fix: null };
    if (worst === undefined) {
      return requests === 0
        ? { ...common, verdict: 'skipped', reason: 'no requests of an app', fix: null }
        : { ...common, verdict: 'pass', reason: 'nothing found', fix: null };
    }
    const rest = mine.length <= TOLD ? '' : ` (and ${mine.length - TOLD} more of this rule)`;
    const told = mine.slice(0, TOLD);
    return {
      ...common,
      verdict: isAtLeast(worst.severity, failOn) ? 'fail' : 'inconclusive',
      reason: `${numbered(told.map(sentence))}${rest}`,
      fix: numbered([...new Set(told.map(({ fix }) => fix))]),
    };
  });
}

/** Findings of a rule that its check tells. */
const TOLD = 5;

function sentence({ severity, requests, reason, count }: Finding): string {
  const [first] = requests;
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return `${severity}: ${first === undefined ? '' : `${first.method} ${first.path} ${first.id}${more}: `}${reason}`;
}

const numbered = (texts: readonly string[]): string =>
  texts.length === 1 ? (texts[0] ?? '') : texts.map((text, index) => `(${index + 1}) ${text}`).join(' ');
