import type { Lesson } from './lesson.ts';
import { aDeclineIsNotTheEnd } from './library/a-decline-is-not-the-end.ts';
import { amountFromTheBrowser } from './library/amount-from-the-browser.ts';
import { authorizeCaptureCancelRefund } from './library/authorize-capture-cancel-refund.ts';
import { creatingIsNotCharging } from './library/creating-is-not-charging.ts';
import { idempotencyKeys } from './library/idempotency-keys.ts';
import { minorUnits } from './library/minor-units.ts';
import { nobodyListens } from './library/nobody-listens.ts';
import { offSession3ds } from './library/off-session-3ds.ts';
import { redirectIsNotPaid } from './library/redirect-is-not-paid.ts';
import { theClientSecret } from './library/the-client-secret.ts';
import { threeRequires } from './library/three-requires.ts';
import { webhooksTwiceAndOutOfOrder } from './library/webhooks-twice-and-out-of-order.ts';
import { whatAnIntentIs } from './library/what-an-intent-is.ts';

/** All lessons, in the order in which they build on one another. */
export const LESSONS: readonly Lesson[] = [
  whatAnIntentIs,
  creatingIsNotCharging,
  threeRequires,
  aDeclineIsNotTheEnd,
  redirectIsNotPaid,
  webhooksTwiceAndOutOfOrder,
  minorUnits,
  authorizeCaptureCancelRefund,
  offSession3ds,
  idempotencyKeys,
  theClientSecret,
  amountFromTheBrowser,
  nobodyListens,
];

export function findLesson(id: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}
