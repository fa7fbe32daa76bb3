import { LESSONS } from '../../../lessons/curriculum.ts';
import { loadTermTexts } from '../../../lessons/glossary/texts.ts';
import { parseLine, plainText } from '../../../lessons/prose.ts';
import type { Lang } from '../../../lessons/text.ts';
import { loadTexts } from '../../../lessons/texts.ts';
import { loadWords } from '../words/words.ts';
import { documentHtml } from './document.ts';
import { glossaryBody } from './glossary-page.ts';
import { indexBody } from './index-page.ts';
import { type Book, lessonBody, lessonFile, textOf } from './lesson-page.ts';
import { pageWords } from './page-words.ts';

export interface SitePage {
  /** Under the directory asked for, with `/` between. */
  readonly path: string;
  readonly lang: Lang;
  readonly html: string;
}

/** All pages of the course in some languages: `en/index.html`, `en/glossary.html`, `en/<lesson>.html`. */
export async function renderSite(langs: readonly Lang[]): Promise<SitePage[]> {
  const pages = await Promise.all(langs.map((lang) => pagesIn(lang, langs)));
  return pages.flat();
}

async function pagesIn(lang: Lang, langs: readonly Lang[]): Promise<SitePage[]> {
  const [texts, terms, others, words] = await Promise.all([
    loadTexts(lang),
    loadTermTexts(lang),
    loadTermTexts(lang === 'ar' ? 'en' : 'ar'),
    loadWords(lang),
  ]);
  const book: Book = { lang, lessons: LESSONS, texts, terms, words };
  const page = pageWords(lang);
  const made = (file: string, title: string, description: string, body: string): SitePage => ({
    path: `${lang}/${file}`,
    lang,
    html: documentHtml({ lang, langs, file, title, description, body }),
  });
  return [
    made('index.html', page.course, page.courseIntro, indexBody(book)),
    ...(await Promise.all(
      LESSONS.map(async (lesson) => {
        const { title, summary } = textOf(book, lesson.id);
        const body = await lessonBody(book, lesson);
        return made(lessonFile(lesson.id), plain(title), plain(summary), body);
      }),
    )),
    made('glossary.html', page.glossary, page.glossaryIntro, glossaryBody(book, others)),
  ];
}

const plain = (text: string): string => plainText(parseLine(text));
