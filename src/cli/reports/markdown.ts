import { type CheckResult, countVerdicts } from '../../domain/check-result.ts';
import type { CheckSuite, ReportTable } from './report-file.ts';

const SIGNS: Readonly<Record<CheckResult['verdict'], string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  inconclusive: '⚠️ inconclusive',
  skipped: '⏭️ skipped',
};

/** A table in GitHub's Markdown, which a step summary takes too. */
export function markdownReport({ name, checks, notes = [], tables = [] }: CheckSuite): string {
  const counts = countVerdicts(checks);
  const sum = (['pass', 'fail', 'inconclusive', 'skipped'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map(
      (verdict) =>
        `${counts[verdict]} ${verdict === 'pass' ? 'passed' : verdict === 'fail' ? 'failed' : verdict}`,
    );
  return [
    `## ${inline(name)}`,
    '',
    `${sum.join(', ') || 'Nothing ran'}.`,
    '',
    ...notes.flatMap((note) => [inline(note), '']),
    '| Check | Verdict | Time | Reason | Fix |',
    '| --- | --- | ---: | --- | --- |',
    ...checks.map(
      ({ id, verdict, ms, reason, fix }) =>
        `| \`${id}\` | ${SIGNS[verdict]} | ${verdict === 'skipped' ? '' : `${ms} ms`} | ${inline(reason)} | ${inline(fix ?? '')} |`,
    ),
    '',
    ...tables.flatMap(tableLines),
  ].join('\n');
}

function tableLines({ title, columns, rows }: ReportTable): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `### ${inline(title)}`,
    '',
    line(columns.map(inline)),
    line(columns.map(() => '---')),
    ...rows.map((cells) => line(cells.map(inline))),
    '',
  ];
}

/** Text in one cell, with nothing in it that Markdown or HTML would read. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~<>&]/g, (character) =>
      character === '<'
        ? '&lt;'
        : character === '>'
          ? '&gt;'
          : character === '&'
            ? '&amp;'
            : `\\${character}`,
    );
}
