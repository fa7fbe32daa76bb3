import { createHash } from 'node:crypto';
import type { ApiResponse } from '../wire.ts';
import { type Html, html, trusted } from './html.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1a1f36; --soft: #545969; --line: #d8dee8; --card: #fff; --ground: #f4f6fa; --accent: #3f44c9; --on-accent: #fff; --note: #fff4d6; --note-ink: #5c3d00; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f2f8; --soft: #aab2c8; --line: #3a4157; --card: #1d2233; --ground: #12151f; --accent: #9ba1ff; --on-accent: #12151f; --note: #3a3116; --note-ink: #ffe2a0; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 27rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.note { margin: 0; padding: .6rem 1.5rem; background: var(--note); color: var(--note-ink); font-size: .875rem; }
.body { padding: 1.5rem; }
h1 { margin: 0 0 .5rem; font-size: 1.25rem; line-height: 1.3; }
h2 { margin: 1rem 0 .5rem; font-size: 1rem; }
main.wide { max-width: 60rem; }
pre { margin: 0 0 1rem; padding: .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
pre code { overflow-wrap: normal; }
p { margin: 0 0 1rem; color: var(--soft); }
.amount { margin: 0 0 1rem; font-size: 2rem; font-weight: 650; color: var(--ink); overflow-wrap: anywhere; }
dl { margin: 0 0 1.5rem; border-top: 1px solid var(--line); }
dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
form { display: grid; gap: .75rem; margin: 0; }
button { font: inherit; font-weight: 600; min-height: 2.9rem; padding: .5rem 1rem; border-radius: 8px; border: 1px solid var(--accent); cursor: pointer; background: transparent; color: var(--accent); }
button.main { background: var(--accent); color: var(--on-accent); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
`;

const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

export interface PageParts {
  readonly status: number;
  readonly title: string;
  readonly content: Html;
  /** For long lines: code, tables. */
  readonly wide?: boolean;
  /** Addresses a form of the page may end at besides this server, as CSP sources. */
  readonly formTargets?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A self-contained page: no script, nothing from elsewhere, and a policy that would allow neither. */
export function renderPage(parts: PageParts): ApiResponse {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${parts.title}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<main class="${parts.wide === true ? 'wide' : ''}">
<p class="note">payintent emulator: no money moves here.</p>
<div class="body">
<h1>${parts.title}</h1>
${parts.content}
</div>
</main>
</body>
</html>
`;
  const formAction = ["'self'", ...(parts.formTargets ?? [])].join(' ');
  return {
    status: parts.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src ${STYLE_SOURCE}; img-src data:; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
      // The page's address holds the client secret: it must not travel to the merchant's site as a referrer.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      ...parts.headers,
    },
    body: page.markup,
  };
}
