import { createAdviser, type Finding } from '../../advice/adviser.ts';
import { RULES } from '../../advice/rules.ts';
import { type AccountNow, intentsOf, type LoggedCall } from '../../gateway/logged-calls.ts';
import type { Report } from '../report.ts';
import { count } from '../text.ts';

/** Advice on calls as they come in. */
export interface LiveAdvice {
  see(call: LoggedCall): void;
  /** Says what can be said at the end only, and how much it was. To be called once. */
  end(account: (intents: Iterable<string>) => AccountNow): void;
}

/** Findings of a rule that are told whole. */
const SHOWN = 3;
/** So many of the payments that were seen last are looked at when it ends. */
const REMEMBERED = 10_000;

/**
 * @param when `as-seen` tells each finding with its first request, `at-end` all of them with all their requests
 * @param onFinding told of each one that is told
 */
export function adviseLive(
  report: Report,
  when: 'as-seen' | 'at-end',
  onFinding: (finding: Finding) => void = () => {},
): LiveAdvice {
  const told = new Set<string>();
  const byRule = new Map<string, number>();
  const tell = (finding: Finding) => {
    told.add(keyOf(finding));
    const many = (byRule.get(finding.rule) ?? 0) + 1;
    byRule.set(finding.rule, many);
    if (many <= SHOWN) reportFinding(report, finding);
    onFinding(finding);
  };
  const adviser = createAdviser(RULES, when === 'as-seen' ? tell : undefined);
  const intents = new Set<string>();
  return {
    see(call) {
      for (const id of intentsOf([call])) intents.add(id);
      if (intents.size > REMEMBERED)
        for (const id of [...intents].slice(0, REMEMBERED / 2)) intents.delete(id);
      adviser.see([call]);
    },
    end(account) {
      const { findings, requests, leftOut } = adviser.end(account(intents));
      for (const finding of findings) if (!told.has(keyOf(finding))) tell(finding);
      for (const [rule, many] of byRule)
        if (many > SHOWN)
          report.note(`${rule}: ${count(many - SHOWN, 'more finding')}, see payintent advise`, 'Advice');
      const others = leftOut.hand === 0 ? '' : `, ${leftOut.hand} of payintent or Stripe's CLI left out`;
      if (findings.length === 0)
        report.note(`nothing to advise in ${count(requests, 'request')}${others}`, 'Advice');
    },
  };
}

const keyOf = ({ rule, requests, reason }: Finding): string => `${rule} ${requests[0]?.id ?? reason}`;

/** A finding on stderr: what, where, why, what to do. */
function reportFinding(report: Report, { rule, severity, count, requests, reason, fix }: Finding): void {
  const [first] = requests;
  const more = count > 1 ? [`and ${count - 1} more`] : [];
  report.whole('Advice', `${severity}  ${rule}`);
  if (first !== undefined) report.parts('', [`${first.method} ${first.path}`, first.id, ...more]);
  report.note(reason, '');
  report.note(fix, 'Fix');
}
