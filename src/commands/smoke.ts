import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import type { Input } from '../cli/input.ts';
import { parseLine } from '../cli/parse.ts';
import { askedReports, makeReports } from '../cli/reports/asked-reports.ts';
import { tapReport } from '../cli/reports/tap.ts';
import { oneLine, scrubber } from '../cli/scrub.ts';
import { hasKey, openCheckedApi } from '../cli/smoke/checked-api.ts';
import { exitOf } from '../cli/smoke/exit.ts';
import { layered, type Settings } from '../cli/smoke/layered.ts';
import { smokeOptions } from '../cli/smoke/options.ts';
import { optionWords } from '../cli/smoke/options-file.ts';
import { idWidth, SmokeTable } from '../cli/smoke/table.ts';
import { readSmokeLine } from '../cli/smoke/wishes.ts';
import type { Command, Result } from '../cli/spec.ts';
import type { View } from '../cli/view.ts';
import { checkColumns, checksSum, checksView } from '../cli/views/checks-view.ts';
import { type CheckCounts, type CheckResult, countVerdicts } from '../domain/check-result.ts';
import { deliversNow } from '../gateway/delivery-log.ts';
import { describeTarget, type Target, TargetProblem } from '../gateway/target.ts';
import { SCENARIO_API_VERSION } from '../scenario/api-version.ts';
import { openBench } from '../smoke/bench.ts';
import { CHECK_ROWS } from '../smoke/checks.ts';
import type { Cause } from '../smoke/finding.ts';
import { newRunId } from '../smoke/run-id.ts';
import { runSmoke, sweep } from '../smoke/run-smoke.ts';

export const smokeCommand: Command = {
  spec: {
    name: 'smoke',
    description:
      'Says whether a Stripe configuration works: the key, the account, and payments from creation to refund. Needs a test-mode key, so that no pipeline passes by accident; --offline checks the pipeline itself. Everything that is made carries metadata payintent_smoke and is refunded or canceled at the end, also when interrupted.',
    options: smokeOptions,
    examples: [
      { command: 'payintent smoke --offline', summary: 'everything, without a key' },
      { command: 'payintent smoke', summary: 'with the key in STRIPE_API_KEY', illustrative: true },
      {
        command: 'payintent smoke --offline --only payment,decline --amount 2000 --currency eur --json',
        summary: 'two checks, as JSON',
      },
      {
        command: 'payintent smoke --require-events charge.refunded --webhook-url https://example.com/webhook',
        summary: 'with the webhook handler, whose secret is in PAYINTENT_WEBHOOK_SECRET',
        illustrative: true,
      },
      { command: 'payintent smoke --list', summary: 'what is checked' },
      { command: 'payintent smoke --sweep --offline', summary: 'clean up after runs that were killed' },
    ],
    fields: ['object', 'target', 'verdict', 'counts', 'checks', 'id', 'title', 'reason', 'fix', 'ms'],
    columns: checkColumns,
    exits: [4, 6, 7, 130],
    related: ['webhook test', 'simulate', 'config set-key'],
    longRunning: true,
  },
  async run(context, input) {
    if (input.flag('list')) return listed();
    const merged = await withFile(context, input);
    const line = readSmokeLine(context, merged);
    const reports = askedReports(context, merged.items('report'));
    const startedAt = context.host.now();
    const { target, problem } = await wantedTarget(context);
    if (problem !== undefined) context.report.warn(`${problem.message}. Nothing was sent.`);
    const asked = { timeoutMs: line.timeoutMs, apiVersion: SCENARIO_API_VERSION };
    const api = target === undefined ? undefined : await openCheckedApi(context, target, asked);
    const { host, signal, hurry } = context;
    const access = { statePath: context.statePath, now: () => host.now() };
    const opened = openBench({
      wishes: line,
      target,
      problem,
      api,
      withKey: async (key) =>
        openCheckedApi(context, target?.name === 'test' ? { ...target, key } : offline, asked),
      delivers: () => target?.name !== 'offline' || deliversNow(access),
      run: newRunId('smoke'),
      retries: line.retries,
      signal,
      hurry,
      now: () => host.now(),
      sleep: (milliseconds, stop) => host.sleep(milliseconds, stop),
    });
    hurry.addEventListener('abort', () => void opened.close());
    const hide = scrubber([
      target?.name === 'test' ? target.key : undefined,
      line.publishableKey,
      line.webhookSecret,
    ]);
    const table = new SmokeTable(context, !reports.printed.includes('tap'));
    const options = {
      ...opened,
      hurry,
      only: line.only,
      skip: line.skip,
      parallel: line.parallel,
      scrub: (text: string) => oneLine(hide(text)),
      sweepCommand: context.command('payintent smoke --sweep'),
      onStart: (id: string) => table.begin(id),
      onCheck: (check: CheckResult) => table.end(check),
    };
    try {
      const { checks, causes } = input.flag('sweep') ? await sweep(options) : await runSmoke(options);
      table.finish();
      const suite = { name: `payintent smoke ${target?.name ?? 'test'}`, checks, startedAt };
      await makeReports(context, reports, suite);
      const result = resultOf(table, target, checks, causes);
      return reports.printed.includes('tap') ? { ...result, raw: [tapReport(suite)], view: NOTHING } : result;
    } finally {
      table.finish();
      await opened.close();
    }
  },
};

