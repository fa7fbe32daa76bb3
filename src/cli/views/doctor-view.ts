import type { CheckCounts, CheckResult } from '../../domain/check-result.ts';
import { labelled, padEnd, visibleWidth, wrap } from '../text.ts';
import { narrow, type Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { checkColumns, checksSum, verdictSign } from './checks-view.ts';

/** What was looked at and what was seen there, a paragraph each, with what to do below those that did not pass. */
export function doctorView(
  checks: readonly CheckResult[],
  verdictLine: (counts: CheckCounts) => string,
): View {
  return {
    human: (ui) => {
      const width = Math.max(...checks.map(({ id }) => id.length));
      const lines = checks.flatMap((check) => drawCheck(check, width, ui));
      return [...lines, '', checksSum(checks, verdictLine, ui)].join('\n');
    },
    rows: checks.map((check) => ({ ...check })),
    columns: checkColumns,
  };
}

function drawCheck({ id, verdict, reason, fix }: CheckResult, width: number, ui: Ui): string[] {
  const sign = verdictSign(verdict, ui);
  const name = verdict === 'fail' ? ui.color.bold(id) : id;
  const text = (line: string): string => (verdict === 'skipped' ? ui.color.dim(line) : line);
  const advice = fix === null || verdict === 'pass' ? [] : [labelled('Fix', fix, ui.width, ui.color.dim)];
  if (ui.width < narrow) {
    const lines = wrap(reason, ui.width - 2).map((line) => `  ${text(line)}`);
    return [`${sign} ${name}`, ...lines, ...advice];
  }
  const head = `${sign} ${padEnd(name, width)}  `;
  const indent = visibleWidth(head);
  const [first = '', ...rest] = wrap(reason, ui.width - indent);
  return [head + text(first), ...rest.map((line) => ' '.repeat(indent) + text(line)), ...advice];
}
