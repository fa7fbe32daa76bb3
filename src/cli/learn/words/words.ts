import type { WrongSignature } from '../../../lessons/exercises/visit.ts';
import type { RoundKind } from '../../../lessons/lesson.ts';
import type { Lang } from '../../../lessons/text.ts';

/** A choice in a list: what it is called, and what it does. */
export interface Named {
  readonly name: string;
  readonly description: string;
}

/** What can be done in a turn. */
export type Wish =
  | 'again'
  | 'check'
  | 'difference'
  | 'edit'
  | 'elsewhere'
  | 'hint'
  | 'language'
  | 'leave'
  | 'perform'
  | 'type';

/** Everything that `learn` itself says, in one language. Texts may hold `code`; numbers are counted from 1. */
export interface Words {
  readonly lessonQuestion: string;
  /** Which keys choose from a list. */
  readonly keys: string;
  readonly minutes: (minutes: number) => string;
  readonly lessons: (count: number) => string;
  readonly isDone: string;
  readonly reached: (round: number, of: number) => string;

  readonly round: (round: number, of: number) => string;
  readonly kinds: Readonly<Record<RoundKind, string>>;
  readonly setting: string;
  readonly question: string;
  readonly guess: string;
  readonly right: string;
  readonly notThis: string;
  /** The answer that is right, where answers are listed. */
  readonly rightOne: string;
  /** What stands for an answer that is too long for a list. */
  readonly letters: readonly string[];
  readonly task: string;
  readonly oneWay: string;
  readonly expect: string;
  readonly why: string;
  readonly events: (types: readonly string[]) => string;
  readonly status: (status: string) => string;
  readonly refusal: (codes: string) => string;

  readonly whatNow: string;
  /** Before the sentence of a check, where signs are not to be used. */
  readonly marks: { readonly met: string; readonly missing: string };
  /** Before a command to type next. */
  readonly nextCommand: string;
  readonly nextRound: (title: string) => string;
  readonly wishes: Readonly<Record<Wish, Named>>;
  /** What `perform` does where there is a program to mend and nothing to send. */
  readonly mends: string;
  readonly language: string;
  readonly typing: string;
  readonly notPossible: string;

  readonly anyTerminal: string;
  readonly door: string;
  readonly doorUse: string;
  /** Above the lines that make the client of an SDK. */
  readonly client: string;

  readonly shop: string;
  readonly programCopied: string;
  readonly programKept: string;
  readonly programBeside: string;
  readonly programTrouble: (kind: 'ended' | 'missing' | 'silent') => string;
  /** Before a program is tried, and above what was sent to it. */
  readonly trying: string;
  readonly tried: string;
  /** What was wrong with the signature of an event that a program was sent. */
  readonly signatures: Readonly<Record<WrongSignature, string>>;
  readonly noEditor: string;

  readonly resumeQuestion: (round: number, of: number) => string;
  readonly resume: string;
  readonly startOver: string;
  readonly objectsGone: string;
  readonly madeAnew: string;

  readonly outro: string;
  readonly lessonDone: (title: string) => string;
  readonly guessed: (right: number, of: number) => string;
  readonly left: (round: number, of: number) => string;
  readonly readOn: string;
  readonly allDone: string;

  readonly forgotAll: string;
  readonly forgotOne: (title: string) => string;
  readonly nothingToForget: string;
}

export async function loadWords(lang: Lang): Promise<Words> {
  return lang === 'ar' ? (await import('./ar.ts')).arabicWords : (await import('./en.ts')).englishWords;
}
