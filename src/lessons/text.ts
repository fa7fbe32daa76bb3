/** The languages lessons are written in. */
export const LANGS = ['en', 'ar'] as const;

export type Lang = (typeof LANGS)[number];

/**
 * Markdown, and of it only: paragraphs, `- ` lists, **strong**, `code`, fenced code, and links into the glossary,
 * `[confirm](term:confirm)`. Code words stay in Latin letters in every language.
 */
export type Prose = string;

/** The words of a lesson in one language. Its keys are the ids of the lesson: a test compares them. */
export interface LessonText {
  readonly title: string;
  /** What one knows afterwards, in a sentence. */
  readonly summary: string;
  readonly intro: Prose;
  readonly rounds: Readonly<Record<string, RoundText>>;
  /** What to take away, and what to do in production. */
  readonly outro: Prose;
}

export interface RoundText {
  readonly title: string;
  /** What the lesson prepared, where there is something; said before the question. */
  readonly setting?: Prose;
  readonly predict?: PredictionText;
  /** What the learner is to do. */
  readonly task: Prose;
  readonly checks: Readonly<Record<string, CheckText>>;
  /** Why it went as it did. */
  readonly explain: Prose;
}

export interface PredictionText {
  readonly question: Prose;
  /** By the id of the choice. */
  readonly choices: Readonly<Record<string, { readonly label: string; readonly because: Prose }>>;
}

export interface CheckText {
  /** Said when it is so. */
  readonly met: string;
  /** Said when it is not: what is missing, and how to get there. */
  readonly missing: string;
}