/** What stands in the options file, below what was typed. */
async function withFile(context: Context, input: Input): Promise<Settings> {
  const { file, words } = await optionWords(input.text('options'), context.host.cwd, smokeOptions);
  if (words.length === 0) return input;
  try {
    const options = parseLine(smokeCommand.spec, words).input;
    readSmokeLine(context, options);
    return layered(input, options);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const { code, title, why, fix, details } = error;
    throw new CliError(code, `${file}: ${title}`, { why, fix, details, cause: error });
  }
}

const NOTHING: View = { human: () => '', rows: [], columns: checkColumns };

const offline: Target = { name: 'offline', reason: '--offline' };

interface Wanted {
  readonly target: Target | undefined;
  readonly problem: TargetProblem | undefined;
}

/** A pipeline that has lost its key must not pass: the emulator is used only where `--offline` says so. */
async function wantedTarget(context: Context): Promise<Wanted> {
  const { globals } = context;
  try {
    if (globals.target !== 'offline' && !hasKey(context)) {
      throw new TargetProblem('KEY_MISSING', 'No test-mode key found', 'Only --offline goes without one.');
    }
    const target = await context.target();
    if (target.name === 'test' || globals.target === 'offline') return { target, problem: undefined };
    throw new TargetProblem(
      'KEY_MISSING',
      `No key was used (${target.reason})`,
      'Only --offline goes without one, so that no pipeline passes by accident.',
    );
  } catch (error) {
    if (!(error instanceof TargetProblem) || !error.code.startsWith('KEY_')) throw error;
    return { target: undefined, problem: error };
  }
}

function resultOf(
  table: SmokeTable,
  target: Target | undefined,
  checks: readonly CheckResult[],
  causes: ReadonlySet<Cause>,
): Result {
  const counts = countVerdicts(checks);
  const data = {
    object: 'smoke',
    target: target?.name ?? null,
    verdict: counts.fail > 0 ? 'fail' : 'pass',
    counts,
    checks,
  };
  const verdict = verdictLine(target, causes);
  return {
    data,
    view: table.streams
      ? { human: (ui) => `\n${checksSum(checks, verdict, ui)}`, rows: [], columns: checkColumns }
      : checksView(checks, verdict),
    exit: exitOf(causes),
  };
}

function verdictLine(
  target: Target | undefined,
  causes: ReadonlySet<Cause>,
): (counts: CheckCounts) => string {
  return ({ fail, inconclusive, pass }) => {
    const place = target === undefined ? 'Nothing was sent' : describeTarget(target);
    if (causes.has('key')) return 'The key is of no use here: begin with the first failure.';
    if (causes.has('check')) return 'This configuration does not work: begin with the first failure.';
    if (fail > 0) return 'The API could not be reached, so nothing is said about the configuration.';
    if (pass === 0) return 'Nothing was judged.';
    return `${inconclusive > 0 ? 'No failure was seen, and not everything was judged' : 'This configuration works'}: ${place}.`;
  };
}

/** The checks, without running any. */
function listed(): Result {
  const rows = CHECK_ROWS.map((row) => ({ ...row }));
  return {
    data: { object: 'list', data: rows },
    view: {
      human: () => rows.map(({ id, title }) => `${id.padEnd(idWidth)}  ${title}`).join('\n'),
      rows,
      columns: ['id', 'title'],
    },
  };
}
