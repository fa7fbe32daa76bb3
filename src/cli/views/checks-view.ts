import {
  type CheckCounts,
  type CheckResult,
  type CheckVerdict,
  countVerdicts,
} from '../../domain/check-result.ts';
import { count, labelled, padEnd, visibleWidth, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { narrow } from '../ui.ts';
import type { View } from '../view.ts';

const GLYPHS: Readonly<Record<CheckVerdict, string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  skipped: '–',
};

const WORDS: Readonly<Record<CheckVerdict, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'unclear',
  skipped: 'skipped',
};

export const checkColumns = ['id', 'verdict', 'ms', 'reason', 'fix'] as const;

/** A suite of checks: one line each, the reason and the fix below those that did not pass, the sum at the end. */
export function checksView(
  checks: readonly CheckResult[],
  verdictLine: (counts: CheckCounts) => string,
): View {
  return {
    human: (ui) => draw(checks, verdictLine, ui),
    rows: checks.map((check) => ({ ...check })),
    columns: checkColumns,
  };
}

function draw(checks: readonly CheckResult[], verdictLine: (counts: CheckCounts) => string, ui: Ui): string {
  const width = Math.max(0, ...checks.map(({ id }) => visibleWidth(id)));
  const lines = folded(checks).flatMap((check) => drawCheck(check, width, ui));
  return [...lines, '', checksSum(checks, verdictLine, ui)].join('\n');
}

/** One check as a line of the table, with what follows below it. `width` is that of the longest id. */
export function checkLine(check: CheckResult, width: number, ui: Ui): string {
  return drawCheck(check, width, ui).join('\n');
}

/** More checks than this are counted and not named. */
const MOST_NAMED = 4;

/** Checks that were left out for one reason, as one line with the reason below. */
export function skippedLines(checks: readonly CheckResult[], width: number, ui: Ui): string {
  const [first] = checks;
  if (first === undefined) return '';
  if (checks.length === 1) return checkLine(first, width, ui);
  const names = checks.map(({ id }) => id);
  const text = names.length > MOST_NAMED ? `${names.length} checks were skipped` : names.join(', ');
  const sign = verdictSign('skipped', ui);
  const lines = wrap(text, ui.width - visibleWidth(sign) - 1);
  return [
    ...lines.map((line, index) =>
      index === 0 ? `${sign} ${line}` : `${' '.repeat(visibleWidth(sign) + 1)}${line}`,
    ),
    labelled('Because', first.reason, ui.width, ui.color.dim),
  ].join('\n');
}

/** How many checks came to what, and what that means. */
export function checksSum(
  checks: readonly CheckResult[],
  verdictLine: (counts: CheckCounts) => string,
  ui: Ui,
): string {
  const counts = countVerdicts(checks);
  const sum = [
    `${count(counts.pass, 'check')} passed`,
    counts.fail === 0 ? '' : `${counts.fail} failed`,
    counts.inconclusive === 0 ? '' : `${counts.inconclusive} inconclusive`,
    counts.skipped === 0 ? '' : `${counts.skipped} skipped`,
  ].filter((part) => part !== '');
  const paint = counts.fail > 0 ? ui.color.red : counts.inconclusive > 0 ? ui.color.yellow : ui.color.green;
  return [
    ...wrap(`${sum.join(', ')}.`, ui.width).map(ui.color.bold),
    ...wrap(verdictLine(counts), ui.width).map(paint),
  ].join('\n');
}

/** Among what was not judged, a reason that the next one shares and a fix that a later one shares are told there. */
function folded(checks: readonly CheckResult[]): readonly CheckResult[] {
  return checks.map((check, index) => {
    if (check.verdict === 'fail') return check;
    const later = checks.slice(index + 1).filter(({ verdict }) => verdict === check.verdict);
    const follows = checks[index + 1]?.verdict === check.verdict && later[0]?.reason === check.reason;
    const again = later.some(({ fix }) => fix === check.fix);
    return { ...check, reason: follows ? '' : check.reason, fix: again ? null : check.fix };
  });
}

function drawCheck({ id, title, verdict, reason, fix, ms }: CheckResult, width: number, ui: Ui): string[] {
  const time = verdict === 'skipped' ? '' : ui.color.dim(`${ms} ms`);
  const head = `${verdictSign(verdict, ui)} ${padEnd(verdict === 'fail' ? ui.color.bold(id) : id, width)}`;
  const text = verdict === 'skipped' ? ui.color.dim(title) : title;
  const roomy = ui.width >= narrow;
  const room = ui.width - visibleWidth(head) - 2 - 9;
  const first =
    roomy && visibleWidth(title) <= room
      ? [`${head}  ${padEnd(text, room)} ${padStart(time, 8)}`.trimEnd()]
      : stackedHead();
  if (verdict === 'pass') return first;
  return [
    ...first,
    ...(reason === '' ? [] : [labelled('Because', reason, ui.width, ui.color.dim)]),
    ...(fix === null ? [] : [labelled('Fix', fix, ui.width, ui.color.dim)]),
  ];

  function stackedHead(): string[] {
    return [
      `${head} ${time}`.trimEnd(),
      ...wrap(title, ui.width - 2).map((line) => `  ${ui.color.dim(line)}`),
    ];
  }
}

/** The sign of a verdict, coloured; its word where signs are not wanted. */
export function verdictSign(verdict: CheckVerdict, ui: Ui): string {
  return painter(verdict, ui)(ui.accessible ? WORDS[verdict] : GLYPHS[verdict]);
}

function painter(verdict: CheckVerdict, { color }: Ui): (text: string) => string {
  switch (verdict) {
    case 'pass':
      return color.green;
    case 'fail':
      return color.red;
    case 'inconclusive':
      return color.yellow;
    case 'skipped':
      return color.dim;
  }
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - visibleWidth(text))) + text;
}
