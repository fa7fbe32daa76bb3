import type { CheckResult } from '../../domain/check-result.ts';
import type { CheckSuite } from './report-file.ts';

/**
 * Workflow commands of GitHub Actions: an annotation for each check that failed or settled nothing. The runner reads
 * them from either stream of a step.
 */
export function githubAnnotations({ name, checks }: CheckSuite): string {
  return checks.flatMap((check) => annotation(name, check)).join('');
}

const LEVELS: Readonly<Partial<Record<CheckResult['verdict'], string>>> = {
  fail: 'error',
  inconclusive: 'warning',
};

function annotation(suite: string, { id, title, verdict, reason, fix }: CheckResult): string[] {
  const level = LEVELS[verdict];
  if (level === undefined) return [];
  const text = [`${title}: ${reason}`, ...(fix === null ? [] : [`Fix: ${fix}`])].join('\n');
  return [`::${level} title=${property(`${suite}: ${id}`)}::${data(text)}\n`];
}

/** What stands behind the last `::`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Properties are split at commas and colons too. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
