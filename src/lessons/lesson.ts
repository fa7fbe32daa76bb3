import type { Step } from '../scenario/format.ts';
import type { Exercise } from './exercises/exercise.ts';
import type { Seen } from './seen.ts';

/**
 * A lesson without its words: what is asked, what the learner is to do, and how the emulator's memory shows that it was
 * done. The words stand in `en/` and `ar/`, one file a lesson, under the ids used here (see text.ts).
 */
export interface Lesson {
  /** Kebab-case and unique: `creating-is-not-charging`. */
  readonly id: string;
  /** How long it takes somebody who reads everything. */
  readonly minutes: number;
  /** Entries of the glossary it leads to, the most important first. */
  readonly terms: readonly string[];
  readonly rounds: readonly Round[];
}

/**
 * - `try` something is to be done and understood · `break` the same, broken on purpose
 * - `mistake` a classic mistake is made · `mend` and mended
 */
export type RoundKind = 'break' | 'mend' | 'mistake' | 'try';

/** One turn: a question to predict, an action of the learner, a look at what really happened. */
export interface Round {
  /** Unique in its lesson. */
  readonly id: string;
  readonly kind: RoundKind;
  /** What the lesson does before the learner's turn. Objects made here keep their names for the rounds that follow. */
  readonly given?: readonly Step[];
  readonly predict?: Prediction;
  readonly task: Task;
}

/** A question with several answers, asked before anything is done. */
export interface Prediction {
  /** Ids of the answers, in the order shown. */
  readonly choices: readonly string[];
  readonly right: string;
}

export interface Task {
  /**
   * One way to do it, shown in the language the learner wants, and what the player does when asked to do it. The learner
   * may do it in any other way: only the checks decide. References such as `${intent.id}` lead to what earlier steps
   * and rounds made.
   */
  readonly steps: readonly Step[];
  /** True where the steps are there to see a secret, which payintent shows only when asked. */
  readonly reveals?: true;
  /** A small program that runs meanwhile, with a mistake in it. */
  readonly exercise?: Exercise;
  /**
   * Names for what the learner made, by which later steps and checks know it. Looked up before the checks, each time;
   * undefined where it is not there yet.
   */
  readonly finds?: Readonly<Record<string, (seen: Seen) => ApiObject | undefined>>;
  /** All have to be met. */
  readonly checks: readonly Check[];
}

type ApiObject = Seen['intents'][number];

/** Something that must have happened since the learner's turn began. */
export interface Check {
  /** Unique in its round. */
  readonly id: string;
  /** Pure: reads what was seen and says whether it is so. */
  readonly met: (seen: Seen) => boolean;
}
