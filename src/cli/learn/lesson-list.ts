import { LESSONS } from '../../lessons/curriculum.ts';
import type { Lang, LessonText } from '../../lessons/text.ts';
import type { Choice } from '../host.ts';
import type { Result } from '../spec.ts';
import type { Ui } from '../ui.ts';
import type { Progress } from './progress.ts';
import type { Voice } from './voice.ts';

/** A lesson as `learn --list` shows it. */
export interface LessonRow {
  readonly object: 'lesson';
  readonly id: string;
  readonly title: string;
  readonly lang: Lang;
  readonly minutes: number;
  readonly summary: string;
  readonly progress: {
    readonly state: 'done' | 'left' | 'new';
    /** The round reached, counted from 1; 0 where none is. */
    readonly round: number;
    readonly of: number;
    /** Unix seconds. */
    readonly done: number | null;
  };
}

export const lessonColumns = ['id', 'title', 'lang', 'minutes', 'progress.state'] as const;

export function lessonRows(
  texts: Readonly<Record<string, LessonText>>,
  progress: Progress,
  lang: Lang,
): LessonRow[] {
  return LESSONS.map((lesson) => {
    const { title = lesson.id, summary = '' } = texts[lesson.id] ?? {};
    const { done, left } = progress[lesson.id] ?? {};
    return {
      object: 'lesson',
      id: lesson.id,
      title,
      lang,
      minutes: lesson.minutes,
      summary,
      progress: {
        state: left !== undefined ? 'left' : done !== undefined ? 'done' : 'new',
        round: left === undefined ? 0 : Math.min(left.round + 1, lesson.rounds.length),
        of: lesson.rounds.length,
        done: done ?? null,
      },
    };
  });
}

/** The lesson to take next: one that was left, else the first that was never finished. */
function nextUndone(rows: readonly LessonRow[]): LessonRow | undefined {
  return (
    rows.find(({ progress }) => progress.state === 'left') ??
    rows.find(({ progress }) => progress.done === null)
  );
}

export function listResult(rows: readonly LessonRow[], voice: Voice): Result {
  const next = nextUndone(rows);
  return {
    data: { object: 'list', data: rows },
    view: {
      human: (ui) => drawList(rows, voice, ui),
      rows: rows.map((row) => ({ ...row })),
      columns: lessonColumns,
    },
    ...voice.next([`payintent learn ${next?.id ?? rows[0]?.id ?? ''}`, 'payintent learn glossary']),
  };
}

function drawList(rows: readonly LessonRow[], voice: Voice, ui: Ui): string {
  const blocks = rows.map((row) => {
    const note = noteOf(row, voice);
    const facts = [`\`${row.id}\``, voice.words.minutes(row.minutes), ...(note === undefined ? [] : [note])];
    return [
      voice.line(row.title, ui, ui.color.bold),
      voice.line(row.summary, ui),
      voice.line(facts.join(' · '), ui, ui.color.dim),
    ].join('\n');
  });
  return [...blocks, voice.line(voice.words.lessons(rows.length), ui)].join('\n\n');
}

function noteOf({ progress: { state, round, of } }: LessonRow, { words }: Voice): string | undefined {
  if (state === 'new') return undefined;
  return state === 'done' ? words.isDone : words.reached(round, of);
}

/** The lessons to choose from, the next one first. */
export function lessonChoices(rows: readonly LessonRow[], voice: Voice): Choice<string>[] {
  const next = nextUndone(rows);
  const sorted = next === undefined ? rows : [next, ...rows.filter((row) => row !== next)];
  return sorted.map((row) => {
    const note = noteOf(row, voice);
    const name = note === undefined ? row.title : `${row.title} (${note})`;
    return { name, value: row.id, description: row.summary };
  });
}
