import { SCENARIO_API_VERSION } from '../../scenario/api-version.ts';
import type { Scenario } from '../../scenario/format.ts';
import { findScenario, SCENARIOS } from '../../scenario/library/all.ts';
import { CliError } from '../errors.ts';
import type { Input } from '../input.ts';
import { didYouMean } from '../suggest.ts';

/** Everything `payintent parity` was told. */
export interface ParityLine {
  /** In the order of the library. */
  readonly scenarios: readonly Scenario[];
  readonly skip: readonly string[];
  readonly all: boolean;
  readonly record: string | undefined;
  readonly against: string | undefined;
  readonly apiVersion: string;
  readonly timeoutMs: number;
  readonly eventWaitMs: number;
  readonly retries: number;
  readonly parallel: number;
}

/** Reads the flags. Throws `ARGUMENT_INVALID`, `FLAG_INVALID`, `FLAGS_CONFLICT`. */
export function readParityLine(input: Input): ParityLine {
  const named = [
    ...known(input.rest('scenario'), 'ARGUMENT_INVALID', ''),
    ...known(input.items('only'), 'FLAG_INVALID', '--only: '),
  ];
  const [record, against] = [input.text('record'), input.text('against')];
  if (against !== undefined) {
    const other = ['record', 'sweep', 'api-version'].find((name) => input.has(name));
    if (other !== undefined) {
      throw new CliError(
        'FLAGS_CONFLICT',
        `--against compares with what was answered before: --${other} does not go with it`,
      );
    }
  }
  return {
    scenarios: SCENARIOS.filter(({ id }) => named.length === 0 || named.includes(id)),
    skip: known(input.items('skip'), 'FLAG_INVALID', '--skip: '),
    all: input.flag('all'),
    record,
    against,
    apiVersion: versionOf(input.text('api-version') ?? SCENARIO_API_VERSION),
    timeoutMs: input.number('timeout') ?? 30_000,
    eventWaitMs: input.number('event-wait') ?? 15_000,
    retries: between('--retries', input.number('retries') ?? 2, 0, 10),
    parallel: between('--parallel', input.number('parallel') ?? 4, 1, 16),
  };
}

function versionOf(typed: string): string {
  if (/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(typed)) return typed;
  throw new CliError('FLAG_INVALID', `--api-version ${JSON.stringify(typed)} is no version of the API`, {
    why: `It looks like ${SCENARIO_API_VERSION}.`,
  });
}

function known(
  typed: readonly string[],
  code: 'ARGUMENT_INVALID' | 'FLAG_INVALID',
  where: string,
): readonly string[] {
  for (const id of typed) {
    if (findScenario(id) !== undefined) continue;
    throw new CliError(code, `${where}There is no scenario ${JSON.stringify(id)}`, {
      why: didYouMean(
        id,
        SCENARIOS.map((one) => one.id),
      ),
      fix: ['payintent parity --list'],
    });
  }
  return typed;
}

function between(flag: string, number: number, least: number, most: number): number {
  if (number >= least && number <= most) return number;
  throw new CliError('FLAG_INVALID', `${flag} ${number} is not from ${least} to ${most}`);
}
