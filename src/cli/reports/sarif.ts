import type { CheckResult } from '../../domain/check-result.ts';
import { version } from '../version.ts';
import type { CheckSuite } from './report-file.ts';

/** SARIF has levels for failures and kinds for the rest. */
const OUTCOMES = {
  pass: { kind: 'pass', level: 'none' },
  fail: { kind: 'fail', level: 'error' },
  inconclusive: { kind: 'open', level: 'none' },
  skipped: { kind: 'notApplicable', level: 'none' },
} as const satisfies Readonly<Record<CheckResult['verdict'], { kind: string; level: string }>>;

/**
 * SARIF 2.1.0: a rule for each check, and a result that says what was seen. Code scanning wants a place in the sources
 * for every result, so each names the file with the options, which is where one begins to look.
 */
export function sarifReport({ name, checks, startedAt, file = 'smoke.yaml' }: CheckSuite): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'payintent', version, rules: checks.map(rule) } },
        automationDetails: { id: `${name.replaceAll('/', ' ')}/` },
        invocations: [{ executionSuccessful: true, startTimeUtc: new Date(startedAt).toISOString() }],
        results: checks.map((check, index) => result(check, index, file)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule({ id, title, fix }: CheckResult) {
  return { id, shortDescription: { text: title }, ...(fix === null ? {} : { help: { text: fix } }) };
}

function result({ id, verdict, reason, fix, ms }: CheckResult, ruleIndex: number, file: string) {
  return {
    ruleId: id,
    ruleIndex,
    ...OUTCOMES[verdict],
    message: { text: fix === null ? reason : `${reason} Fix: ${fix}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } } }],
    properties: { ms, verdict },
  };
}
