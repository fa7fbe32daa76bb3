import { parseDuration } from '../../domain/duration.ts';
import { CliError } from '../errors.ts';

/**
 * Reads `--since`: a duration back from now (`1h`), unix seconds, or a time in ISO 8601. Answers what gives unix seconds on
 * the emulator's clock for the time it is there. Throws `FLAG_INVALID`.
 */
export function readSince(typed: string | undefined): (now: number) => number | undefined {
  if (typed === undefined) return () => undefined;
  const duration = parseDuration(typed);
  if (duration !== undefined) return (now) => now - duration;
  if (/^\d{9,10}$/.test(typed)) return () => Number(typed);
  const time = /^\d{4}-\d\d-\d\d/.test(typed) ? Date.parse(typed) / 1000 : Number.NaN;
  if (!Number.isNaN(time)) return () => Math.floor(time);
  throw new CliError('FLAG_INVALID', `--since ${JSON.stringify(typed)} is neither a duration nor a time`, {
    why: 'Durations look like 90s, 24h, 7d or 1h30m, times like 2026-11-22, 2026-11-22T09:30:00Z or unix seconds.',
  });
}
