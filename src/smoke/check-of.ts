import type { CheckResult } from '../domain/check-result.ts';
import type { Finding } from './finding.ts';

/**
 * A finding as it is shown.
 *
 * @param ms how long it took; rounded
 * @param scrub hides secrets in a text
 */
export function checkOf(
  { id, title }: { readonly id: string; readonly title: string },
  { verdict, reason, fix }: Finding,
  ms: number,
  scrub: (text: string) => string,
): CheckResult {
  return {
    id,
    title,
    verdict,
    reason: scrub(reason),
    fix: fix === undefined ? null : scrub(fix),
    ms: Math.round(ms),
  };
}
