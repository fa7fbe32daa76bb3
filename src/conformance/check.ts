import { accepted, type Outcome } from '../gateway/webhook-tools.ts';
import { answerWithBody } from './answer.ts';
import type { Bench } from './bench.ts';
import type { Control } from './control.ts';
import { fail, inconclusive, type Judgement, pass } from './judgement.ts';

/** One thing a handler has to get right. */
export interface Check {
  /** Kebab-case and stable. */
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  /** `answer`: that something answers at all. `accepted`: that an ordinary delivery is accepted. */
  readonly needs: 'accepted' | 'answer' | 'nothing';
  /** Whether it passes only where effects can be seen. */
  readonly effects: boolean;
  run(bench: Bench, control: Control): Promise<Judgement>;
}

/** Why a delivery that had to be accepted was not. */
export function notAccepted(what: string, outcome: Outcome, fix: string): Judgement | undefined {
  return accepted(outcome) ? undefined : fail(`${what} was answered ${answerWithBody(outcome)}.`, fix);
}

/** `once`, `twice`, `3 times`, `not at all`. */
export function times(count: number): string {
  return ['not at all', 'once', 'twice'][count] ?? `${count} times`;
}

/** How many times an order was to be fulfilled, and how many times it was. */
export interface Count {
  readonly wanted: number;
  readonly seen: number;
  readonly countable: boolean;
}

/** Passes where the counts agree and the app can count. */
export function judgeCount(
  { wanted, seen, countable }: Count,
  sentence: (seen: string) => string,
  fix: string,
): Judgement {
  if (seen !== wanted) return fail(sentence(times(seen)), fix);
  if (!countable && wanted > 0) {
    return inconclusive(
      'The probe says whether the order was fulfilled, not how often.',
      'Let the probe show a number: {"orders": {"<order>": {"fulfilled": 1}}}.',
    );
  }
  return pass(sentence(times(seen)));
}

/** What to say where the answers are right and the effects cannot be seen. */
export function unseen(seen: string, { blind, sight }: Control): Judgement {
  return inconclusive(`${seen} What the app did cannot be seen.`, `${blind} ${sight}`);
}
