import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { type ParityLine, readParityLine } from '../cli/parity/line.ts';
import { parityOptions } from '../cli/parity/options.ts';
import { dataOf, factsOf, type ParityOutcome } from '../cli/parity/outcome.ts';
import { keepRecording, openRecordings, readRecordings } from '../cli/parity/recordings.ts';
import { drawOutcome, outcomeTables } from '../cli/parity/view.ts';
import { askedReports, makeReports } from '../cli/reports/asked-reports.ts';
import type { CheckSuite, ReportWishes } from '../cli/reports/report-file.ts';
import { tapReport } from '../cli/reports/tap.ts';
import { scrubber } from '../cli/scrub.ts';
import { shellWord } from '../cli/shell-word.ts';
import { hasKey, openCheckedApi } from '../cli/smoke/checked-api.ts';
import { exitOf } from '../cli/smoke/exit.ts';
import type { Command, Result } from '../cli/spec.ts';
import { version } from '../cli/version.ts';
import { checkColumns, checkLine, checksSum } from '../cli/views/checks-view.ts';
import { type CheckResult, countVerdicts } from '../domain/check-result.ts';
import { sdkFacts } from '../gateway/stripe-sdk.ts';
import type { TestTarget } from '../gateway/target.ts';
import { runAgainst } from '../parity/against.ts';
import { openBench, PARITY_MARK, type ParityBench } from '../parity/bench.ts';
import { recordingOf } from '../parity/recording.ts';
import { CLEAN_UP, type ParityOptions, REACH, runParity } from '../parity/run-parity.ts';
import { sweep } from '../parity/sweep.ts';
import { SCENARIOS } from '../scenario/library/all.ts';
import { whyOfflineOnly } from '../scenario/runner.ts';
import type { Cause } from '../smoke/finding.ts';
import { newRunId } from '../smoke/run-id.ts';

export const parityCommand: Command = {
  spec: {
    name: 'parity',
    description:
      'Says where the emulator differs from Stripe: plays scenarios in test mode with your key and on an emulator of its own, and compares every status, field, error, header and event. Ids, times, secrets and addresses are not compared by their value; what follows from the settings of an account is counted and fails nothing. Steps that test mode cannot do, moving the clock and playing the customer, end a scenario. Everything that is made carries metadata payintent_parity and is refunded, canceled or deleted, also when interrupted. With --against it is compared with answers that were kept, without a key.',
    arguments: [
      {
        name: 'scenario',
        summary: 'scenarios to compare, all of them unless given',
        variadic: true,
        complete: 'scenarios',
      },
    ],
    options: parityOptions,
    examples: [
      { command: 'payintent parity --test', summary: 'everything, with your key', illustrative: true },
      {
        command: 'payintent parity --test card-success refund --record answers',
        summary: 'two scenarios, keeping the answers',
        illustrative: true,
      },
      {
        command: 'payintent parity --against answers',
        summary: 'the emulator against kept answers',
        illustrative: true,
      },
      {
        command: 'payintent parity --test --report markdown=parity.md --all',
        summary: 'a report with every difference',
        illustrative: true,
      },
      { command: 'payintent parity --list', summary: 'what can be compared' },
    ],
    fields: [
      'object',
      'target',
      'verdict',
      'compared_at',
      'recorded_at',
      'versions',
      'account',
      'counts',
      'checks',
      'differences',
      'account_differences',
      'not_compared',
    ],
    columns: checkColumns,
    exits: [4, 6, 7, 130],
    related: ['smoke', 'simulate', 'help offline'],
    longRunning: true,
  },
  async run(context, input) {
    if (input.flag('list')) return listed();
    const line = readParityLine(input);
    const reports = askedReports(context, input.items('report'));
    if (line.against !== undefined) return compareWithKept(context, line, line.against, reports);
    const target = await wantedTarget(context);
    const api = await openCheckedApi(context, target, line);
    const { host, signal, hurry } = context;
    const bench = openBench({
      api,
      mark: { name: PARITY_MARK, run: newRunId('parity') },
      retries: line.retries,
      eventWaitMs: line.eventWaitMs,
      signal,
      hurry,
      now: () => host.now(),
      sleep: (milliseconds, stop) => host.sleep(milliseconds, stop),
    });
    hurry.addEventListener('abort', () => void api.close());
    try {
      return input.flag('sweep')
        ? await sweepLeftovers(context, bench)
        : await compareWithTest(context, line, target, bench, reports);
    } finally {
      await api.close();
    }
  },
};

