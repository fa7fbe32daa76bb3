import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse as parseJunit } from 'junit2json';
import { Parser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import { githubAnnotations } from '../../../src/cli/reports/github.ts';
import { junitReport } from '../../../src/cli/reports/junit.ts';
import { markdownReport } from '../../../src/cli/reports/markdown.ts';
import type { CheckSuite } from '../../../src/cli/reports/report-file.ts';
import { sarifReport } from '../../../src/cli/reports/sarif.ts';
import { tapReport } from '../../../src/cli/reports/tap.ts';
import type { CheckResult } from '../../../src/domain/check-result.ts';

const startedAt = Date.UTC(2026, 10, 22, 12);

/** Texts that break formats: directives, line breaks, markup, half pairs. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'a\nb',
    '::error::x',
    '100% # SKIP',
    '| a | b |',
    '<b>&amp;</b>',
    ']]>',
    '# SKIPPED later',
    '\ud800',
    'a: b, c\r\n',
  ),
);

const suites: fc.Arbitrary<CheckSuite> = fc
  .uniqueArray(
    fc.record<CheckResult>({
      id: fc.constantFrom('payment', 'key-present', 'webhook-signed'),
      title: nasty,
      verdict: fc.constantFrom('pass', 'fail', 'inconclusive', 'skipped'),
      reason: nasty,
      fix: fc.option(nasty, { nil: null }),
      ms: fc.nat(100_000),
    }),
    { minLength: 1, maxLength: 3, selector: ({ id }) => id },
  )
  .map((checks) => ({ name: 'payintent smoke test', checks, startedAt }));

const number = ({ checks }: CheckSuite, ...verdicts: string[]): number =>
  checks.filter(({ verdict }) => verdicts.includes(verdict)).length;

describe('reports are what their readers read', () => {
  test('TAP', () => {
    fc.assert(
      fc.property(suites, (suite) => {
        const seen: Record<string, unknown>[] = [];
        const parser = new Parser((results) => seen.push({ ...results }));
        parser.end(tapReport(suite));
        expect(seen).toHaveLength(1);
        expect(seen[0]).toMatchObject({
          ok: number(suite, 'fail') === 0,
          count: suite.checks.length,
          fail: number(suite, 'fail'),
          skip: number(suite, 'skipped', 'inconclusive'),
          todo: 0,
          bailout: false,
        });
      }),
    );
  });

  test('JUnit', async () => {
    await fc.assert(
      fc.asyncProperty(suites, async (suite) => {
        const read = await parseJunit(junitReport(suite));
        const [one] =
          read !== null && read !== undefined && 'testsuite' in read ? (read.testsuite ?? []) : [];
        expect(one).toMatchObject({
          tests: suite.checks.length,
          failures: number(suite, 'fail'),
          skipped: number(suite, 'skipped', 'inconclusive'),
        });
        expect(one?.testcase).toHaveLength(suite.checks.length);
      }),
    );
  });

  test('SARIF', () => {
    const { $schema: _, id: __, ...schema } = sarifSchema as Record<string, unknown>;
    const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(schema);
    expect(validate({ version: '2.1.0' })).toBe(false);
    fc.assert(
      fc.property(suites, (suite) => {
        const log = JSON.parse(sarifReport(suite));
        validate(log);
        expect(validate.errors).toBeNull();
        expect(log.runs[0].results).toHaveLength(suite.checks.length);
      }),
    );
  });

  test('a rule of SARIF is told once', () => {
    const check: CheckResult = {
      id: 'payment',
      title: 'it works',
      verdict: 'fail',
      reason: 'No.',
      fix: 'Do.',
      ms: 1,
    };
    const { results, tool } = JSON.parse(sarifReport({ name: 'x', checks: [check], startedAt })).runs[0];
    expect(results[0]).toMatchObject({ ruleId: 'payment', ruleIndex: 0, kind: 'fail', level: 'error' });
    expect(tool.driver.rules).toMatchObject([{ id: 'payment', help: { text: 'Do.' } }]);
  });

  test('annotations of GitHub', () => {
    fc.assert(
      fc.property(suites, (suite) => {
        const lines = githubAnnotations(suite).split('\n').slice(0, -1);
        const told = suite.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive');
        expect(lines).toHaveLength(told.length);
        for (const [index, line] of lines.entries()) {
          const { level, properties, message } = readCommand(line);
          const check = told[index] as CheckResult;
          expect(level).toBe(check.verdict === 'fail' ? 'error' : 'warning');
          expect(properties).toEqual({ title: `${suite.name}: ${check.id}` });
          expect(message).toBe(
            `${check.title}: ${check.reason}${check.fix === null ? '' : `\nFix: ${check.fix}`}`,
          );
        }
      }),
    );
  });

  test('Markdown is one table with a row for each check', () => {
    fc.assert(
      fc.property(suites, (suite) => {
        const rows = markdownReport(suite)
          .split('\n')
          .filter((line) => line.startsWith('|'))
          .slice(2);
        expect(rows).toHaveLength(suite.checks.length);
        for (const row of rows) {
          expect(row.replaceAll('\\\\', '').match(/(?<!\\)\|/g)).toHaveLength(6);
          expect(row).not.toMatch(/<\w/);
        }
      }),
    );
  });
});

/** A workflow command as GitHub's runner reads it: properties split at commas, then unescaped; the rest is the message. */
function readCommand(line: string) {
  const [, level, list = '', text = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const data = (escaped: string) =>
    escaped.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const properties = Object.fromEntries(
    list.split(',').map((pair) => {
      const at = pair.indexOf('=');
      const value = pair
        .slice(at + 1)
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',');
      return [pair.slice(0, at), data(value)];
    }),
  );
  return { level, properties, message: data(text) };
}
