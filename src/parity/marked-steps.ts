import { unknownParameter } from '../gateway/api-calls.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { isCall, type Step } from '../scenario/format.ts';
import type { Mark } from '../smoke/tidy-gateway.ts';

/**
 * The steps of a scenario as a run plays them: everything that is created carries the mark, where the API takes metadata,
 * and idempotency keys are the run's own, since Stripe remembers those of the last run.
 */
export function markedSteps(steps: readonly Step[], { name, run }: Mark): readonly Step[] {
  return steps.map((step) => {
    if (!isCall(step)) return step;
    const { params = {}, idempotencyKey } = step;
    const own = idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}-${run}` };
    if (!takesMark(step.call)) return { ...step, ...own };
    const metadata = { ...recordOf(params['metadata']), [name]: run };
    return { ...step, ...own, params: { ...params, metadata } };
  });
}

/** Test helpers make what belongs to other objects. */
function takesMark(call: string): boolean {
  return call.endsWith('.create') && unknownParameter(call, ['metadata', 'run']) === undefined;
}

function recordOf(value: unknown): ApiRecord {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
