import { directionRuns, hasRightToLeft } from '../../../lessons/latin-runs.ts';
import { type Block, type Inline, parseLine, parseProse } from '../../../lessons/prose.ts';
import type { Lang, Prose } from '../../../lessons/text.ts';
import { escaped } from '../../diagram/markup.ts';

/** A text of a lesson as markup. Terms lead to the page of the glossary beside it. @throws Error as `parseProse` */
export function proseHtml(prose: Prose, lang: Lang): string {
  return parseProse(prose)
    .map((block) => blockHtml(block, lang))
    .join('\n');
}

/** One line as markup, without an element around it. @throws Error as `parseLine` */
export function lineHtml(text: string, lang: Lang): string {
  return inlineHtml(parseLine(text), lang);
}

/** Lines to be kept as they are, left to right in every language. */
export function codeBlock(text: string): string {
  return `<pre dir="ltr"><code>${escaped(text)}</code></pre>`;
}

/** A program: its lines are not broken but moved sideways, with the finger or the arrow keys. @param lines markup */
export function programHtml(name: string, lines: string): string {
  return `<pre dir="ltr" class="program" tabindex="0" role="group" aria-label="${escaped(name)}"><code>${lines}</code></pre>`;
}

export const codeHtml = (text: string): string => `<code dir="ltr">${escaped(text)}</code>`;

/** A name in a language that is not the page's. */
export function foreignHtml(text: string, lang: Lang): string {
  return `<bdi lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">${escaped(text)}</bdi>`;
}

function blockHtml(block: Block, lang: Lang): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlineHtml(block.content, lang)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${inlineHtml(item, lang)}</li>`).join('\n')}\n</ul>`;
    default:
      return codeBlock(block.text);
  }
}

/** A word, or what stands in the place of one; spaces are marks of their own. */
interface Mark {
  readonly html: string;
  readonly kind: 'code' | 'space' | 'word';
}

function inlineHtml(content: readonly Inline[], lang: Lang): string {
  const marks = content.flatMap((inline) => marksOf(inline, lang));
  const groups: Mark[][] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last !== undefined && mark.kind !== 'space' && last[0]?.kind !== 'space') last.push(mark);
    else groups.push([mark]);
  }
  return groups.map(groupHtml).join('');
}

/** Code is a box of its own, which a line may leave its full stop behind: both are kept on one line. */
function groupHtml(group: readonly Mark[]): string {
  const html = group.map((mark) => mark.html).join('');
  return group.length > 1 && group.some(({ kind }) => kind === 'code')
    ? `<span class="w">${html}</span>`
    : html;
}

function marksOf(inline: Inline, lang: Lang): Mark[] {
  switch (inline.kind) {
    case 'code':
      return [{ html: codeHtml(inline.text), kind: 'code' }];
    case 'strong':
      return [{ html: `<strong>${inlineHtml(inline.content, lang)}</strong>`, kind: 'word' }];
    case 'term':
      return [
        {
          html: `<a href="glossary.html#${escaped(inline.term)}">${inlineHtml(inline.content, lang)}</a>`,
          kind: 'word',
        },
      ];
    default:
      return lang === 'ar' ? arabicMarks(inline.text) : englishMarks(inline.text);
  }
}

function arabicMarks(text: string): Mark[] {
  return directionRuns(text).flatMap(({ text: run, ltr }): Mark[] =>
    ltr ? [{ html: `<bdi dir="ltr">${escaped(run)}</bdi>`, kind: 'word' }] : wordMarks(run),
  );
}

/** Arabic inside English: the words between two spaces, as they come. */
function englishMarks(text: string): Mark[] {
  if (!hasRightToLeft(text)) return wordMarks(text);
  return text
    .split(/([\p{Script=Arabic}][\p{Script=Arabic}\p{Mn} ]*[\p{Script=Arabic}\p{Mn}])/u)
    .flatMap((part, index): Mark[] =>
      index % 2 === 0 ? wordMarks(part) : [{ html: foreignHtml(part, 'ar'), kind: 'word' }],
    );
}

function wordMarks(text: string): Mark[] {
  return text
    .split(/( +)/)
    .filter((part) => part !== '')
    .map((part) => ({ html: escaped(part), kind: part.startsWith(' ') ? 'space' : 'word' }));
}