/** A run of this command to the same place. */
function again(context: Context, words: string): string {
  const typed = context.command(`payintent parity ${words}`).replace(' --test', '');
  return typed.replace('payintent parity', 'payintent parity --test');
}

async function compareWithTest(
  context: Context,
  line: ParityLine,
  target: TestTarget,
  bench: ParityBench,
  reports: ReportWishes,
): Promise<Result> {
  const startsAt = context.host.now();
  const sdk = await sdkFacts();
  const versionsWith = (account: string | null) => ({
    payintent: version,
    sdk: sdk.version,
    api: line.apiVersion,
    account,
  });
  const directory =
    line.record === undefined ? undefined : await openRecordings(context.host.cwd, line.record);
  const options: ParityOptions = {
    bench,
    scenarios: line.scenarios,
    skip: line.skip,
    parallel: line.parallel,
    startsAt,
    apiVersion: line.apiVersion,
    fix: (id) => again(context, `${id} --all --json`),
    sweep: again(context, '--sweep'),
    scrub: scrubber([target.key]),
    onCheck: watcher(context, line, reports),
    async onPlayed({ scenario, test, emulator, account }) {
      if (directory === undefined) return;
      const recording = recordingOf(scenario, {
        recorded_at: new Date(startsAt).toISOString(),
        versions: versionsWith(account.apiVersion),
        account: account.account,
        api_base: target.apiBase ?? null,
        events: account.events,
        test,
        emulator,
      });
      await keepRecording(directory, recording);
    },
  };
  const { checks, played, causes, account } = await runParity(options);
  const outcome: ParityOutcome = {
    checks,
    target: 'test',
    comparedAt: startsAt,
    recordedAt: null,
    versions: versionsWith(account?.apiVersion ?? null),
    account: account?.account ?? null,
    comparisons: new Map(played.map(({ scenario, comparison }) => [scenario.id, comparison])),
  };
  return finished(context, line, outcome, causes, reports);
}

async function compareWithKept(
  context: Context,
  line: ParityLine,
  directory: string,
  reports: ReportWishes,
): Promise<Result> {
  const recordings = await readRecordings(context.host.cwd, directory);
  const sdk = await sdkFacts();
  const { checks, comparisons, causes } = await runAgainst({
    scenarios: line.scenarios,
    recordings,
    skip: line.skip,
    signal: context.signal,
    fix: (id) => `payintent parity --against ${shellWord(directory)} ${id} --all --json`,
    onCheck: watcher(context, line, reports),
  });
  const kept = [...recordings.values()];
  const dates = kept.map(({ recorded_at }) => recorded_at).sort();
  const outcome: ParityOutcome = {
    checks,
    target: null,
    comparedAt: context.host.now(),
    recordedAt: [dates[0] as string, dates.at(-1) as string],
    versions: {
      payintent: version,
      sdk: sdk.version,
      api: [...new Set(kept.map(({ versions }) => versions.api))].join(', '),
      account: kept[0]?.versions.account ?? null,
    },
    account: kept[0]?.account ?? null,
    comparisons,
  };
  return finished(context, line, outcome, causes, reports);
}

async function finished(
  context: Context,
  { all }: ParityLine,
  outcome: ParityOutcome,
  causes: ReadonlySet<Cause>,
  reports: ReportWishes,
): Promise<Result> {
  const { checks, comparedAt } = outcome;
  const suite: CheckSuite = {
    name: `payintent parity ${outcome.target ?? 'kept answers'}`,
    checks,
    startedAt: comparedAt,
    file: 'docs/parity.md',
    notes: factsOf(outcome),
    tables: outcomeTables(outcome, all),
  };
  await makeReports(context, reports, suite);
  const exit = exitOf(causes);
  if (reports.printed.includes('tap')) return { raw: [tapReport(suite)], exit };
  return {
    data: dataOf(outcome, countVerdicts(checks), all),
    view: {
      human: async (ui) =>
        `\n${await drawOutcome(outcome, all, ui)}\n${checksSum(checks, () => verdictLine(checks, causes), ui)}`,
      rows: streams(context) ? [] : checks.map((check) => ({ ...check })),
      columns: checkColumns,
    },
    exit,
  };
}

