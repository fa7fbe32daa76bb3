import type { LessonText } from '../text.ts';
import { creatingIsNotCharging } from './creating-is-not-charging.ts';

export const texts: Readonly<Record<string, LessonText>> = {
  'creating-is-not-charging': creatingIsNotCharging,
};
