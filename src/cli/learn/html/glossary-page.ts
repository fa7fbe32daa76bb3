import { relatedTerms } from '../../../lessons/glossary/graph.ts';
import type { Relation, Term, TermText } from '../../../lessons/glossary/term.ts';
import { findTermById, TERMS } from '../../../lessons/glossary/terms.ts';
import type { Lang } from '../../../lessons/text.ts';
import { escaped } from '../../diagram/markup.ts';
import { GLOSSARY_WORDS, type GlossaryWords } from '../glossary/words.ts';
import type { Book } from './lesson-page.ts';
import { type PageWords, pageWords } from './page-words.ts';
import { codeBlock, codeHtml, foreignHtml, lineHtml, proseHtml } from './prose-html.ts';

/**
 * The body of the glossary's page: every term, with links to those it has to do with.
 *
 * @param others the names in the other language, by id
 */
export function glossaryBody(
  book: Pick<Book, 'lang' | 'terms'>,
  others: Readonly<Record<string, TermText>>,
): string {
  const { lang, terms } = book;
  const words = pageWords(lang);
  const known = TERMS.filter(({ id }) => terms[id] !== undefined);
  return [
    `<h1>${escaped(words.glossary)}</h1>`,
    `<p class="lead">${escaped(words.glossaryIntro)}</p>`,
    `<ul class="toc">\n${known.map(({ id }) => `<li>${termLink(id, book)}</li>`).join('\n')}\n</ul>`,
    ...known.map((term) => termHtml(term, book, others[term.id], words)),
  ].join('\n');
}

function termHtml(
  { id, kind, example }: Term,
  book: Pick<Book, 'lang' | 'terms'>,
  other: TermText | undefined,
  words: PageWords,
): string {
  const { lang, terms } = book;
  const [text, of] = [terms[id], GLOSSARY_WORDS[lang]];
  if (text === undefined) return '';
  const named = kind === 'status' || other === undefined ? '' : otherName(other.name, lang, words);
  return `<article id="${escaped(id)}">
<h2>${nameHtml(id, book)}</h2>
${named}
${proseHtml(text.definition, lang)}
<dl>
<dt>${escaped(of.why)}</dt><dd>${proseHtml(text.why, lang)}</dd>
<dt>${escaped(of.full)}</dt><dd>${proseHtml(text.full, lang)}</dd>
<dt>${escaped(of.example)}</dt><dd>${proseHtml(text.example, lang)}${codeBlock([...(example.given ?? []), example.command].join('\n'))}</dd>
<dt>${escaped(of.mistakes)}</dt><dd><ul>${text.mistakes.map((mistake) => `<li>${lineHtml(mistake, lang)}</li>`).join('')}</ul></dd>
${relatedHtml(id, book, of)}
</dl>
</article>`;
}

function otherName(name: string, lang: Lang, words: PageWords): string {
  return `<p class="meta">${escaped(words.otherName)}: ${foreignHtml(name, lang === 'ar' ? 'en' : 'ar')}</p>`;
}

function relatedHtml(id: string, book: Pick<Book, 'lang' | 'terms'>, words: GlossaryWords): string {
  const links = new Map<Relation, string[]>();
  for (const one of relatedTerms(id).filter((related) => book.terms[related.id] !== undefined))
    links.set(one.relation, [...(links.get(one.relation) ?? []), termLink(one.id, book)]);
  if (links.size === 0) return '';
  const comma = book.lang === 'ar' ? '، ' : ', ';
  const items = [...links].map(
    ([relation, terms]) => `<li>${escaped(words.relations[relation])}: ${terms.join(comma)}</li>`,
  );
  return `<dt>${escaped(words.related)}</dt><dd><ul>${items.join('')}</ul></dd>`;
}

/** Statuses are words of the API, written as code in every language. */
function nameHtml(id: string, { lang, terms }: Pick<Book, 'lang' | 'terms'>): string {
  return findTermById(id)?.kind === 'status' ? codeHtml(id) : lineHtml(terms[id]?.name ?? id, lang);
}

function termLink(id: string, book: Pick<Book, 'lang' | 'terms'>): string {
  return `<a href="#${escaped(id)}">${nameHtml(id, book)}</a>`;
}
