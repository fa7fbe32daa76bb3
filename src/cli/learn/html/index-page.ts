import { actionWords, PAYMENT_MACHINE } from '../../../domain/machine.ts';
import { escaped } from '../../diagram/markup.ts';
import { machineSvg } from '../../diagram/svg.ts';
import { type Book, figureHtml, lessonFile, textOf } from './lesson-page.ts';
import { pageWords } from './page-words.ts';
import { lineHtml } from './prose-html.ts';

/** The body of the page with all lessons of a language, and the lifecycle they are about. */
export function indexBody(book: Book): string {
  const { lang, lessons, words } = book;
  const page = pageWords(lang);
  const items = lessons.map((lesson) => {
    const { title, summary } = textOf(book, lesson.id);
    return `<li><div><a href="${lessonFile(lesson.id)}">${lineHtml(title, lang)}</a> <span class="meta">${escaped(words.minutes(lesson.minutes))}</span><p>${lineHtml(summary, lang)}</p></div></li>`;
  });
  const picture = machineSvg(PAYMENT_MACHINE, page.lifecycle, {
    rtl: lang === 'ar',
    from: page.from,
    actionWords: (action) => page.actions[action] ?? actionWords(action),
  });
  return `<h1>${escaped(page.course)}</h1>
<p class="lead">${escaped(page.courseIntro)}</p>
<ol class="lessons">
${items.join('\n')}
</ol>
<p><a href="glossary.html">${escaped(page.glossary)}</a>: ${escaped(page.glossaryIntro)}</p>
<h2>${escaped(page.lifecycle)}</h2>
${figureHtml(picture, page.lifecycle, page.lifecycleNote)}`;
}
