import { resolve } from 'node:path';
import { matchesAnyPattern } from '../../domain/event-patterns.ts';
import { checkFaults, type Destination, FaultsInvalid } from '../../gateway/forwarding/forward.ts';
import { routeSecret } from '../../gateway/listen-secret.ts';
import { type ScheduleName, scheduleNames } from '../../gateway/retry-schedules.ts';
import { CliError } from '../errors.ts';
import { checkTypes, wantedTypes } from '../events/type-filter.ts';
import type { Input } from '../input.ts';
import { readScale } from '../time-scale.ts';
import { readAddress, readHeaders } from './addresses.ts';
import { checkPatterns } from './patterns.ts';

/** Where events go, as it was typed. */
export interface Place {
  /** The same in the next run. */
  readonly key: string;
  readonly url: string;
  /** Empty: all that `--types` lets through. */
  readonly patterns: readonly string[];
  /** A route has a secret of its own. */
  readonly isRoute: boolean;
}

/** When to stop without being told. */
export interface Limits {
  readonly max: number | undefined;
  readonly until: string | undefined;
  /** Milliseconds. */
  readonly timeout: number | undefined;
}

/** Everything `listen` was asked for, read and checked. */
export interface ListenPlan {
  /** Types that are shown, and delivered to `--forward-to`; empty: all. */
  readonly events: readonly string[];
  readonly places: readonly Place[];
  readonly headers: Readonly<Record<string, string>>;
  readonly skipVerify: boolean;
  /** Milliseconds; undefined for the usual time. */
  readonly handlerTimeout: number | undefined;
  readonly concurrency: number;
  readonly schedule: ScheduleName;
  readonly timeScale: number;
  readonly faults: { readonly text: string; readonly seed: string } | undefined;
  /** Milliseconds. */
  readonly backfill: number | undefined;
  readonly fresh: boolean;
  readonly limits: Limits;
  readonly exitOnGap: boolean;
  readonly source: 'stripe-cli' | undefined;
  readonly wholeBodies: boolean;
  readonly exec: string | undefined;
  readonly envFile: string | undefined;
  readonly envKey: string;
  readonly readyFile: string | undefined;
}

const AT_ONCE = 8;

/** Reads the flags of `listen`. Event types this program does not know are let through: the API may be newer. */
export function readPlan(input: Input, cwd: string): ListenPlan {
  const events = wantedTypes(input);
  const until = input.text('until');
  const places = readPlaces(input);
  checkTypes(events, false);
  checkPatterns('--until', until === undefined ? [] : [until], false);
  for (const { isRoute, patterns } of places) if (isRoute) checkPatterns('--route', patterns, false);
  const file = (name: string) => {
    const typed = input.text(name);
    return typed === undefined ? undefined : resolve(cwd, typed);
  };
  const schedule = scheduleNames.find((name) => name === input.text('retries')) ?? 'local';
  const plan: ListenPlan = {
    events,
    places,
    headers: readHeaders(input.items('headers')),
    skipVerify: input.flag('skip-verify'),
    handlerTimeout: input.number('handler-timeout'),
    concurrency: input.flag('unordered') ? AT_ONCE : 1,
    schedule,
    timeScale: readScale(input.text('time-scale')),
    faults: readFaults(input),
    backfill: input.number('backfill'),
    fresh: input.flag('fresh'),
    limits: { max: readMax(input), until, timeout: input.number('timeout') },
    exitOnGap: input.flag('exit-on-gap'),
    source: input.text('source') === 'stripe-cli' ? 'stripe-cli' : undefined,
    wholeBodies: input.flag('body'),
    exec: input.text('exec'),
    envFile: file('env-file') ?? file('dotenv'),
    envKey: readKey(input.text('env-key') ?? 'STRIPE_WEBHOOK_SECRET'),
    readyFile: file('ready-file'),
  };
  refuseIdle(input, plan);
  return plan;
}

const FOR_DELIVERIES = [
  'headers',
  'skip-verify',
  'handler-timeout',
  'unordered',
  'retries',
  'time-scale',
  'inject',
];

