import type { LessonText } from '../text.ts';
import { aDeclineIsNotTheEnd } from './a-decline-is-not-the-end.ts';
import { creatingIsNotCharging } from './creating-is-not-charging.ts';
import { redirectIsNotPaid } from './redirect-is-not-paid.ts';
import { threeRequires } from './three-requires.ts';
import { whatAnIntentIs } from './what-an-intent-is.ts';

export const texts: Readonly<Record<string, LessonText>> = {
  'what-an-intent-is': whatAnIntentIs,
  'creating-is-not-charging': creatingIsNotCharging,
  'three-requires': threeRequires,
  'a-decline-is-not-the-end': aDeclineIsNotTheEnd,
  'redirect-is-not-paid': redirectIsNotPaid,
};
