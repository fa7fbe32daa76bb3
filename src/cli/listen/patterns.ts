import { isEventPattern, matchesEventPattern } from '../../domain/event-patterns.ts';
import { MISSING_EVENT_TYPES } from '../../domain/event-types.ts';
import { eventTypeNames } from '../../gateway/event-type-names.ts';
import { CliError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';

/** Refuses what can never match. `strict` where every type is known: offline. */
export function checkPatterns(flag: string, patterns: readonly string[], strict: boolean): void {
  const known = eventTypeNames();
  for (const pattern of patterns) {
    if (isEventPattern(pattern) && known.some((type) => matchesEventPattern(pattern, type))) continue;
    const instead = MISSING_EVENT_TYPES[pattern];
    const near = didYouMean(pattern, known);
    // The API may have types that are newer than this program.
    if (isEventPattern(pattern) && !strict && instead === undefined && near === undefined) continue;
    throw new CliError('FLAG_INVALID', `${flag}: there are no events ${JSON.stringify(pattern)}`, {
      why: instead === undefined ? near : `Stripe sends ${instead}.`,
      fix: [
        flag === '--route'
          ? "Write --route 'payment_intent.*=http://localhost:3000/webhook'"
          : `Write ${flag} payment_intent.succeeded or a group such as 'payment_intent.*'`,
      ],
    });
  }
}
