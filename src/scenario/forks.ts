import type { ApiRecord } from '../gateway/gateway.ts';
import { marksOf, withLatecomers } from './continue.ts';
import type { Step } from './format.ts';
import { whyOfflineOnly } from './runner.ts';
import { WAYS } from './ways/all.ts';

/** How steps name the intent that a story is about. */
export const INTENT_ID = '${intent.id}';

/** Something else that could be done with an intent now. */
export interface Fork {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
  /** The status it leads to. */
  readonly to: string;
}

/**
 * The ways that are open to an intent. What needs something to have happened before is among them where the intent tells of
 * it: a refund where `latest_charge` is expanded.
 */
export function forksFrom(intent: ApiRecord, emulated: boolean): readonly Fork[] {
  const marks = marksOf(intent);
  return WAYS.flatMap((way) => {
    const isOpen = way.from.some((status) => status === intent['status']);
    if (!isOpen || way.needs?.every((mark) => marks.has(mark)) === false) return [];
    if (way.refuses?.(intent) !== undefined) return [];
    const steps = way.steps(intent).map(withLatecomers);
    const [first] = steps;
    if (first === undefined || (!emulated && steps.some((step) => whyOfflineOnly(step) !== undefined)))
      return [];
    return [{ id: way.id, title: first.title, steps, to: way.to }];
  });
}
