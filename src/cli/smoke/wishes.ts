import { findCurrency } from '../../domain/currencies.ts';
import { eventTypeNames } from '../../gateway/event-type-names.ts';
import type { SmokeWishes } from '../../smoke/check.ts';
import { CHECK_ROWS } from '../../smoke/checks.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import type { Settings } from './layered.ts';

/** Everything `payintent smoke` was told. */
export interface SmokeLine extends SmokeWishes {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly retries: number;
  readonly parallel: number;
}

/** Reads the flags. Throws `FLAG_INVALID`. */
export function readSmokeLine(context: Context, input: Settings): SmokeLine {
  const { env } = context.host;
  const currency = (input.text('currency') ?? 'usd').toLowerCase();
  return {
    only: checkIds('--only', input.items('only')),
    skip: checkIds('--skip', input.items('skip')),
    retries: between('--retries', input.number('retries') ?? 2, 0, 10),
    parallel: between('--parallel', input.number('parallel') ?? 1, 1, 16),
    amount: input.number('amount') ?? usualAmount(currency),
    currency,
    requireMethods: input.items('require-methods'),
    requireEvents: eventTypes(input.items('require-events')),
    publishableKey: input.text('publishable-key') ?? (env['STRIPE_PUBLISHABLE_KEY']?.trim() || undefined),
    webhookUrl: address(input.text('webhook-url')),
    webhookSecret:
      input.text('webhook-secret') ??
      (env['PAYINTENT_WEBHOOK_SECRET']?.trim() || env['STRIPE_WEBHOOK_SECRET']?.trim() || undefined),
    webhookTimeoutMs: input.number('webhook-timeout') ?? 30_000,
    timeoutMs: input.number('timeout') ?? 30_000,
  };
}

/** 1099, or what the currency takes instead. Minor units. */
function usualAmount(currency: string): number {
  const { minimum = 0, multipleOf = 1 } = findCurrency(currency) ?? {};
  return Math.ceil(Math.max(1099, minimum) / multipleOf) * multipleOf;
}

function between(flag: string, number: number, least: number, most: number): number {
  if (number >= least && number <= most) return number;
  throw new CliError('FLAG_INVALID', `${flag} ${number} is not from ${least} to ${most}`);
}

function address(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const full = /^[a-z]+:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (/^https?:\/\/[^/]/i.test(full) && URL.canParse(full)) return full;
  throw new CliError('FLAG_INVALID', `--webhook-url ${JSON.stringify(typed)} is not an address`, {
    why: 'It looks like https://example.com/webhook.',
  });
}

function eventTypes(typed: readonly string[]): readonly string[] {
  const known = typed.length === 0 ? [] : eventTypeNames();
  for (const type of typed) {
    if (known.includes(type)) continue;
    throw new CliError('EVENT_UNKNOWN', `There is no event type ${JSON.stringify(type)}`, {
      why: didYouMean(type, known),
      fix: ['payintent smoke --help'],
    });
  }
  return typed;
}

function checkIds(flag: string, typed: readonly string[]): readonly string[] {
  const known = CHECK_ROWS.map(({ id }) => id);
  for (const id of typed) {
    if (known.includes(id)) continue;
    throw new CliError('FLAG_INVALID', `${flag}: there is no check ${JSON.stringify(id)}`, {
      why: `${didYouMean(id, known) ?? ''} The checks are ${known.join(', ')}.`.trim(),
      fix: ['payintent smoke --list'],
    });
  }
  return typed;
}
