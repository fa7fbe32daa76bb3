import { fail, pass, skipped } from '../conformance/judgement.ts';
import type { CheckResult } from '../domain/check-result.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Scenario } from '../scenario/format.ts';
import { checkOf } from '../smoke/check-of.ts';
import { cleanUp } from '../smoke/clean-up.ts';
import { type Cause, type Finding, findingOf, Stopped } from '../smoke/finding.ts';
import { TidyGateway } from '../smoke/tidy-gateway.ts';
import { type AccountFacts, accountFinding, type ParityBench, readAccount } from './bench.ts';
import { type Comparison, compareSides } from './compare-sides.ts';
import { playEmulatorSide } from './emulator-side.ts';
import { HeardGateway } from './heard-gateway.ts';
import { playSide } from './play-side.ts';
import { eventCounts, type Side } from './side.ts';
import { verdictOf } from './verdict.ts';

/** Looked at first: whether there is anything to compare with. */
export const REACH = { id: 'api', title: 'test mode answers to the key' } as const;
/** Looked at last: what the run made is gone. */
export const CLEAN_UP = { id: 'clean-up', title: 'nothing is left behind' } as const;

/** A scenario that was played on both sides. */
export interface Played {
  readonly scenario: Scenario;
  readonly test: Side;
  readonly emulator: Side;
  readonly comparison: Comparison;
  readonly account: AccountFacts;
}

export interface ParityOptions {
  readonly bench: ParityBench;
  readonly scenarios: readonly Scenario[];
  readonly skip: readonly string[];
  /** How many scenarios are played at a time. */
  readonly parallel: number;
  /** When the emulator's stories begin, milliseconds since the epoch. */
  readonly startsAt: number;
  /** The API version that both sides are asked in. */
  readonly apiVersion: string;
  /** The command that shows more of a scenario. */
  readonly fix: (scenario: string) => string;
  /** The command that cleans up later. */
  readonly sweep: string;
  /** Hides secrets in a text. */
  readonly scrub: (text: string) => string;
  readonly onCheck: (result: CheckResult) => void;
  readonly onPlayed: (played: Played) => Promise<void>;
}

export interface ParityResult {
  /** The reach, the scenarios in their order, the clean-up. */
  readonly checks: readonly CheckResult[];
  /** By scenario, in their order. */
  readonly played: readonly Played[];
  readonly causes: ReadonlySet<Cause>;
  /** Null where the account could not be looked at. */
  readonly account: AccountFacts | null;
}

/** Plays scenarios on both sides, compares them and takes back what was made. Never throws for what the API does. */
export async function runParity(options: ParityOptions): Promise<ParityResult> {
  const { bench, scenarios, skip } = options;
  const results = new Map<string, CheckResult>();
  const played = new Map<string, Played>();
  const causes = new Set<Cause>();
  const left: Finding[] = [];
  let made = 0;
  let obstacle: string | undefined;
  let account: AccountFacts | undefined;
  const finish = (
    row: { readonly id: string; readonly title: string },
    finding: Finding,
    started: number,
  ): void => {
    if (finding.verdict === 'fail') causes.add(finding.cause ?? 'check');
    const result = checkOf(row, finding, performance.now() - started, options.scrub);
    results.set(row.id, result);
    options.onCheck(result);
  };

  const began = performance.now();
  const reach = await judged(bench, 'GET /v1/account', async () => {
    account = await readAccount(bench.gateway);
    return accountFinding(account);
  });
  finish(REACH, reach, began);
  if (reach.verdict === 'fail') obstacle = OBSTACLES[reach.cause ?? 'check'];

  const judge = async (scenario: Scenario): Promise<Finding> => {
    if (skip.includes(scenario.id)) return skipped('Left out with --skip.');
    if (obstacle !== undefined) return skipped(obstacle);
    if (bench.signal.aborted || account === undefined) return skipped(STOPPED);
    const facts = account;
    const tidy = new TidyGateway(bench.gateway, bench.mark, bench.signal, `${bench.mark.run}_${scenario.id}`);
    const finding = await judged(bench, scenario.id, async () => {
      const both = await playBoth(scenario, tidy, facts, options);
      const comparison = compareSides(both.test, both.emulator, { scenario: scenario.id });
      const one = { scenario, ...both, comparison, account: facts };
      played.set(scenario.id, one);
      await options.onPlayed(one);
      return verdictOf(comparison, scenario.steps.length, options.fix(scenario.id));
    });
    if (finding.cause === 'key' || finding.cause === 'network') obstacle = endsRun(finding);
    if (tidy.made.size > 0 || tidy.unsure) made += 1;
    const swept = await cleanUp({ ...bench, tidy, fix: options.sweep });
    if (swept.verdict === 'fail') left.push(swept);
    return finding;
  };
  const waiting = [...scenarios];
  const work = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
      const started = performance.now();
      finish(scenario, await judge(scenario), started);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: options.parallel }, work));
  finish(CLEAN_UP, cleanUpFinding(left, made), performance.now());
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const order = [REACH.id, ...scenarios.map(({ id }) => id), CLEAN_UP.id];
  return {
    checks: order.flatMap((id) => results.get(id) ?? []),
    played: scenarios.flatMap(({ id }) => played.get(id) ?? []),
    causes,
    account: account ?? null,
  };
}

