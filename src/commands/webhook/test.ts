import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import { writeReports } from '../../cli/reports/report-file.ts';
import type { Command, Result } from '../../cli/spec.ts';
import { checkColumns, checksView } from '../../cli/views/checks-view.ts';
import { readSecret } from '../../cli/webhook-secret.ts';
import { CHECKS } from '../../conformance/checks.ts';
import { OutsideError } from '../../conformance/outside.ts';
import { runSuite, type SuiteResult } from '../../conformance/run-suite.ts';
import { type CheckCounts, type CheckResult, countVerdicts } from '../../domain/check-result.ts';
import { DoorError } from '../../gateway/emulator-server.ts';
import { openPrivateEmulator, type PrivateEmulator } from '../../gateway/private-emulator.ts';
import { openCourier } from '../../gateway/webhook-tools.ts';
import { listChecks } from './list-checks.ts';
import { testOptions } from './test-options.ts';
import { readWishes, type Wishes } from './test-wishes.ts';

export const webhookTestCommand: Command = {
  spec: {
    name: 'webhook test',
    description:
      'Sends a webhook handler what Stripe sends on good and on bad days, and says of each check whether the handler stands it: forged and old signatures, repeats, events in the wrong order, payments of the wrong amount, refunds, disputes, errors. The events come from real payments in an emulator of its own, signed with the secret given. What the handler did is read from its answers and from a probe, JSON that says what the app has fulfilled: {"orders": {"<order or intent>": {"fulfilled": 1, "refunded": 0, "disputed": false}}}; other shapes are understood where one ordinary payment shows what counts. Without a probe, checks of what was done are inconclusive. Ends with 7 where a check failed.',
    options: testOptions,
    examples: [
      {
        command:
          'payintent webhook test --url http://127.0.0.1:3000/webhook --probe-url http://127.0.0.1:3000/probe',
        summary: 'everything, with the secret from PAYINTENT_WEBHOOK_SECRET',
        illustrative: true,
      },
      {
        command:
          'payintent webhook test --url http://127.0.0.1:3000/webhook --only forged,unsigned,stale --report junit=webhook.xml',
        summary: 'a few checks, with a report for CI',
        illustrative: true,
      },
      { command: 'payintent webhook test --list', summary: 'what is checked' },
    ],
    fields: ['object', 'url', 'verdict', 'probe', 'counts', 'checks'],
    columns: checkColumns,
    exits: [7, 130],
    related: ['webhook verify', 'webhook sign', 'emulator serve'],
    local: true,
    longRunning: true,
  },
  async run(context, input) {
    if (input.flag('list')) return listChecks();
    const wishes = readWishes(context, input);
    const secret = await readSecret(context, input);
    if (/^\s*$/.test(secret)) {
      throw new CliError('FLAG_INVALID', 'The signing secret is empty', {
        why: 'Nothing that is signed with it could tell a good handler from a bad one.',
      });
    }
    const { host, signal, report } = context;
    report.whole('Handler', wishes.url);
    warnOfStrangers(context, wishes.url);
    const emulator = openPrivateEmulator(() => host.now());
    const courier = openCourier();
    const startedAt = host.now();
    try {
      await serveWhereAsked(context, emulator, wishes.emulatorPort);
      const result = await runSuite({
        ...wishes,
        secret,
        emulator,
        served: wishes.emulatorPort !== undefined,
        courier,
        now: () => host.now(),
        sleep: (milliseconds) => host.sleep(milliseconds),
        signal,
        onCheck: reporter(context, wishes),
      });
      await writeReports(
        wishes.reports,
        { name: `webhook test ${wishes.url}`, checks: result.checks, startedAt },
        host.cwd,
      );
      return resultOf(wishes, result);
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error;
      throw new CliError('CHECK_FAILED', 'The app could not be looked at', {
        why: `${sentence(error.message)}.`,
        fix: ['Correct the address or the command of the probe or the hook, and run the tests again'],
        cause: error,
      });
    } finally {
      courier.close();
      await emulator.close();
    }
  },
};

/** Others than the developer may be looking at an app elsewhere. */
function warnOfStrangers({ report }: Context, url: string): void {
  const { hostname } = new URL(url);
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$|\.(localhost|local|test)$/.test(hostname)) return;
  report.note(`The handler on ${hostname} gets events of payments that never were.`);
}

async function serveWhereAsked(
  { report }: Context,
  emulator: PrivateEmulator,
  port: number | undefined,
): Promise<void> {
  if (port === undefined) return;
  try {
    report.whole('Emulator', await emulator.serve(port));
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    throw new CliError(
      error.kind === 'in_use' ? 'PORT_IN_USE' : 'ADDRESS_UNUSABLE',
      `Can't serve the emulator on port ${port}`,
      {
        why: error.message,
        cause: error,
      },
    );
  }
}

/** How long a run is silent, in milliseconds. */
const SILENCE_MS = 5000;

/** Streams checks where that was asked for, and says now and then how far a slow run is. */
function reporter(context: Context, { only }: Wishes): (check: CheckResult) => void {
  const total = only.length === 0 ? CHECKS.length : new Set(only).size;
  let done = 0;
  let spoke = context.host.now();
  return (check) => {
    done += 1;
    if (context.globals.jsonl) context.emit({ object: 'webhook_check', ...check }, () => '', checkColumns);
    if (context.host.now() - spoke < SILENCE_MS || done === total) return;
    spoke = context.host.now();
    context.report.note(
      `${done} of ${total} checks, ${check.id} took ${(check.ms / 1000).toFixed(1)} s`,
      'So far',
    );
  };
}

function resultOf({ url, probe, emulatorPort }: Wishes, { checks, sight }: SuiteResult): Result {
  const counts = countVerdicts(checks);
  const blind = probe === undefined && emulatorPort === undefined;
  const data = {
    object: 'webhook_test',
    url,
    verdict: counts.fail > 0 ? 'fail' : 'pass',
    probe: sight ?? null,
    counts,
    checks,
  };
  return {
    data,
    view: checksView(checks, (sums) => verdictLine(sums, blind, checks.length === CHECKS.length)),
    exit: counts.fail > 0 ? exitCodes.failed : exitCodes.done,
  };
}

function verdictLine({ fail, inconclusive, skipped }: CheckCounts, blind: boolean, whole: boolean): string {
  if (fail > 0) return 'This handler would not survive production: begin with the first failure.';
  if (inconclusive > 0 && blind) {
    return 'No failure was seen. Add --probe-url or --probe-cmd to see what the handler does, too.';
  }
  return inconclusive > 0 || skipped > 0 || !whole
    ? 'No failure was seen, and not everything was judged.'
    : 'This handler would survive production.';
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