function verdictLine(checks: readonly CheckResult[], causes: ReadonlySet<Cause>): string {
  const scenarios = checks.filter(({ id }) => id !== REACH.id && id !== CLEAN_UP.id);
  const { pass, inconclusive, skipped } = countVerdicts(scenarios);
  if (causes.has('key')) return 'The key is of no use here: begin with the first failure.';
  if (causes.has('check')) return 'The emulator and test mode differ.';
  if (causes.has('network')) return 'Test mode could not be reached, so nothing is said about the emulator.';
  if (pass === 0) return 'Nothing was compared.';
  return `The emulator answers as test mode does${inconclusive + skipped > 0 ? ', as far as it could be compared' : ''}.`;
}

async function wantedTarget(context: Context): Promise<TestTarget> {
  const fix = [
    'Set STRIPE_API_KEY to a test-mode key and run payintent parity --test',
    'payintent parity --against <directory with kept answers>',
  ];
  if (context.globals.target !== 'offline' && !hasKey(context)) {
    throw new CliError('KEY_MISSING', 'payintent parity needs --test and a test-mode key', {
      why: 'It compares the emulator with the answers of test mode, and no key was found.',
      fix,
    });
  }
  if (context.globals.target === 'offline') {
    throw new CliError('FLAGS_CONFLICT', '--offline leaves nothing to compare the emulator with', { fix });
  }
  const target = await context.target();
  if (target.name === 'test') return target;
  throw new CliError('KEY_MISSING', 'payintent parity needs --test', {
    why: `The target is the emulator itself (${target.reason}).`,
    fix,
  });
}

async function sweepLeftovers(context: Context, bench: ParityBench): Promise<Result> {
  const { check, causes } = await sweep(bench, again(context, '--sweep'));
  const checks = [check];
  const counts = countVerdicts(checks);
  return {
    data: { object: 'parity', target: 'test', verdict: check.verdict, counts, checks },
    view: {
      human: (ui) => checkLine(check, check.id.length, ui),
      rows: checks.map((one) => ({ ...one })),
      columns: checkColumns,
    },
    exit: exitOf(causes),
  };
}

const streams = ({ globals }: Context): boolean => !globals.json && globals.fields.length === 0;

/** Shows each check as soon as it has ended. */
function watcher(
  context: Context,
  { scenarios }: ParityLine,
  { printed }: ReportWishes,
): (check: CheckResult) => void {
  const width = Math.max(...[REACH, ...scenarios, CLEAN_UP].map(({ id }) => id.length));
  return (check) => {
    if (!streams(context) || printed.includes('tap')) return;
    context.emit({ object: 'parity_check', ...check }, (ui) => checkLine(check, width, ui), checkColumns);
  };
}

/** The scenarios, without playing any. */
function listed(): Result {
  const rows = SCENARIOS.map(({ id, title, steps }) => {
    const index = steps.findIndex((step) => whyOfflineOnly(step) !== undefined);
    const step = steps[index];
    return {
      id,
      title,
      steps: steps.length,
      compared: index < 0 ? steps.length : index,
      reason: step === undefined ? null : (whyOfflineOnly(step) ?? null),
    };
  });
  const width = Math.max(...rows.map(({ id }) => id.length));
  return {
    data: { object: 'list', data: rows },
    view: {
      human: (ui) =>
        rows
          .map(({ id, title, steps, compared }) => {
            const part = compared === steps ? '' : ui.color.dim(` (${compared} of ${steps} steps)`);
            return `${id.padEnd(width)}  ${title}${part}`;
          })
          .join('\n'),
      rows,
      columns: ['id', 'steps', 'compared', 'title'],
    },
  };
}
