import type { TermText } from '../../../lessons/glossary/term.ts';
import type { Lesson, Round } from '../../../lessons/lesson.ts';
import { shownRequests } from '../../../lessons/shown-requests.ts';
import type { Lang, LessonText, RoundText } from '../../../lessons/text.ts';
import { escaped } from '../../diagram/markup.ts';
import { pathSvg } from '../../diagram/svg.ts';
import type { Words } from '../words/words.ts';
import { exerciseHtml } from './exercise-html.ts';
import { lessonPaths } from './lesson-paths.ts';
import { pageWords } from './page-words.ts';
import { codeBlock, lineHtml, proseHtml } from './prose-html.ts';
import { requestsHtml } from './requests-html.ts';

/** Everything that pages in one language are made of. */
export interface Book {
  readonly lang: Lang;
  readonly lessons: readonly Lesson[];
  readonly texts: Readonly<Record<string, LessonText>>;
  readonly terms: Readonly<Record<string, TermText>>;
  readonly words: Words;
}

export const lessonFile = (id: string): string => `${id}.html`;

/** The text of a lesson. @throws Error where it has none in this language */
export function textOf({ texts, lang }: Pick<Book, 'lang' | 'texts'>, id: string): LessonText {
  const text = texts[id];
  if (text === undefined) throw new Error(`the lesson ${id} has no text in ${lang}`);
  return text;
}

/** The body of a lesson's page: everything the player shows, to be read. */
export async function lessonBody(book: Book, lesson: Lesson): Promise<string> {
  const { lang, words } = book;
  const page = pageWords(lang);
  const text = textOf(book, lesson.id);
  const rounds = await Promise.all(
    lesson.rounds.map((round, index) => roundHtml(book, lesson, round, index)),
  );
  return [
    `<h1>${lineHtml(text.title, lang)}</h1>`,
    `<p class="lead">${lineHtml(text.summary, lang)}</p>`,
    `<p class="meta">${escaped(words.minutes(lesson.minutes))}</p>`,
    proseHtml(text.intro, lang),
    ...pathsHtml(book, lesson, text),
    ...rounds,
    `<section><h2>${escaped(page.takeAway)}</h2>`,
    proseHtml(text.outro, lang),
    '</section>',
    termsHtml(book, lesson),
    `<p class="meta">${escaped(page.atTerminal)}</p>`,
    codeBlock(`payintent learn ${lesson.id}${lang === 'ar' ? ' --lang ar' : ''}`),
    turnHtml(book, lesson),
  ].join('\n');
}

function pathsHtml({ lang }: Book, lesson: Lesson, text: LessonText): string[] {
  return lessonPaths(lesson, text).map((path) =>
    figureHtml(pathSvg(path, { rtl: lang === 'ar' }), path.title, pageWords(lang).path),
  );
}

/** A picture that may be wider than the page, and is then moved with the finger or the arrow keys. */
export function figureHtml(picture: string, name: string, caption: string): string {
  return `<figure><div class="wide" tabindex="0" role="group" aria-label="${escaped(name)}">${picture}</div><figcaption>${escaped(caption)}</figcaption></figure>`;
}

async function roundHtml(book: Book, lesson: Lesson, round: Round, index: number): Promise<string> {
  const { lang, words } = book;
  const page = pageWords(lang);
  const text = textOf(book, lesson.id).rounds[round.id];
  if (text === undefined) throw new Error(`round ${round.id} of ${lesson.id} has no text in ${lang}`);
  const id = `r${index + 1}`;
  const given = shownRequests(round.given ?? [], new Map(), lesson);
  const requests = shownRequests(round.task.steps, new Map(), lesson);
  return [
    `<section class="round ${round.kind}" id="${id}">`,
    `<h2><small>${escaped(words.round(index + 1, lesson.rounds.length))} · ${escaped(words.kinds[round.kind])}</small> ${lineHtml(text.title, lang)}</h2>`,
    ...(text.setting === undefined
      ? []
      : [`<h3>${escaped(words.setting)}</h3>`, proseHtml(text.setting, lang)]),
    ...(given.length === 0
      ? []
      : [
          `<details><summary>${escaped(page.prepared)}</summary>`,
          requestsHtml(`${id}-given`, given, page),
          '</details>',
        ]),
    ...predictionHtml(book, round, text, id),
    `<h3>${escaped(words.task)}</h3>`,
    proseHtml(text.task, lang),
    ...(await exerciseHtml(round, page)),
    requestsHtml(`${id}-way`, requests, page),
    `<h3>${escaped(page.look)}</h3>`,
    `<ul>\n${round.task.checks.map((check) => checkHtml(text, check.id, lang, page.missing)).join('\n')}\n</ul>`,
    `<h3>${escaped(words.why)}</h3>`,
    proseHtml(text.explain, lang),
    '</section>',
  ].join('\n');
}

/** Each answer opens to say whether it is so: one is open at a time. */
function predictionHtml({ lang, words }: Book, round: Round, text: RoundText, id: string): string[] {
  const { predict } = round;
  const said = text.predict;
  if (predict === undefined || said === undefined) return [];
  const page = pageWords(lang);
  return [
    `<h3>${escaped(words.question)}</h3>`,
    proseHtml(said.question, lang),
    `<p class="meta">${escaped(page.chooseAnswer)}</p>`,
    ...predict.choices.map((choice) => {
      const isRight = choice === predict.right;
      const verdict = `<span class="verdict ${isRight ? 'yes' : 'no'}">${escaped(isRight ? words.right : page.wrong)}</span>`;
      const { label = '', because = '' } = said.choices[choice] ?? {};
      return `<details name="${id}-guess"><summary>${lineHtml(label, lang)}</summary><p>${verdict}</p>\n${proseHtml(because, lang)}</details>`;
    }),
  ];
}

function checkHtml(text: RoundText, id: string, lang: Lang, missing: string): string {
  const { met = '', missing: hint = '' } = text.checks[id] ?? {};
  return `<li>${lineHtml(met, lang)}<details><summary>${escaped(missing)}</summary>${proseHtml(hint, lang)}</details></li>`;
}

function termsHtml({ lang, terms }: Book, lesson: Lesson): string {
  if (lesson.terms.length === 0) return '';
  const links = lesson.terms.map(
    (id) =>
      `<li><a href="glossary.html#${escaped(id)}">${lineHtml(terms[id]?.name ?? id, lang)}</a>: ${lineHtml(terms[id]?.definition ?? '', lang)}</li>`,
  );
  return `<section><h2>${escaped(pageWords(lang).terms)}</h2>\n<ul>\n${links.join('\n')}\n</ul></section>`;
}

/** Links to the lessons before and after. */
function turnHtml(book: Book, lesson: Lesson): string {
  const { lessons, lang } = book;
  const at = lessons.indexOf(lesson);
  const link = (to: Lesson | undefined, rel: 'next' | 'prev', label: string): string =>
    to === undefined
      ? ''
      : `<a class="${rel}" rel="${rel}" href="${lessonFile(to.id)}">${escaped(label)}<br>${lineHtml(textOf(book, to.id).title, lang)}</a>`;
  const page = pageWords(lang);
  return `<nav class="turn" aria-label="${escaped(page.neighbours)}">${link(lessons[at - 1], 'prev', page.previous)}${link(lessons[at + 1], 'next', page.next)}</nav>`;
}
