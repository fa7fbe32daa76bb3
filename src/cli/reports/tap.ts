import type { CheckResult } from '../../domain/check-result.ts';
import type { CheckSuite } from './report-file.ts';

/** TAP version 14: what is inconclusive is a skipped test that says why. */
export function tapReport({ checks }: CheckSuite): string {
  return ['TAP version 14', `1..${checks.length}`, ...checks.flatMap(testPoint), ''].join('\n');
}

function testPoint({ id, title, verdict, reason, fix, ms }: CheckResult, index: number): string[] {
  const name = `${index + 1} - ${plain(`${id}: ${title}`)}`;
  if (verdict === 'pass') return [`ok ${name}`];
  if (verdict !== 'fail') return [`ok ${name} # SKIP ${verdict}: ${plain(reason)}`];
  const facts = { message: reason, ...(fix === null ? {} : { fix }), ms };
  // JSON texts are YAML too.
  const lines = Object.entries(facts).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return [`not ok ${name}`, '  ---', ...lines, '  ...'];
}

/** One line, with what TAP reads as a directive escaped. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