/** Refuses flags that would do nothing: somebody believes that they do. */
function refuseIdle(input: Input, { places, envFile, exec }: ListenPlan): void {
  if (input.has('env-key') && envFile === undefined && exec === undefined) {
    throw new CliError('FLAGS_CONFLICT', '--env-key names a variable, and nothing is told of it', {
      fix: ['Add --dotenv .env, or --exec with the command that starts the app'],
    });
  }
  const idle = places.length > 0 ? undefined : FOR_DELIVERIES.find((name) => input.has(name));
  if (idle !== undefined) {
    throw new CliError('FLAGS_CONFLICT', `--${idle} is about deliveries, and nothing is delivered`, {
      fix: ['Add --forward-to http://localhost:3000/webhook'],
    });
  }
}

function readPlaces(input: Input): Place[] {
  const places: Place[] = [];
  for (const typed of input.items('forward-to')) {
    const url = readAddress('--forward-to', typed);
    places.push({ key: url, url, patterns: [], isRoute: false });
  }
  for (const typed of input.items('route')) {
    const equals = typed.indexOf('=');
    const patterns = typed
      .slice(0, Math.max(0, equals))
      .split(',')
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== '');
    if (patterns.length === 0) {
      throw new CliError(
        'FLAG_INVALID',
        `--route ${JSON.stringify(typed)} does not say which events go where`,
        {
          fix: ["Write --route 'payment_intent.*=http://localhost:3000/webhook'"],
        },
      );
    }
    const url = readAddress('--route', typed.slice(equals + 1));
    places.push({ key: `${patterns.join(',')}=${url}`, url, patterns, isRoute: true });
  }
  for (const [index, { key }] of places.entries()) {
    if (places.findIndex((other) => other.key === key) !== index)
      throw new CliError('FLAGS_CONFLICT', `${key} is given twice, and would get every event twice`);
  }
  return places;
}

function readFaults(input: Input): ListenPlan['faults'] {
  const text = input.text('inject');
  const seed = input.text('seed');
  if (text === undefined) {
    if (seed === undefined) return undefined;
    throw new CliError('FLAGS_CONFLICT', '--seed says how --inject chooses, and there is no --inject');
  }
  try {
    checkFaults(text);
  } catch (error) {
    if (!(error instanceof FaultsInvalid)) throw error;
    throw new CliError('FLAG_INVALID', `--inject: ${error.message}`, { cause: error });
  }
  return { text, seed: seed ?? '1' };
}

function readMax(input: Input): number | undefined {
  const max = input.number('max');
  if (max !== undefined && input.flag('once'))
    throw new CliError('FLAGS_CONFLICT', '--once and --max exclude each other');
  if (max !== undefined && max < 1) throw new CliError('FLAG_INVALID', '--max must be 1 or more');
  return input.flag('once') ? 1 : max;
}

function readKey(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new CliError('FLAG_INVALID', `--env-key ${JSON.stringify(name)} is no name of a variable`);
}

/** The secret of a place: all of `--forward-to` share one. */
export function secretOf(place: Place, secret: string): string {
  return place.isRoute ? routeSecret(secret, place.key) : secret;
}

/** The secrets by the variable each goes into: the first name for the first secret, then `NAME_2`, … */
export function secretVariables(plan: ListenPlan, secret: string): Record<string, string> {
  const secrets = [...new Set(plan.places.map((place) => secretOf(place, secret)))];
  const named = secrets.length === 0 ? [secret] : secrets;
  return Object.fromEntries(
    named.map((one, index) => [index === 0 ? plan.envKey : `${plan.envKey}_${index + 1}`, one]),
  );
}

export function destinationsOf(plan: ListenPlan, secret: string): Destination[] {
  return plan.places.map((place) => ({
    key: place.key,
    url: place.url,
    secret: secretOf(place, secret),
    headers: plan.headers,
    wants: ({ type }) => matchesAnyPattern(place.isRoute ? place.patterns : plan.events, type),
  }));
}

/** Whether an event is shown: it is asked for, or goes somewhere. */
export function isShown(plan: ListenPlan, type: string): boolean {
  return (
    matchesAnyPattern(plan.events, type) ||
    plan.places.some(({ isRoute, patterns }) => isRoute && matchesAnyPattern(patterns, type))
  );
}
