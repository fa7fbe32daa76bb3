import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { githubAnnotations } from './github.ts';
import {
  appendSummary,
  type CheckSuite,
  type ReportWishes,
  readReportsAndPrinted,
  writeReports,
} from './report-file.ts';

/**
 * What `--report` asks for. TAP takes the place of what stdout shows otherwise. Annotations are for nobody but GitHub,
 * which asks by its variable. Throws `FLAG_INVALID`, `FLAGS_CONFLICT`.
 */
export function askedReports({ globals, host }: Context, typed: readonly string[]): ReportWishes {
  const wishes = readReportsAndPrinted(typed);
  if (wishes.printed.includes('tap') && (globals.json || globals.jsonl || globals.fields.length > 0)) {
    throw new CliError('FLAGS_CONFLICT', '--report tap and JSON or fields cannot share stdout', {
      fix: ['Write --report tap=FILE'],
    });
  }
  const onGithub = host.env['GITHUB_ACTIONS'] === 'true';
  const asked = wishes.printed.includes('github') || wishes.files.some(({ format }) => format === 'github');
  return onGithub && !asked ? { ...wishes, printed: [...wishes.printed, 'github'] } : wishes;
}

/** Writes the files, and the annotations with the summary of the step. TAP for stdout is the caller's. */
export async function makeReports(
  { host }: Context,
  { files, printed }: ReportWishes,
  suite: CheckSuite,
): Promise<void> {
  await writeReports(files, suite, host.cwd);
  if (!printed.includes('github')) return;
  host.stderr.write(githubAnnotations(suite));
  const summary = host.env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '') await appendSummary(summary, suite);
}
