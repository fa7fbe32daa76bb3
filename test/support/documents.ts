/** One fenced block of a Markdown document. */
export interface Block {
  /** `sh`, `js`, `text`, … */
  readonly language: string;
  readonly code: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** `<!-- not run: why -->` before the block: the reason. */
  readonly notRun: string | undefined;
  /** `<!-- exits: 3 -->` before the block: how its last command ends. */
  readonly exit: number;
}

const FENCE = /^(?:<!-- (.*?) -->\n+)?^```(\w*)\n([\s\S]*?)^```$/gm;

/** The fenced blocks of a document, in order. A block inside a list is not found: there are none. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.replaceAll('\r\n', '\n').matchAll(FENCE)].map((match) => {
    const [whole, mark = '', language = '', code = ''] = match;
    const opening = match.index + whole.indexOf('```');
    return {
      language,
      code,
      line: markdown.slice(0, opening).split('\n').length,
      notRun: /^not run: (.+)$/.exec(mark)?.[1],
      exit: Number(/^exits: (\d+)$/.exec(mark)?.[1] ?? 0),
    };
  });
}

/** Targets of the links and images of a document: paths, URLs, `#anchors`. */
export function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(FENCE, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target as string);
}

/** The anchors GitHub gives the headings of a document. */
export function anchorsOf(markdown: string): string[] {
  return [...markdown.replaceAll(FENCE, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What differs from run to run, replaced: ids, times, paths, and how wide the columns are. */
function steady(text: string): string {
  return text
    .replaceAll(/\b(pi|ch|py|pm|re|evt|req|txn|payatt|cus|du|seti)_[A-Za-z0-9]{6,}/g, '$1_…')
    .replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g, '<time>')
    .replaceAll(/\d+ ?ms\b/g, '<ms>')
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:<port>')
    .replaceAll(/ +/g, ' ')
    .trim();
}

/** The lines of `expected` that `actual` lacks, in their order. */
export function missingLines(expected: string, actual: string): string[] {
  const rest = steady(actual)
    .split('\n')
    .map((line) => line.trim());
  return steady(expected)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      if (line === '') return false;
      const at = rest.indexOf(line);
      if (at >= 0) rest.splice(0, at + 1);
      return at < 0;
    });
}
