import { textOf, wishOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Rule } from '../rule.ts';

const SOON = 60;
const MANY = 3;

/** Refusals that stay the same until the request is another one. Conflicts (409) and rate limits (429) pass. */
const FINAL: readonly number[] = [400, 401, 403, 404];

export const hopelessRetry: Rule = {
  id: 'hopeless-retry',
  title: 'A request that was refused is not sent again unchanged',
  severity: 'note',
  evidence: `The same POST refused with 400, 401, 403 or 404 ${MANY} times within a minute.`,
  silent:
    'Declines (402), conflicts (409), rate limits (429) and errors of the server, which can end differently.',
  docs: 'https://docs.stripe.com/error-handling',
  watch() {
    const refused = new Recent(SOON);
    return {
      see(call) {
        if (call.method !== 'POST' || !FINAL.includes(call.status)) return undefined;
        // Told more exactly by the rule about refunds.
        if (call.operation === 'refund') return undefined;
        const all = refused.add(wishOf(call), call);
        if (all.length < MANY) return undefined;
        const code = textOf(call.failure?.['code']) ?? textOf(call.failure?.['type']) ?? '';
        return {
          subject: wishOf(call),
          calls: all,
          // Tests of refusals look like that too.
          severity: 'note',
          reason: `${call.method} ${call.path} was refused ${all.length} times within a minute with the same answer (${call.status} ${code}). It will be refused each time, and somebody waits for it.`,
          fix: `Retry only where the answer is 409, 429 or 5xx or never came; log everything else with its request id and stop. What this one means: payintent explain ${code === '' ? 'errors' : code}`,
        };
      },
    };
  },
};
