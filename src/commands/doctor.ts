import type { Context } from '../cli/context.ts';
import { collectParts } from '../cli/doctor/collect.ts';
import { mend } from '../cli/doctor/mend.ts';
import { defaultPort } from '../cli/emulator-address.ts';
import { CliError } from '../cli/errors.ts';
import { exitCodes } from '../cli/exit-codes.ts';
import type { Input } from '../cli/input.ts';
import { askedReports, makeReports } from '../cli/reports/asked-reports.ts';
import type { CheckSuite } from '../cli/reports/report-file.ts';
import { tapReport } from '../cli/reports/tap.ts';
import type { Command } from '../cli/spec.ts';
import { checkColumns } from '../cli/views/checks-view.ts';
import { doctorView } from '../cli/views/doctor-view.ts';
import { type Diagnosis, runDoctor } from '../doctor/run-doctor.ts';
import { type CheckCounts, countVerdicts } from '../domain/check-result.ts';
import type { Cause } from '../smoke/finding.ts';

export const doctorCommand: Command = {
  spec: {
    name: 'doctor',
    description:
      'Says what payintent runs on, which key and which files it uses and why, and what is wrong with them: versions, configuration, modes, target, key, account, secrets in .env files, the Stripe CLI, clock, proxy, certificates, state, port, terminal. It makes nothing and changes nothing; --fix mends what is safe to mend, after asking. Keys are shown masked, signing secrets as the start of their SHA-256.',
    options: [
      {
        name: 'fix',
        kind: 'flag',
        summary: 'mend modes and delete what killed runs have left, after asking; --yes answers',
        common: true,
      },
      {
        name: 'timeout',
        kind: 'duration',
        value: 'duration',
        summary: 'how long an answer of the API may take, 10s unless given',
        common: true,
      },
      {
        name: 'port',
        kind: 'integer',
        value: 'number',
        summary: `look for a served emulator on this port, ${defaultPort} unless given`,
      },
      {
        name: 'report',
        kind: 'items',
        value: 'format=file',
        summary:
          'also write a report: junit=FILE, tap (FILE, or stdout), github (annotations and step summary), sarif=FILE, markdown=FILE, json=FILE',
      },
    ],
    examples: [
      { command: 'payintent doctor', summary: 'what is used, and what is wrong with it' },
      { command: 'payintent doctor --fix --yes', summary: 'mend what is safe to mend without being asked' },
      { command: 'payintent doctor --offline --json', summary: 'without asking the API, for a script' },
    ],
    fields: ['object', 'target', 'verdict', 'counts', 'checks', 'facts', 'mended', 'mendable'],
    columns: checkColumns,
    exits: [4, 6, 7],
    related: ['smoke', 'config show', 'emulator status', 'help environment'],
    anyConfig: true,
  },
  async run(context, input) {
    const reports = askedReports(context, input.items('report'));
    const parts = await collectParts(context, readWishes(input));
    const startedAt = context.host.now();
    const first = await runDoctor(parts);
    const { done, left } = input.flag('fix')
      ? await mend(context, first.mends)
      : { done: [], left: first.mends };
    const { checks, facts, causes } =
      done.length === 0
        ? first
        : afterMending(first, await runDoctor(parts, new Set(done.map((one) => one.check))));
    const suite: CheckSuite = {
      name: `payintent doctor ${parts.target?.name ?? 'test'}`,
      checks,
      startedAt,
      file: 'package.json',
    };
    await makeReports(context, reports, suite);
    const exit = exitOf([...causes.values()]);
    if (reports.printed.includes('tap')) return { raw: [tapReport(suite)], exit };
    const counts = countVerdicts(checks);
    const mendable = left.length > 0 && !input.flag('fix');
    return {
      data: {
        object: 'doctor',
        target: parts.target?.name ?? null,
        verdict: counts.fail > 0 ? 'fail' : 'pass',
        counts,
        checks,
        facts,
        mended: done.map(({ what }) => what),
        mendable: left.map(({ what }) => what),
      },
      view: doctorView(checks, verdictLine),
      exit,
      next: nextSteps(context, mendable),
    };
  },
};

function readWishes(input: Input): { port: number; timeoutMs: number } {
  const port = input.number('port') ?? defaultPort;
  if (port < 1 || port > 65_535)
    throw new CliError('FLAG_INVALID', `--port ${port} is not a port`, { why: 'Ports go from 1 to 65535.' });
  return { port, timeoutMs: input.number('timeout') ?? 10_000 };
}

/** The first diagnosis, with what was looked at again. */
function afterMending(first: Diagnosis, again: Diagnosis): Diagnosis {
  const seen = new Map(again.checks.map((check) => [check.id, check]));
  const kept = [...first.causes].filter(([id]) => !seen.has(id));
  return {
    checks: first.checks.map((check) => seen.get(check.id) ?? check),
    facts: { ...first.facts, ...again.facts },
    causes: new Map([...kept, ...again.causes]),
    mends: again.mends,
  };
}

function verdictLine({ fail, inconclusive }: CheckCounts): string {
  if (fail > 0) return 'Something is in the way: begin with the first failure.';
  if (inconclusive > 0) return 'Nothing is in the way; what is marked deserves a look.';
  return 'All is well.';
}

function nextSteps({ globals }: Context, mendable: boolean): readonly string[] {
  return mendable && !globals.json ? ['payintent doctor --fix'] : [];
}

function exitOf(causes: readonly Cause[]): number {
  if (causes.includes('key')) return exitCodes.key;
  if (causes.includes('check')) return exitCodes.failed;
  return causes.includes('network') ? exitCodes.network : exitCodes.done;
}
