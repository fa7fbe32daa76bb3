import { resolve } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import { refused } from '../../cli/global-options.ts';
import type { Input } from '../../cli/input.ts';
import { bidiOption } from '../../cli/learn/bidi-mode.ts';
import { langOption } from '../../cli/learn/lang.ts';
import { lessonChoices, lessonColumns, lessonRows, listResult } from '../../cli/learn/lesson-list.ts';
import { type LessonRecord, lessonRecord } from '../../cli/learn/lesson-record.ts';
import { drawLesson } from '../../cli/learn/lesson-view.ts';
import { forgetProgress, keepProgress, readProgress } from '../../cli/learn/progress.ts';
import { takeLesson } from '../../cli/learn/take-lesson.ts';
import { LESSON_VARIABLE } from '../../cli/learn/typed-line.ts';
import { Voice } from '../../cli/learn/voice.ts';
import type { Command, Result } from '../../cli/spec.ts';
import { didYouMean } from '../../cli/suggest.ts';
import { proseView } from '../../cli/view.ts';
import { findLesson, LESSONS } from '../../lessons/curriculum.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import type { LessonText } from '../../lessons/text.ts';
import { loadTexts } from '../../lessons/texts.ts';
import {
  isSnippetLanguage,
  SNIPPET_LANGUAGES,
  type SnippetLanguage,
} from '../../scenario/snippets/snippet.ts';

export const learnCommand: Command = {
  spec: {
    name: 'learn',
    description:
      'Lessons of a few minutes about PaymentIntents, in English and Arabic. Each asks what you think will happen, lets you do it, by payintent, curl or your own SDK against the offline emulator, looks at what really happened, explains it, and lets you break it. Your place is kept, and a lesson that was left goes on there. Everything is really done, in the state of the emulator that the other commands use; --state keeps it apart. Without a terminal, or with --print, there is everything to read and nothing is done.',
    arguments: [
      {
        name: 'lesson',
        summary: 'name of a lesson; asked for on a terminal, listed elsewhere',
        complete: 'lessons',
      },
    ],
    options: [
      ...refused('test', 'api-key-file', 'api-base'),
      { name: 'list', kind: 'flag', summary: 'show the lessons and how far you are', common: true },
      langOption,
      {
        name: 'as',
        kind: 'text',
        value: 'language',
        choices: SNIPPET_LANGUAGES,
        summary: 'how requests are shown; as payintent commands unless given',
        common: true,
      },
      {
        name: 'print',
        kind: 'flag',
        summary: 'print a lesson, or all of them, to read: with the answers, and nothing to do',
        common: true,
      },
      {
        name: 'reset',
        kind: 'flag',
        summary: 'forget how far you are, in one lesson or in all',
        common: true,
      },
      {
        name: 'html',
        kind: 'text',
        value: 'directory',
        summary: 'write all lessons and the glossary as pages, in both languages unless --lang says one',
        complete: 'files',
      },
      bidiOption,
    ],
    examples: [
      { command: 'payintent learn', summary: 'the lessons: choose one on a terminal' },
      { command: 'payintent learn creating-is-not-charging', summary: 'one of them' },
      { command: 'payintent learn creating-is-not-charging --as curl', summary: 'with requests in curl' },
      { command: 'payintent learn --lang ar --list', summary: 'in Arabic' },
      {
        command: 'payintent learn creating-is-not-charging --print',
        summary: 'to read, without doing anything',
      },
      { command: 'payintent learn --html pages', summary: 'all of it as pages for a browser' },
      { command: 'payintent learn --reset', summary: 'begin again' },
    ],
    fields: [
      'object',
      'data',
      'id',
      'title',
      'lang',
      'minutes',
      'summary',
      'progress',
      'intro',
      'rounds',
      'outro',
      'terms',
      'next',
      'file',
      'bytes',
      'forgotten',
    ],
    columns: lessonColumns,
    exits: [6, 130],
    related: ['learn glossary', 'learn prompt', 'simulate', 'explain', 'help statuses'],
  },
  async run(context, input) {
    const voice = await Voice.open({ lang: input.text('lang'), bidi: input.text('bidi') }, context);
    const texts = await loadTexts(voice.lang);
    const name = input.argument('lesson');
    const lesson = name === undefined ? undefined : named(name);
    const directory = input.text('html');
    if (directory !== undefined) return pagesResult(context, input, directory);
    if (input.flag('reset')) return resetResult(context, lesson, texts, voice);
    if (input.flag('list')) return listed(context, texts, voice);
    const { globals } = context;
    const reads = input.flag('print') || globals.json || globals.jsonl || !context.canAsk;
    if (lesson === undefined && !input.flag('print') && reads) return listed(context, texts, voice);
    const as = languageOf(input);
    if (reads) return readResult(lesson, texts, voice, as);
    refuseTest(context, lesson);
    refuseInside(context);
    const chosen = lesson ?? (await choose(context, texts, voice));
    return takeLesson(context, { lesson: chosen, text: textOf(chosen, texts), voice, as });
  },
};

type Texts = Readonly<Record<string, LessonText>>;

