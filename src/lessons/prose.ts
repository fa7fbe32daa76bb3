import { Lexer, type Token, type Tokens } from 'marked';

/** A piece of a sentence. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly content: readonly Inline[] }
  /** Leads to an entry of the glossary. */
  | { readonly kind: 'term'; readonly term: string; readonly content: readonly Inline[] };

/** A piece of a text that begins on a line of its own. */
export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  /** Lines to be kept as they are; `language` is what stands behind the fence, or empty. */
  | { readonly kind: 'code'; readonly text: string; readonly language: string };

/** Without tables, strikethrough and bare addresses turned into links: none of these is in the subset. */
const OPTIONS = { gfm: false };

/**
 * Reads the Markdown that texts of lessons may use: paragraphs, `- ` lists, strong words, code, fenced code and links into
 * the glossary.
 *
 * @throws Error for any other Markdown, naming it
 */
export function parseProse(prose: string): Block[] {
  return new Lexer(OPTIONS).lex(prose).flatMap(blockOf);
}

/**
 * Reads one line: a title, a label, a sentence.
 *
 * @throws Error for Markdown outside the subset
 */
export function parseLine(text: string): Inline[] {
  return inlines(new Lexer(OPTIONS).inlineTokens(text));
}

/** The words of a text without their marks. */
export function plainText(content: readonly Inline[]): string {
  return content.map((inline) => ('content' in inline ? plainText(inline.content) : inline.text)).join('');
}

function blockOf(token: Token): Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'paragraph':
      return [{ kind: 'paragraph', content: inlines(token.tokens ?? []) }];
    case 'list':
      return [listOf(token as Tokens.List)];
    case 'code':
      if (token['codeBlockStyle'] === 'indented') throw outside('indented code', token);
      return [{ kind: 'code', text: token['text'], language: token['lang'] ?? '' }];
    default:
      throw outside(token.type, token);
  }
}

function listOf(list: Tokens.List): Block {
  if (list.ordered) throw outside('a numbered list', list);
  return {
    kind: 'list',
    items: list.items.map((item) => {
      const [only, ...more] = item.tokens;
      const isText = only?.type === 'text' || only?.type === 'paragraph';
      if (item.task || !isText || more.length > 0) throw outside('a list with more than lines', item);
      return inlines(only.tokens ?? []);
    }),
  };
}

const inlines = (tokens: readonly Token[]): Inline[] => tokens.map(inlineOf);

function inlineOf(token: Token): Inline {
  switch (token.type) {
    case 'text':
      return { kind: 'text', text: String(token['text']).replace(/\s*\n\s*/g, ' ') };
    case 'codespan':
      return { kind: 'code', text: token['text'] };
    case 'strong':
      return { kind: 'strong', content: inlines(token.tokens ?? []) };
    case 'link': {
      const [, term] = /^term:([a-z0-9_]+)$/.exec(token['href']) ?? [];
      if (term === undefined) throw outside('a link that leads out of the glossary', token);
      return { kind: 'term', term, content: inlines(token.tokens ?? []) };
    }
    default:
      throw outside(token.type, token);
  }
}

function outside(what: string, { raw }: { readonly raw: string }): Error {
  return new Error(`Texts of lessons know no such Markdown (${what}): ${raw.trim().slice(0, 60)}`);
}
