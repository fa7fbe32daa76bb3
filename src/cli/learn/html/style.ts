/**
 * What pages of lessons have beyond the style of all pages. Sides are called start and end, so that one style serves both
 * directions of reading.
 */
export const LESSON_STYLE = `
:root { --bad: #a3262c; --mark: #fff7d6; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff9d9d; --mark: #3d3820; } }
html { scroll-padding-block-start: 1rem; }
body { max-width: 50rem; font-size: 1.0625rem; line-height: 1.6; }
:lang(ar) body, body:lang(ar) { font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "Geeza Pro", "Segoe UI", Tahoma, "Traditional Arabic", system-ui, sans-serif; font-size: 1.1875rem; line-height: 1.9; }
main p, main li, main summary, main dd, main dt { color: var(--ink); }
main p { margin-block: 0 .9rem; }
h1 { font-size: 1.7rem; }
h2 { margin-block: 0 .6rem; font-size: 1.25rem; line-height: 1.4; }
h3 { margin-block: 1.6rem .4rem; font-size: 1.02rem; line-height: 1.5; }
a { color: inherit; text-decoration-color: var(--accent); text-decoration-thickness: 2px; text-underline-offset: .2em; }
:lang(ar) a { text-underline-offset: .35em; }
a:focus-visible, summary:focus-visible, .tabs input:focus-visible + label, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; direction: ltr; unicode-bidi: isolate; }
code { display: inline-block; max-width: 100%; padding-inline: .25em; border-radius: 4px; background: var(--band); line-height: 1.45; text-align: left; text-indent: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.w { white-space: nowrap; }
.w > code { max-width: calc(100% - 1.5em); white-space: pre-wrap; }
pre { margin-block: .5rem 1rem; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--band); text-align: left; white-space: pre-wrap; overflow-wrap: anywhere; }
.program { overflow-x: auto; white-space: pre; overflow-wrap: normal; }
.program code { white-space: pre; overflow-wrap: normal; }
pre code { display: inline; padding: 0; background: none; font-size: 1em; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { position: static; }
.top { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin-block-end: 1.8rem; padding-block-end: .7rem; border-block-end: 1px solid var(--line); font-size: .95em; }
.top .twin { margin-inline-start: auto; }
.lead { font-size: 1.1em; }
.meta, main p.meta { color: var(--soft); }
.round { margin-block: 2rem; padding: 1.2rem 1.3rem; border: 1px solid var(--line); border-radius: 12px; }
.round > h2 small { display: block; color: var(--soft); font-size: .78em; font-weight: 600; }
.round.break, .round.mistake { border-inline-start: 5px solid var(--bad); }
.round.mend, .round.try { border-inline-start: 5px solid var(--accent); }
.round > :last-child, details > :last-child { margin-block-end: 0; }
details { margin-block: .5rem; padding: .55rem .9rem; border: 1px solid var(--line); border-radius: 8px; }
details[open] { background: var(--band); }
details[open] code, details[open] pre { background: var(--ground); }
details[open] pre code { background: none; }
summary { cursor: pointer; }
details > summary + * { margin-block-start: .6rem; }
.verdict { font-weight: 700; }
.yes { color: var(--accent); }
.no { color: var(--bad); }
.tabs { margin: 0; padding: 0; border: 0; min-width: 0; }
.tabs > legend, .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.tabs > input { position: absolute; opacity: 0; }
.tabs > label { display: inline-block; padding: .1rem .8rem; border: 1px solid var(--line); border-radius: 99px; cursor: pointer; font-size: .9em; }
.tabs > input:checked + label { border-color: var(--ink); background: var(--ink); color: var(--ground); }
.tabs > .panel { display: none; }
.tabs > input:nth-of-type(1):checked ~ .panel:nth-of-type(1), .tabs > input:nth-of-type(2):checked ~ .panel:nth-of-type(2), .tabs > input:nth-of-type(3):checked ~ .panel:nth-of-type(3) { display: block; }
.panel > h4 { display: none; }
.program ins, .program del { display: block; text-decoration: none; }
.program ins { color: var(--accent); }
.program del { color: var(--bad); }
ul, ol { padding-inline-start: 1.4em; }
li { margin-block: .25rem; }
.lessons { padding: 0; list-style: none; counter-reset: lesson; }
.lessons > li { display: grid; grid-template-columns: 2.4rem 1fr; margin-block: .9rem; counter-increment: lesson; }
.lessons > li::before { content: counter(lesson); color: var(--soft); font-weight: 700; }
.lessons p { margin-block: 0; }
.turn { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .6rem 2rem; margin-block: 2.5rem 1rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
.turn .next { margin-inline-start: auto; }
figcaption { padding: .5rem .9rem; border-block-start: 1px solid var(--line); color: var(--soft); font-size: .9em; }
figure svg { margin-inline: auto; }
article { margin-block: 2.2rem; padding-block-start: 1.2rem; border-block-start: 1px solid var(--line); }
article:target > h2 { background: var(--mark); }
dl { margin: 0; }
dt { margin-block-start: .9rem; color: var(--soft); font-weight: 600; }
main dt { color: var(--soft); }
dd { margin-inline-start: 0; }
dd > p:last-child, dd > ul:last-child { margin-block-end: 0; }
.toc { columns: 2 14rem; padding: 0; list-style: none; }
.toc li { break-inside: avoid; }
@media (max-width: 30rem) { body { padding: 1rem; } .round { padding: .9rem; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999; --ground: #fff; --band: #f4f4f4; --accent: #0b5a2c; --bad: #8a1a1f; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  .skip, .top, .turn { display: none; }
  .tabs > label { display: none; }
  .tabs > .panel { display: block !important; }
  .panel > h4 { display: block; margin-block: .5rem 0; font-size: .95em; }
  .round { break-inside: auto; }
  figure { break-inside: avoid; }
  .program, .program code { white-space: pre-wrap; overflow-wrap: anywhere; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
