import { type CheckResult, countVerdicts } from '../../domain/check-result.ts';
import type { CheckSuite } from './report-file.ts';

/**
 * JUnit's XML as CI systems read it: a test case for each check. What is inconclusive counts as skipped, since the format
 * knows no third way, and says so in its message.
 */
export function junitReport({ name, checks, startedAt }: CheckSuite): string {
  const counts = countVerdicts(checks);
  const totals = attributes({
    name,
    tests: checks.length,
    failures: counts.fail,
    errors: 0,
    skipped: counts.skipped + counts.inconclusive,
    time: seconds(checks.reduce((sum, { ms }) => sum + ms, 0)),
  });
  const timestamp = attributes({ timestamp: new Date(startedAt).toISOString().replace(/\.\d+Z$/, '') });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${totals}>`,
    `  <testsuite${totals}${timestamp}>`,
    ...checks.flatMap((check) => testCase(check, name)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ id, title, verdict, reason, fix, ms }: CheckResult, suite: string): string[] {
  const open = `    <testcase${attributes({ name: `${id}: ${title}`, classname: suite, time: seconds(ms) })}`;
  if (verdict === 'pass') return [`${open}/>`];
  const inner =
    verdict === 'fail'
      ? `<failure${attributes({ message: reason, type: id })}>${escaped(fix === null ? reason : `${reason}\nFix: ${fix}`)}</failure>`
      : `<skipped${attributes({ message: `${verdict}: ${reason}` })}/>`;
  return [`${open}>`, `      ${inner}`, '    </testcase>'];
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text for an attribute or an element; characters that XML 1.0 has no way to write become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\n\r\t]/g, (character) => ENTITIES[character] ?? character);
}
