import type { Lang } from '../../lessons/text.ts';
import { escaped } from './markup.ts';

/** Colours, type and tables of every page. Nothing in it knows left from right. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1a1f36; --soft: #545969; --line: #d8dee8; --ground: #fff; --band: #f1f3f8; --accent: #12703a; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f2f8; --soft: #aab2c8; --line: #3a4157; --ground: #171b29; --band: #232940; --accent: #6ee7a0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p { margin: 0 0 1rem; color: var(--soft); }
figure { margin: 1rem 0; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
svg { display: block; width: 100%; min-width: 44rem; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
code, pre { font: .85em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
td code { white-space: nowrap; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
b { color: var(--accent); }
.rows td pre { min-width: 20rem; }
.rows pre.params { padding-inline-start: 1rem; color: var(--soft); }
@media (max-width: 48rem) {
  body { padding: 1rem; }
  .rows, .rows tbody, .rows tr, .rows td { display: block; }
  .rows thead { display: none; }
  .rows tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  .rows td { padding: .1rem 0; border: 0; }
  .rows td pre { min-width: 0; }
  .rows td code { white-space: normal; }
}
`;

export interface PageTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** Cells are markup already. */
  readonly rows: readonly (readonly string[])[];
}

export interface PageParts {
  /** English unless said otherwise. */
  readonly lang?: Lang;
  readonly title: string;
  readonly intro: string;
  readonly picture: string;
  readonly tables: readonly PageTable[];
}

/** One self-contained page: no script, nothing from elsewhere. */
export function renderPage({ lang = 'en', title, intro, picture, tables }: PageParts): string {
  return `<!doctype html>
${htmlTag(lang)}
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(intro)}</p>
<figure>
${picture}</figure>
${tables.map(table).join('\n')}
</main>
</body>
</html>
`;
}

/** The root element of a page. */
export function htmlTag(lang: Lang): string {
  return `<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`;
}

function table({ caption, head, rows }: PageTable): string {
  return `<h2>${escaped(caption)}</h2>
<div class="wide">
<table class="rows">
<thead><tr>${head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table>
</div>`;
}
