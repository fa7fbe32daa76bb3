import { CliError } from './errors.ts';

/** Reads `--time-scale`, the factor for the waits before retries. Throws `FLAG_INVALID`. */
export function readScale(typed: string | undefined): number {
  if (typed === undefined) return 1;
  const scale = /^\d+(\.\d+)?$|^\.\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  if (scale >= 0 && scale <= 1000) return scale;
  throw new CliError('FLAG_INVALID', `--time-scale ${JSON.stringify(typed)} is no factor from 0 to 1000`, {
    fix: ['Write --time-scale 0.1 to retry ten times as soon'],
  });
}
