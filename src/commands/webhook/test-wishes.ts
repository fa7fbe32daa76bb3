import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import type { Input } from '../../cli/input.ts';
import { type ReportWish, readReports } from '../../cli/reports/report-file.ts';
import { didYouMean } from '../../cli/suggest.ts';
import { readPair } from '../../cli/values.ts';
import { CHECKS } from '../../conformance/checks.ts';
import {
  type BreakHook,
  commandBreakHook,
  commandOrderHook,
  commandProbe,
  type OrderHook,
  type Probe,
  urlBreakHook,
  urlOrderHook,
  urlProbe,
} from '../../conformance/outside.ts';
import { frameworkNamed } from '../../webhook/frameworks.ts';

/** What was asked for, read and checked. */
export interface Wishes {
  readonly url: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly reports: readonly ReportWish[];
  readonly emulatorPort: number | undefined;
  readonly probe: Probe | undefined;
  readonly probePath: string | undefined;
  readonly orderHook: OrderHook | undefined;
  readonly breakHook: BreakHook | undefined;
  readonly framework: ReturnType<typeof frameworkNamed> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly price: {
    readonly amount: number;
    readonly currency: string;
    readonly metadata: Readonly<Record<string, string>>;
  };
  readonly timeoutMs: number;
  readonly answerWithinMs: number;
  readonly settleMs: number;
}

/** @throws CliError for what cannot be meant */
export function readWishes(context: Context, input: Input): Wishes {
  const { host } = context;
  const place = { cwd: host.cwd, env: host.env, platform: host.platform };
  const url = addressOf('--url', input.text('url'));
  const framework = input.text('framework');
  const metadata = Object.fromEntries(input.items('metadata').map((pair) => readPair('--metadata', pair)));
  return {
    url,
    only: checkIds('--only', input.items('only')),
    skip: checkIds('--skip', input.items('skip')),
    reports: readReports(input.items('report')),
    emulatorPort: input.number('emulator-port'),
    probe: one(input, 'probe', urlProbe, (line) => commandProbe(line, place)),
    probePath: input.text('probe-path'),
    orderHook: one(input, 'order', urlOrderHook, (line) => commandOrderHook(line, place)),
    breakHook: one(input, 'break', urlBreakHook, (line) => commandBreakHook(line, place)),
    framework: framework === undefined ? undefined : frameworkNamed(framework),
    headers: Object.fromEntries(input.items('headers').map(headerPair)),
    price: {
      amount: input.number('amount') ?? 5000,
      currency: (input.text('currency') ?? 'usd').toLowerCase(),
      metadata: Object.keys(metadata).length > 0 ? metadata : { order: '{order}', order_id: '{order}' },
    },
    timeoutMs: input.number('timeout') ?? 10_000,
    answerWithinMs: input.number('answer-within') ?? 3000,
    settleMs: input.number('settle') ?? 3000,
  };
}

/** What `--probe-url` or `--probe-cmd` and their like say. */
function one<T>(
  input: Input,
  name: 'break' | 'order' | 'probe',
  fromUrl: (url: string) => T,
  fromCommand: (line: string) => T,
): T | undefined {
  const [url, line] = [input.text(`${name}-url`), input.text(`${name}-cmd`)];
  if (url !== undefined && line !== undefined) {
    throw new CliError('FLAGS_CONFLICT', `--${name}-url and --${name}-cmd exclude each other`);
  }
  if (url !== undefined) return fromUrl(addressOf(`--${name}-url`, url));
  return line === undefined ? undefined : fromCommand(line);
}

function addressOf(flag: string, typed: string | undefined): string {
  if (typed === undefined) {
    throw new CliError('FLAG_INVALID', 'The address of the handler is missing', {
      fix: ['Add --url http://127.0.0.1:3000/webhook'],
    });
  }
  const full = /^[a-z]+:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (/^https?:\/\/[^/]/i.test(full) && URL.canParse(full)) return full;
  throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(typed)} is not an address`, {
    why: 'It looks like http://127.0.0.1:3000/webhook.',
  });
}

function checkIds(flag: string, typed: readonly string[]): readonly string[] {
  const known = CHECKS.map(({ id }) => id);
  for (const id of typed) {
    if (known.includes(id)) continue;
    throw new CliError('FLAG_INVALID', `${flag}: there is no check ${JSON.stringify(id)}`, {
      why: `${didYouMean(id, known) ?? ''} The checks are ${known.join(', ')}.`.trim(),
      fix: ['payintent webhook test --list'],
    });
  }
  return typed;
}

function headerPair(typed: string): [string, string] {
  const found = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*[:=]\s*(.*)$/.exec(typed);
  if (found !== null) return [found[1] ?? '', found[2] ?? ''];
  throw new CliError('FLAG_INVALID', `--headers ${JSON.stringify(typed)} is not a header`, {
    fix: ['Write --headers "Name: value"'],
  });
}