function named(name: string): Lesson {
  const found = findLesson(name);
  if (found !== undefined) return found;
  const ids = LESSONS.map(({ id }) => id);
  const word = name.toLowerCase().split('-')[0] ?? '';
  const sharing = ids.filter((id) => word.length > 2 && id.includes(word));
  throw new CliError('ARGUMENT_INVALID', `There is no lesson ${JSON.stringify(name)}`, {
    why:
      didYouMean(name, [...ids, 'glossary', 'prompt']) ??
      (sharing.length === 0 ? undefined : `Did you mean ${sharing.slice(0, 3).join(' or ')}?`),
    fix: ['payintent learn --list'],
  });
}

function textOf(lesson: Lesson, texts: Texts): LessonText {
  const text = texts[lesson.id];
  if (text === undefined) throw new Error(`no text for the lesson ${lesson.id}`);
  return text;
}

function listed(context: Context, texts: Texts, voice: Voice): Result {
  return listResult(lessonRows(texts, readProgress(context.directories.config), voice.lang), voice);
}

async function choose(context: Context, texts: Texts, voice: Voice): Promise<Lesson> {
  const rows = lessonRows(texts, readProgress(context.directories.config), voice.lang);
  const prompter = await context.ask('<lesson>');
  return named(await prompter.select(voice.question(voice.words.lessonQuestion, lessonChoices(rows, voice))));
}

/** What the checks read is what the emulator remembers. */
function refuseTest({ globals }: Context, lesson: Lesson | undefined): void {
  if (globals.target !== 'test') return;
  throw new CliError('EMULATOR_ONLY', 'Lessons are taken on the emulator, and --test asks for Stripe', {
    why: 'A lesson looks at every request that came and at what became of it. Stripe tells nobody that much.',
    fix: [`payintent learn ${lesson?.id ?? ''}`.trim()],
  });
}

/** Two lessons at one keyboard would each take what is done in the other for their own. */
function refuseInside({ host }: Context): void {
  const open = host.env[LESSON_VARIABLE];
  if (open === undefined || open === '') return;
  throw new CliError('LESSON_OPEN', 'A lesson is being taken here', {
    why: 'An empty line leads back to its choices, and “Leave” keeps your place.',
    fix: ['payintent learn --list', 'payintent learn glossary'],
  });
}

function readResult(lesson: Lesson | undefined, texts: Texts, voice: Voice, as: SnippetLanguage): Result {
  const lessons = lesson === undefined ? LESSONS : [lesson];
  const records: LessonRecord[] = lessons.map((one) =>
    lessonRecord(one, textOf(one, texts), {
      lang: voice.lang,
      as,
      next: LESSONS[LESSONS.indexOf(one) + 1],
    }),
  );
  const [first] = records;
  return {
    data: lesson === undefined ? { object: 'list', data: records } : first,
    view: {
      human: (ui) => records.map((record) => drawLesson(record, voice, ui)).join('\n\n'),
      rows: records.map((record) => ({ ...record })),
      columns: ['id', 'title', 'lang', 'minutes'],
      prose: true,
    },
    ...voice.next(first?.next == null || lesson === undefined ? [] : [`payintent learn ${first.next}`]),
  };
}

async function resetResult(
  context: Context,
  lesson: Lesson | undefined,
  texts: Texts,
  voice: Voice,
): Promise<Result> {
  const { words } = voice;
  const directory = context.directories.config;
  // A file that cannot be read is forgotten as well.
  const known = lesson === undefined ? undefined : readProgress(directory);
  const forgotten = lesson === undefined ? progressIds(directory) : known?.[lesson.id] ? [lesson.id] : [];
  if (lesson === undefined) forgetProgress(directory);
  else if (forgotten.length > 0) await keepProgress(directory, lesson.id, undefined);
  const said =
    forgotten.length === 0
      ? words.nothingToForget
      : lesson === undefined
        ? words.forgotAll
        : words.forgotOne(textOf(lesson, texts).title);
  return {
    data: { object: 'lesson_reset', forgotten },
    view: proseView((ui) => voice.line(said, ui)),
    ...voice.next([`payintent learn ${lesson?.id ?? ''}`.trim()]),
  };
}

function progressIds(directory: string): string[] {
  try {
    return Object.keys(readProgress(directory));
  } catch (error) {
    if (error instanceof CliError) return ['?'];
    throw error;
  }
}

async function pagesResult(context: Context, input: Input, directory: string): Promise<Result> {
  const { renderSite } = await import('../../cli/learn/html/site.ts');
  const { writeSite } = await import('../../cli/learn/html/write-site.ts');
  const only = input.text('lang');
  const pages = await renderSite(only === 'en' || only === 'ar' ? [only] : ['en', 'ar']);
  const written = await writeSite(pages, directory, resolve(context.host.cwd, directory));
  return {
    data: { object: 'list', data: written },
    view: {
      human: () => written.map(({ file }) => file).join('\n'),
      rows: written.map((page) => ({ ...page })),
      columns: ['file', 'lang', 'bytes'],
      key: 'file',
    },
  };
}

function languageOf(input: Input): SnippetLanguage {
  const name = input.text('as') ?? 'payintent';
  if (!isSnippetLanguage(name)) throw new Error(`no language ${name}`);
  return name;
}
