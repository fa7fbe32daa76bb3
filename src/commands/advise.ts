import { type Advice, createAdviser } from '../advice/adviser.ts';
import { checksOf, isAtLeast } from '../advice/checks.ts';
import { SEVERITIES, type Severity } from '../advice/rule.ts';
import { RULES } from '../advice/rules.ts';
import { chosenRules } from '../cli/advice/rule-choice.ts';
import { readSince } from '../cli/advice/since.ts';
import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { exitCodes } from '../cli/exit-codes.ts';
import { outputMode } from '../cli/output.ts';
import { askedReports, makeReports } from '../cli/reports/asked-reports.ts';
import { tapReport } from '../cli/reports/tap.ts';
import type { Command } from '../cli/spec.ts';
import { count } from '../cli/text.ts';
import { adviceColumns, adviceView, countSeverities, rulesView } from '../cli/views/advice-view.ts';
import { readCalls } from '../gateway/logged-calls.ts';

export const adviseCommand: Command = {
  spec: {
    name: 'advise',
    description:
      "Reads the requests that an app sent to the offline emulator and points out what would hurt in production: missing idempotency keys, amounts in the wrong unit, holds that end before the capture, secrets in addresses, polling, and more. Each finding names the requests, the reason and the fix. What payintent itself and Stripe's CLI sent is left out, since people typed that. payintent emulator serve --advise says the same while an app runs. The exit code is 0 whatever was found, unless --fail-on says otherwise.",
    options: [
      {
        name: 'since',
        kind: 'text',
        value: 'when',
        summary:
          'only requests since then: 1h, 2026-11-22, 2026-11-22T09:30:00Z; all that were kept if absent',
        common: true,
      },
      {
        name: 'only',
        kind: 'items',
        value: 'rules',
        complete: 'advice-rules',
        summary: 'look for these only',
        common: true,
      },
      {
        name: 'skip',
        kind: 'items',
        value: 'rules',
        complete: 'advice-rules',
        summary: 'do not look for these',
        common: true,
      },
      {
        name: 'fail-on',
        kind: 'text',
        value: 'severity',
        choices: SEVERITIES,
        summary: 'exit 7 when something this bad or worse was found',
        common: true,
      },
      { name: 'list', kind: 'flag', summary: 'list the rules, with what each wants to see' },
      {
        name: 'report',
        kind: 'items',
        value: 'format=file',
        summary:
          'also write a report with a check for each rule: junit=FILE, tap (FILE, or stdout), github (annotations and step summary), sarif=FILE, markdown=FILE, json=FILE',
        common: true,
      },
      {
        name: 'state',
        kind: 'text',
        value: 'file',
        summary: "the file of the emulator's state; one per user unless given",
        complete: 'files',
      },
    ],
    examples: [
      { command: 'payintent advise', summary: 'what the app should do better' },
      {
        command: 'payintent advise --since 1h --fail-on error --report junit=advice.xml',
        summary: 'at the end of a test run, for a pipeline',
      },
      {
        command: 'payintent advise --only idempotency-key,amount-scale --json',
        summary: 'two rules, as JSON',
      },
      { command: 'payintent advise --list', summary: 'what is looked for' },
    ],
    fields: ['object', 'requests', 'left_out', 'since', 'counts', 'findings', 'checks'],
    columns: adviceColumns,
    exits: [6, 7],
    related: ['logs', 'emulator serve', 'emulator exec', 'smoke'],
    local: true,
  },
  async run(context, input) {
    if (input.flag('list')) {
      const rows = RULES.map(({ watch: _, ...row }) => ({ object: 'advice_rule', ...row }));
      return { data: { object: 'list', data: rows }, view: rulesView(RULES) };
    }
    refuseTest(context);
    const rules = chosenRules(input);
    const reports = askedReports(context, input.items('report'));
    const since = readSince(input.text('since'));
    const failOn = SEVERITIES.find((severity) => severity === input.text('fail-on'));
    const startedAt = context.host.now();
    const { calls, account, hasOlder } = readCalls(
      { statePath: context.statePath, now: () => startedAt },
      since,
    );
    const adviser = createAdviser(rules);
    adviser.see(calls);
    const advice = adviser.end(account);
    const { findings, requests, leftOut } = advice;
    const checks = checksOf(RULES, new Set(rules.map(({ id }) => id)), advice, failOn ?? 'error');
    const suite = { name: 'payintent advise', checks, startedAt, file: 'package.json' };
    await makeReports(context, reports, suite);
    const data = {
      object: 'advice',
      requests,
      left_out: leftOut,
      since: since(account.now) ?? null,
      counts: countSeverities(findings),
      findings,
      checks,
    };
    const exit = exitOf(failOn, findings);
    // A pipe gets one line a finding, so none at all would leave it open whether anything was looked at.
    if (findings.length === 0 && outputMode(context.globals, context.host.stdout.isTTY) === 'lines')
      context.report.note(`nothing to advise in ${count(requests, 'request')}`, 'Advice');
    if (reports.printed.includes('tap')) return { data, raw: [tapReport(suite)], exit };
    return { data, view: adviceView(advice, hasOlder), exit, next: nextOf(advice) };
  },
};

function refuseTest({ globals }: Context): void {
  if (globals.target !== 'test') return;
  throw new CliError(
    'FLAGS_CONFLICT',
    "advise reads the emulator's request log, and --test asks for Stripe",
    {
      why: "Stripe's own request log cannot be read by API: it is in the Dashboard only.",
      fix: [
        'Run the app against the emulator: payintent emulator serve --advise',
        'Open https://dashboard.stripe.com/test/logs',
      ],
    },
  );
}

function exitOf(failOn: Severity | undefined, findings: readonly { severity: Severity }[]): number {
  const fails = failOn !== undefined && findings.some(({ severity }) => isAtLeast(severity, failOn));
  return fails ? exitCodes.failed : exitCodes.done;
}

function nextOf({ findings, requests }: Advice): readonly string[] {
  const first = findings.find((finding) => finding.requests.length > 0)?.requests[0];
  if (first !== undefined) return [`payintent logs ${first.id}`];
  return requests === 0 ? ['payintent emulator serve --advise'] : [];
}
