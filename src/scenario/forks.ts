import type { ApiRecord } from '../gateway/gateway.ts';
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

/** The ways that are open to an intent, apart from those that need something to have happened before. */
export function forksFrom(intent: ApiRecord, emulated: boolean): readonly Fork[] {
  return WAYS.flatMap((way) => {
    const isOpen = way.from.some((status) => status === intent['status']);
    if (!isOpen || way.needs !== undefined || way.refuses?.(intent) !== undefined) return [];
    const steps = way.steps(intent);
    const [first] = steps;
    if (first === undefined || (!emulated && steps.some((step) => whyOfflineOnly(step) !== undefined)))
      return [];
    return [{ id: way.id, title: first.title, steps, to: way.to }];
  });
}
