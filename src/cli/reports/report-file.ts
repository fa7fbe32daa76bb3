import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CheckResult, countVerdicts } from '../../domain/check-result.ts';
import { CliError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import { tapReport } from './tap.ts';

export const REPORT_FORMATS = ['junit', 'tap', 'json'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportWish {
  readonly format: ReportFormat;
  readonly file: string;
}

/** A suite of checks that has run. */
export interface CheckSuite {
  /** `webhook test http://…` */
  readonly name: string;
  readonly checks: readonly CheckResult[];
  /** When it began, milliseconds since the epoch. */
  readonly startedAt: number;
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

/** Writes the reports. Throws `FILE_UNREADABLE`. */
export async function writeReports(
  wishes: readonly ReportWish[],
  suite: CheckSuite,
  cwd: string,
): Promise<void> {
  for (const { format, file } of wishes) {
    try {
      await writeFile(resolve(cwd, file), await written(format, suite));
    } catch (error) {
      throw new CliError('FILE_UNREADABLE', `Can't write the report ${file}`, {
        why: error instanceof Error && 'code' in error ? String(error.code) : undefined,
        cause: error,
      });
    }
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
    case 'json': {
      const counts = countVerdicts(suite.checks);
      return `${JSON.stringify({ name: suite.name, counts, checks: suite.checks }, null, 2)}\n`;
    }
  }
}
