import type { Advice, Finding } from '../../advice/adviser.ts';
import type { Rule, Severity } from '../../advice/rule.ts';
import { ago } from '../ago.ts';
import { count, labelled, labelledWhole, visibleWidth, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { proseView, type View } from '../view.ts';

export const adviceColumns = ['rule', 'severity', 'count', 'request', 'reason', 'fix'] as const;

/** Findings of a rule, and requests of a finding, that a person is shown. */
const SHOWN = 3;

const GLYPHS: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };

/** Findings, grouped by rule. `hasOlder`: the log goes further back than what was looked at. */
export function adviceView(advice: Advice, hasOlder: boolean): View {
  const { findings } = advice;
  return {
    human: (ui) =>
      [
        ...groupsOf(findings).flatMap((group) => [...drawGroup(group, ui), '']),
        ...sum(advice, hasOlder, ui),
      ].join('\n'),
    rows: findings.map(({ requests, ...finding }) => ({ ...finding, request: requests[0]?.id ?? null })),
    columns: adviceColumns,
    key: 'rule',
  };
}

function groupsOf(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding]);
  return [...groups.values()];
}

function drawGroup(group: readonly Finding[], ui: Ui): string[] {
  const [worst] = group;
  if (worst === undefined) return [];
  const requests = group.reduce((total, finding) => total + finding.count, 0);
  const many = group.length === 1 ? '' : `${count(group.length, 'finding')}, `;
  const much = requests === 0 ? many.replace(', ', '') : `${many}${count(requests, 'request')}`;
  const head = `${sign(worst.severity, ui)} ${ui.color.bold(worst.rule)}  ${worst.severity}`;
  const roomy = visibleWidth(head) + 2 + much.length <= ui.width;
  return [
    ...(roomy ? [`${head}  ${ui.color.dim(much)}`.trimEnd()] : [head, `  ${ui.color.dim(much)}`]),
    ...group.slice(0, SHOWN).flatMap((finding) => drawFinding(finding, worst.severity, ui)),
    ...(group.length > SHOWN
      ? [
          labelled(
            '',
            `${count(group.length - SHOWN, 'more finding')} of this rule: --json has all`,
            ui.width,
            ui.color.dim,
          ),
        ]
      : []),
    labelledWhole('Read', worst.docs, ui.color.dim),
  ];
}

function drawFinding(
  { reason, fix, severity, requests, count: all }: Finding,
  worst: Severity,
  ui: Ui,
): string[] {
  const label = ui.color.dim;
  const lines = requests.slice(0, SHOWN).flatMap(({ id, method, path, status, created }, index) => {
    const what = `${method} ${path} ${status}`;
    const when = `${id}  ${ago(created, ui.now)}`;
    const name = index === 0 ? 'Seen' : '';
    return visibleWidth(what) + visibleWidth(when) + 14 <= ui.width
      ? [labelledWhole(name, `${what}  ${when}`, label)]
      : [labelledWhole(name, what, label), labelledWhole('', when, label)];
  });
  const rest = all - Math.min(SHOWN, requests.length);
  return [
    ...lines,
    ...(rest > 0 ? [labelledWhole('', `and ${rest} more`, label)] : []),
    labelled('Because', severity === worst ? reason : `(${severity}) ${reason}`, ui.width, label),
    labelled('Fix', fix, ui.width, label),
  ];
}

function sign(severity: Severity, { color, accessible }: Ui): string {
  if (accessible) return '-';
  const paint = severity === 'error' ? color.red : severity === 'warning' ? color.yellow : color.dim;
  return paint(GLYPHS[severity]);
}

function sum({ findings, requests, leftOut }: Advice, hasOlder: boolean, ui: Ui): string[] {
  const counts = countSeverities(findings);
  const parts = [
    counts.error === 0 ? '' : count(counts.error, 'error'),
    counts.warning === 0 ? '' : count(counts.warning, 'warning'),
    counts.note === 0 ? '' : count(counts.note, 'note'),
  ].filter((part) => part !== '');
  const place = `in ${count(requests, 'request')}${hasOlder ? ' of that time' : ''}`;
  const head =
    requests === 0 && findings.length === 0
      ? `Nothing to advise: ${hasOlder ? 'no requests of an app in that time' : 'the log has no requests of an app'}.`
      : parts.length === 0
        ? `Nothing to advise ${place}.`
        : `${parts.join(', ')} ${place}.`;
  const paint = counts.error > 0 ? ui.color.red : counts.warning > 0 ? ui.color.yellow : ui.color.green;
  const { hand, unknown } = leftOut;
  return [
    ...wrap(head, ui.width).map(paint),
    ...(hand === 0
      ? []
      : wrap(`${count(hand, 'request')} of payintent or Stripe's CLI left out.`, ui.width).map(ui.color.dim)),
    ...(unknown === 0
      ? []
      : wrap(
          `${count(unknown, 'request')} of an older payintent, which did not log who asked, left out.`,
          ui.width,
        ).map(ui.color.dim)),
  ];
}

export function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** The rules with what each wants to see. */
export function rulesView(rules: readonly Rule[]): View {
  return {
    ...proseView((ui) =>
      rules
        .flatMap(({ id, title, severity, evidence, silent }) => [
          `${ui.color.bold(id)}  ${ui.color.dim(severity)}`,
          ...wrap(title, ui.width - 2).map((line) => `  ${line}`),
          labelled('Seen', evidence, ui.width, ui.color.dim),
          labelled('Silent', silent, ui.width, ui.color.dim),
          '',
        ])
        .slice(0, -1)
        .join('\n'),
    ),
    prose: false,
    rows: rules.map(({ id, severity, title, evidence, silent, docs }) => ({
      id,
      severity,
      title,
      evidence,
      silent,
      docs,
    })),
    columns: ['id', 'severity', 'title'],
  };
}
