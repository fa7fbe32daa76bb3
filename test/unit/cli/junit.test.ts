import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { junitReport } from '../../../src/cli/reports/junit.ts';
import type { CheckResult } from '../../../src/domain/check-result.ts';

const check = (over: Partial<CheckResult>): CheckResult => ({
  id: 'forged',
  title: 'a forged signature is refused',
  verdict: 'pass',
  reason: '',
  fix: null,
  ms: 12,
  ...over,
});

const suiteOf = (checks: readonly CheckResult[], name = 'webhook test http://127.0.0.1:1/?a=1&b=<2>') =>
  junitReport({ name, checks, startedAt: Date.UTC(2026, 7, 1, 12, 30, 15, 250) });

const read = (xml: string) => {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    parseAttributeValue: false,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (tag) => tag === 'testcase',
  }).parse(xml);
};

describe('a JUnit report', () => {
  test('has the counts on the suite and a case for each check', () => {
    const name = 'webhook test http://127.0.0.1:1/?a=1&b=<2>';
    const { testsuites, '?xml': declaration } = read(
      suiteOf([
        check({}),
        check({
          id: 'slow',
          verdict: 'fail',
          reason: 'It took "4" s & more\nthan <3>',
          fix: "Answer's first",
        }),
        check({ id: 'dispute', verdict: 'inconclusive', reason: 'There is no probe.' }),
        check({ id: 'csrf', verdict: 'skipped', reason: 'not asked for', ms: 0 }),
      ]),
    );
    expect(declaration).toEqual({ '@version': '1.0', '@encoding': 'UTF-8' });
    const totals = {
      '@name': name,
      '@tests': '4',
      '@failures': '1',
      '@errors': '0',
      '@skipped': '2',
      '@time': '0.036',
    };
    expect(testsuites).toMatchObject(totals);
    expect(testsuites.testsuite).toMatchObject({ ...totals, '@timestamp': '2026-08-01T12:30:15' });
    const title = 'a forged signature is refused';
    const blank = /^\s*$/;
    const cases = testsuites.testsuite.testcase.map((one: Record<string, unknown>) => {
      const { '#text': between, ...rest } = one;
      expect(String(between ?? '')).toMatch(blank);
      return rest;
    });
    expect(cases).toEqual([
      { '@name': `forged: ${title}`, '@classname': name, '@time': '0.012' },
      {
        '@name': `slow: ${title}`,
        '@classname': name,
        '@time': '0.012',
        failure: {
          '@message': 'It took "4" s & more than <3>',
          '@type': 'slow',
          '#text': 'It took "4" s & more\nthan <3>\nFix: Answer\'s first',
        },
      },
      {
        '@name': `dispute: ${title}`,
        '@classname': name,
        '@time': '0.012',
        skipped: { '@message': 'inconclusive: There is no probe.' },
      },
      {
        '@name': `csrf: ${title}`,
        '@classname': name,
        '@time': '0.000',
        skipped: { '@message': 'skipped: not asked for' },
      },
    ]);
  });

  test('keeps a suite without checks', () => {
    expect(read(suiteOf([])).testsuites.testsuite).toMatchObject({ '@tests': '0', '@time': '0.000' });
  });

  test('can be read whatever a handler answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (reason) => {
        const xml = suiteOf([check({ verdict: 'fail', reason, fix: reason })], reason);
        expect(XMLValidator.validate(xml)).toBe(true);
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        expect(xml.match(/<testcase /g)).toHaveLength(1);
      }),
    );
    const odd = read(suiteOf([check({ verdict: 'fail', reason: '\u0000\u001b[31m ]]> \ud800 😀\n\tend' })]));
    expect(odd.testsuites.testsuite.testcase[0].failure).toMatchObject({
      '@message': '\ufffd\ufffd[31m ]]> \ufffd 😀 end',
      '#text': '\ufffd\ufffd[31m ]]> \ufffd 😀\n\tend',
    });
  });
});
