import type { LessonText } from '../text.ts';
import { aDeclineIsNotTheEnd } from './a-decline-is-not-the-end.ts';
import { amountFromTheBrowser } from './amount-from-the-browser.ts';
import { authorizeCaptureCancelRefund } from './authorize-capture-cancel-refund.ts';
import { creatingIsNotCharging } from './creating-is-not-charging.ts';
import { idempotencyKeys } from './idempotency-keys.ts';
import { minorUnits } from './minor-units.ts';
import { nobodyListens } from './nobody-listens.ts';
import { offSession3ds } from './off-session-3ds.ts';
import { redirectIsNotPaid } from './redirect-is-not-paid.ts';
import { theClientSecret } from './the-client-secret.ts';
import { threeRequires } from './three-requires.ts';
import { webhooksTwiceAndOutOfOrder } from './webhooks-twice-and-out-of-order.ts';
import { whatAnIntentIs } from './what-an-intent-is.ts';

export const texts: Readonly<Record<string, LessonText>> = {
  'what-an-intent-is': whatAnIntentIs,
  'creating-is-not-charging': creatingIsNotCharging,
  'three-requires': threeRequires,
  'a-decline-is-not-the-end': aDeclineIsNotTheEnd,
  'redirect-is-not-paid': redirectIsNotPaid,
  'webhooks-twice-and-out-of-order': webhooksTwiceAndOutOfOrder,
  'minor-units': minorUnits,
  'authorize-capture-cancel-refund': authorizeCaptureCancelRefund,
  'off-session-3ds': offSession3ds,
  'idempotency-keys': idempotencyKeys,
  'the-client-secret': theClientSecret,
  'amount-from-the-browser': amountFromTheBrowser,
  'nobody-listens': nobodyListens,
};
