import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CheckResult, countVerdicts } from '../../domain/check-result.ts';
import { CliError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import { githubAnnotations } from './github.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';
import { tapReport } from './tap.ts';

export const REPORT_FORMATS = ['junit', 'tap', 'github', 'sarif', 'markdown', 'json'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportWish {
  readonly format: ReportFormat;
  readonly file: string;
}

/** A report that is printed instead of written. */
export type PrintedFormat = 'github' | 'tap';

const PRINTED: readonly string[] = ['github', 'tap'] satisfies readonly PrintedFormat[];

export interface ReportWishes {
  readonly files: readonly ReportWish[];
  /** Formats that were asked for without a file. */
  readonly printed: readonly PrintedFormat[];
}

/** A suite of checks that has run. */
export interface CheckSuite {
  /** `webhook test http://…` */
  readonly name: string;
  readonly checks: readonly CheckResult[];
  /** When it began, milliseconds since the epoch. */
  readonly startedAt: number;
  /** The file that one begins to look at; `smoke.yaml` unless said otherwise. */
  readonly file?: string;
  /** Sentences about the run. Markdown has room for them. */
  readonly notes?: readonly string[];
  /** What belongs to the checks. Markdown has room for them. */
  readonly tables?: readonly ReportTable[];
}

/** A table below the checks. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Reads `--report junit=FILE,tap=FILE`. Throws `FLAG_INVALID`. */
export function readReports(typed: readonly string[]): ReportWish[] {
  return typed.map((one) => {
    const [name = '', ...rest] = one.split('=');
    const file = rest.join('=');
    const format = REPORT_FORMATS.find((known) => known === name);
    if (format !== undefined && file !== '') return { format, file };
    throw new CliError('FLAG_INVALID', `--report does not take ${JSON.stringify(one)}`, {
      why: `It is written format=file, the format being ${REPORT_FORMATS.join(', ')}. ${didYouMean(name, REPORT_FORMATS) ?? ''}`.trim(),
      fix: ['Write --report junit=report.xml'],
    });
  });
}

/** Reads `--report junit=FILE,tap,github`, where two formats need no file. Throws `FLAG_INVALID`. */
export function readReportsAndPrinted(typed: readonly string[]): ReportWishes {
  const bare = (one: string): one is PrintedFormat => PRINTED.includes(one);
  return { files: readReports(typed.filter((one) => !bare(one))), printed: typed.filter(bare) };
}

/** Adds the table to the summary of a step of GitHub Actions. Throws `FILE_UNREADABLE`. */
export async function appendSummary(file: string, suite: CheckSuite): Promise<void> {
  await writing(file, () => appendFile(file, markdownReport(suite)));
}

/** Writes the reports. Throws `FILE_UNREADABLE`. */
export async function writeReports(
  wishes: readonly ReportWish[],
  suite: CheckSuite,
  cwd: string,
): Promise<void> {
  for (const { format, file } of wishes) {
    await writing(file, async () => writeFile(resolve(cwd, file), await written(format, suite)));
  }
}

async function writing(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't write the report ${file}`, {
      why: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      cause: error,
    });
  }
}

async function written(format: ReportFormat, suite: CheckSuite): Promise<string> {
  switch (format) {
    case 'junit': {
      const { junitReport } = await import('./junit.ts');
      return junitReport(suite);
    }
    case 'tap':
      return tapReport(suite);
    case 'github':
      return githubAnnotations(suite);
    case 'sarif':
      return sarifReport(suite);
    case 'markdown':
      return markdownReport(suite);
    case 'json': {
      const counts = countVerdicts(suite.checks);
      return `${JSON.stringify({ name: suite.name, counts, checks: suite.checks }, null, 2)}\n`;
    }
  }
}
