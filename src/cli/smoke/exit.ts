import type { Cause } from '../../smoke/finding.ts';
import { exitCodes } from '../exit-codes.ts';

/** The exit code for what failures are about: a key that is of no use comes before everything else. */
export function exitOf(causes: ReadonlySet<Cause>): number {
  if (causes.has('key')) return exitCodes.key;
  if (causes.has('check')) return exitCodes.failed;
  return causes.has('network') ? exitCodes.network : exitCodes.done;
}
