import { LANGS, type Lang } from '../../../lessons/text.ts';
import { escaped } from '../../diagram/markup.ts';
import { htmlTag, PAGE_STYLE } from '../../diagram/page.ts';
import { pageWords } from './page-words.ts';
import { foreignHtml } from './prose-html.ts';
import { LESSON_STYLE } from './style.ts';

/** By this a page is known as written here, and may be written again. */
export const GENERATOR = '<meta name="generator" content="payintent">';

/** Nothing is loaded from anywhere, and nothing runs. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface DocumentParts {
  readonly lang: Lang;
  /** Name of the file, the same in every language. */
  readonly file: string;
  /** The languages that are written. */
  readonly langs: readonly Lang[];
  /** As text. */
  readonly title: string;
  /** As text. */
  readonly description: string;
  /** Markup of the page below its navigation. */
  readonly body: string;
}

/** One self-contained page, with links to the index, the glossary and the same page in the other language. */
export function documentHtml({ lang, file, langs, title, description, body }: DocumentParts): string {
  const words = pageWords(lang);
  const others = LANGS.filter((other) => other !== lang && langs.includes(other));
  return `<!doctype html>
${htmlTag(lang)}
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escaped(description)}">
${GENERATOR}
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
${others.map((other) => `<link rel="alternate" hreflang="${other}" href="../${other}/${file}">`).join('\n')}
<style>${PAGE_STYLE}${LESSON_STYLE}</style>
</head>
<body>
<a class="skip" href="#content">${escaped(words.skip)}</a>
<header>
<nav class="top" aria-label="${escaped(words.navigation)}">
${linkTo('index.html', words.allLessons, file)}
${linkTo('glossary.html', words.glossary, file)}
${others.map((other) => twinLink(other, file)).join('\n')}
</nav>
</header>
<main id="content">
${body}
</main>
</body>
</html>
`;
}

function linkTo(target: string, name: string, file: string): string {
  const current = target === file ? ' aria-current="page"' : '';
  return `<a href="${target}"${current}>${escaped(name)}</a>`;
}

function twinLink(lang: Lang, file: string): string {
  // The direction of the name is its own; the place of the link is the page's.
  return `<a class="twin" href="../${lang}/${file}" hreflang="${lang}">${foreignHtml(pageWords(lang).ownName, lang)}</a>`;
}
