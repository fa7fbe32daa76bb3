import { XMLBuilder } from 'fast-xml-parser';
import { type CheckResult, countVerdicts } from '../../domain/check-result.ts';
import type { CheckSuite } from './report-file.ts';

type Element = Readonly<Record<string, unknown>>;

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * JUnit's XML as CI systems read it: a test case for each check. What is inconclusive counts as skipped, since the format
 * knows no third way, and says so in its message.
 */
export function junitReport({ name, checks, startedAt }: CheckSuite): string {
  const counts = countVerdicts(checks);
  const totals = {
    name,
    tests: checks.length,
    failures: counts.fail,
    errors: 0,
    skipped: counts.skipped + counts.inconclusive,
    time: seconds(checks.reduce((sum, { ms }) => sum + ms, 0)),
  };
  const timestamp = new Date(startedAt).toISOString().replace(/\.\d+Z$/, '');
  return builder.build({
    '?xml': attributes({ version: '1.0', encoding: 'UTF-8' }),
    testsuites: {
      ...attributes(totals),
      testsuite: {
        ...attributes({ ...totals, timestamp }),
        testcase: checks.map((check) => testCase(check, name)),
      },
    },
  });
}

function testCase({ id, title, verdict, reason, fix, ms }: CheckResult, suite: string): Element {
  const named = attributes({ name: `${id}: ${title}`, classname: suite, time: seconds(ms) });
  if (verdict === 'pass') return named;
  if (verdict !== 'fail') return { ...named, skipped: attributes({ message: `${verdict}: ${reason}` }) };
  return {
    ...named,
    failure: {
      ...attributes({ message: reason, type: id }),
      '#text': writable(fix === null ? reason : `${reason}\nFix: ${fix}`),
    },
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Attributes are one line each: readers of XML make blanks of line ends in them anyway. */
function attributes(values: Readonly<Record<string, string | number>>): Element {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`@${name}`, writable(String(value)).replace(/\s+/g, ' ')]),
  );
}

/** Characters that XML 1.0 has no way to write become U+FFFD. */
const writable = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