const STOPPED = 'The run was stopped.';

const OBSTACLES: Readonly<Record<Cause, string>> = {
  key: 'There is no usable key.',
  network: 'The API does not answer.',
  check: 'What answers does not speak the API.',
};

/** A key that lacks a permission may have others; limits pass. Whatever else is wrong will be wrong the next time too. */
function endsRun({ cause, reason }: Finding): string | undefined {
  if (cause === 'key') return /not accepted/.test(reason) ? OBSTACLES.key : undefined;
  return /^(Still limited|The API failed)/.test(reason) ? undefined : OBSTACLES.network;
}

/**
 * Test mode first, at its own pace, and then an emulator at the same pace. What events are to come in the end is known
 * beforehand, from an emulator that is asked for nothing else.
 */
async function playBoth(
  scenario: Scenario,
  tidy: TidyGateway,
  { events }: AccountFacts,
  { bench, startsAt, apiVersion }: ParityOptions,
): Promise<{ readonly test: Side; readonly emulator: Side }> {
  const { mark, patience } = bench;
  const emulated = { mark, startsAt, apiVersion, eventless: !events };
  const rehearsal = await playEmulatorSide(scenario, emulated);
  const heard = new HeardGateway(tidy, () => bench.now());
  const test = await playSide(scenario, {
    heard,
    mark,
    expected: eventCounts(rehearsal),
    onEvents: (came) => patience.note(came),
    stage: {
      gateway: heard,
      emulated: false,
      eventless: !events,
      now: () => bench.now(),
      sleep: (milliseconds) => bench.sleep(milliseconds),
      get patience() {
        return patience.milliseconds;
      },
    },
  });
  return { test, emulator: await playEmulatorSide(scenario, { ...emulated, follows: test }) };
}

async function judged(bench: ParityBench, what: string, run: () => Promise<Finding>): Promise<Finding> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GatewayError) return findingOf(error, what);
    if (error instanceof Stopped || bench.signal.aborted) return skipped(STOPPED);
    throw error;
  }
}

function cleanUpFinding(left: readonly Finding[], made: number): Finding {
  const [first] = left;
  if (first !== undefined) {
    const more = left.length === 1 ? '' : ` So it is with ${left.length - 1} more scenarios.`;
    return { ...fail(`${first.reason}${more}`, first.fix ?? ''), cause: first.cause ?? 'check' };
  }
  if (made === 0) return skipped('Nothing was made.');
  return pass(
    `What ${made === 1 ? '1 scenario' : `${made} scenarios`} made is canceled, refunded or deleted.`,
  );
}
