import type { Lesson, Round, RoundKind } from '../../lessons/lesson.ts';
import type { Lang, LessonText } from '../../lessons/text.ts';
import type { Expectation } from '../../scenario/format.ts';
import type { SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import { requestBlocks } from './show-task.ts';

/** A lesson with its words, as programs get it. */
export interface LessonRecord {
  readonly object: 'lesson';
  readonly id: string;
  readonly title: string;
  readonly lang: Lang;
  readonly minutes: number;
  readonly summary: string;
  readonly intro: string;
  readonly rounds: readonly RoundRecord[];
  readonly outro: string;
  /** Entries of the glossary. */
  readonly terms: readonly string[];
  /** The lesson after it. */
  readonly next: string | null;
}

export interface RoundRecord {
  readonly id: string;
  readonly kind: RoundKind;
  readonly title: string;
  readonly setting: string | null;
  readonly predict: {
    readonly question: string;
    readonly choices: readonly {
      readonly id: string;
      readonly label: string;
      readonly because: string;
      readonly right: boolean;
    }[];
  } | null;
  readonly task: string;
  /** One way to do it, a piece of code for each request. */
  readonly requests: readonly { readonly lang: SnippetLanguage; readonly code: string }[];
  /** What each request of the steps leads to. */
  readonly expect: readonly {
    readonly status: string | null;
    readonly error: { readonly status: number | null; readonly code: string | null } | null;
    readonly events: readonly string[];
  }[];
  readonly checks: readonly { readonly id: string; readonly met: string; readonly missing: string }[];
  readonly explain: string;
}

/** @throws Error for a lesson whose text lacks something */
export function lessonRecord(
  lesson: Lesson,
  text: LessonText,
  {
    lang,
    as,
    next,
  }: { readonly lang: Lang; readonly as: SnippetLanguage; readonly next: Lesson | undefined },
): LessonRecord {
  return {
    object: 'lesson',
    id: lesson.id,
    title: text.title,
    lang,
    minutes: lesson.minutes,
    summary: text.summary,
    intro: text.intro,
    rounds: lesson.rounds.map((round) => roundRecord(lesson, round, text, as)),
    outro: text.outro,
    terms: lesson.terms,
    next: next?.id ?? null,
  };
}

function roundRecord(lesson: Lesson, round: Round, text: LessonText, as: SnippetLanguage): RoundRecord {
  const said = text.rounds[round.id];
  if (said === undefined) throw new Error(`no text for the round ${round.id} of ${lesson.id}`);
  const { predict, task } = round;
  return {
    id: round.id,
    kind: round.kind,
    title: said.title,
    setting: said.setting ?? null,
    predict:
      predict === undefined
        ? null
        : {
            question: said.predict?.question ?? '',
            choices: predict.choices.map((id) => ({
              id,
              label: said.predict?.choices[id]?.label ?? '',
              because: said.predict?.choices[id]?.because ?? '',
              right: id === predict.right,
            })),
          },
    task: said.task,
    requests: requestBlocks(lesson, round, new Map(), as).map((lines) => ({
      lang: lines[0]?.startsWith('payintent ') === true ? 'payintent' : as,
      code: lines.join('\n'),
    })),
    expect: task.steps.map(({ expect }) => expectRecord(expect)),
    checks: task.checks.map(({ id }) => ({
      id,
      met: said.checks[id]?.met ?? '',
      missing: said.checks[id]?.missing ?? '',
    })),
    explain: said.explain,
  };
}

function expectRecord(expect: Expectation | undefined): RoundRecord['expect'][number] {
  const error = expect?.error;
  return {
    status: expect?.status ?? null,
    error:
      error === undefined
        ? null
        : { status: error.status ?? null, code: error.decline_code ?? error.code ?? null },
    events: expect?.events ?? [],
  };
}
