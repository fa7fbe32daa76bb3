import { parseAmountArgument } from '../domain/amount-argument.ts';
import { parseDuration } from '../domain/duration.ts';
import { CliError } from './errors.ts';
import type { OptionSpec } from './spec.ts';
import { didYouMean } from './suggest.ts';

/**
 * A value as typed becomes what the option's kind says; all failures are `CliError`s with exit 2.
 * `currency` is what `--currency` says on the same line, for the hint about decimals.
 */
export function readValue(option: OptionSpec, raw: string, currency?: string): unknown {
  const flag = `--${option.name}`;
  if (option.choices !== undefined && !option.choices.includes(raw)) {
    const near = didYouMean(raw, option.choices);
    throw new CliError('FLAG_INVALID', `${flag} does not take ${JSON.stringify(raw)}`, {
      why: `It takes ${option.choices.join(', ')}.${near === undefined ? '' : ` ${near}`}`,
    });
  }
  switch (option.kind) {
    case 'amount':
      return readAmount(flag, raw, currency);
    case 'integer':
      return readInteger(flag, raw);
    case 'duration':
      return readDuration(flag, raw);
    default:
      return raw;
  }
}

/** Minor units, as the API counts them. A decimal number is refused with the integer it probably means. */
function readAmount(flag: string, raw: string, currency?: string): number {
  const read = parseAmountArgument(raw, currency);
  if (read.ok) return read.amount;
  if (read.hint === undefined) {
    throw new CliError('AMOUNT_NOT_INTEGER', `${flag} ${JSON.stringify(raw)} is not an amount`, {
      why: read.message,
    });
  }
  throw new CliError(
    'AMOUNT_NOT_INTEGER',
    `${flag} ${raw} is not a whole number of minor units, use ${read.hint}`,
    { why: read.message, fix: [`Write ${flag} ${read.hint}`] },
  );
}

function readInteger(flag: string, raw: string): number {
  const number = /^-?\d+$/.test(raw.trim()) ? Number(raw) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(raw)} is not a whole number`);
}

/** `30s`, `5m`, `1h30m`, `7d`. Answers milliseconds. */
export function readDuration(flag: string, raw: string): number {
  const seconds = parseDuration(raw);
  if (seconds !== undefined) return seconds * 1000;
  throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(raw)} is not a duration`, {
    why: 'Durations look like 30s, 5m, 1h30m or 7d.',
    fix: /^\d+$/.test(raw) ? [`Write ${flag} ${raw}s for seconds`] : undefined,
  });
}

/** `name=value`; the value may be empty, which is how the API unsets a field. */
export function readPair(flag: string, raw: string): [name: string, value: string] {
  const equals = raw.indexOf('=');
  if (equals > 0) return [raw.slice(0, equals), raw.slice(equals + 1)];
  throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(raw)} is not name=value`, {
    fix: [`Write ${flag} name=value; ${flag} name= unsets it`],
  });
}

/** A time for `created[gt]` and the like: seconds since the epoch, an ISO date or date and time, or an age like `7d`. */
export function readTime(flag: string, raw: string, now: number): number {
  const typed = raw.trim();
  if (/^\d{9,}$/.test(typed)) return Number(typed);
  const age = parseDuration(typed);
  if (age !== undefined) return Math.floor(now / 1000) - age;
  const parsed = /^\d{4}-\d{2}-\d{2}/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (!Number.isNaN(parsed)) return Math.floor(parsed / 1000);
  throw new CliError('FLAG_INVALID', `${flag} ${JSON.stringify(raw)} is not a time`, {
    why: 'It takes seconds since the epoch (1790000000), a date (2026-11-01), a date and time (2026-11-01T12:00:00Z), or an age (7d).',
  });
}
