import type { CheckVerdict } from '../domain/check-result.ts';

/** What a check found out. */
export interface Judgement {
  readonly verdict: CheckVerdict;
  readonly reason: string;
  readonly fix?: string;
}

export const pass = (reason: string): Judgement => ({ verdict: 'pass', reason });

export const fail = (reason: string, fix: string): Judgement => ({ verdict: 'fail', reason, fix });

/** @param fix what would let the check decide */
export const inconclusive = (reason: string, fix?: string): Judgement => ({
  verdict: 'inconclusive',
  reason,
  ...(fix === undefined ? {} : { fix }),
});

export const skipped = (reason: string): Judgement => ({ verdict: 'skipped', reason });
