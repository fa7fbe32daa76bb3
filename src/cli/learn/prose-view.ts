import { directionRuns, hasRightToLeft } from '../../lessons/latin-runs.ts';
import { type Block, parseLine, parseProse } from '../../lessons/prose.ts';
import type { Lang, Prose } from '../../lessons/text.ts';
import type { Palette } from '../palette.ts';
import { padEnd, visibleWidth } from '../text.ts';
import type { BidiMode } from './bidi-mode.ts';
import { foldCommand, isCommand } from './fold-command.ts';
import { joinLetters } from './joining.ts';
import {
  breakLines,
  type Line,
  lineWidth,
  mergePieces,
  type Paint,
  type Piece,
  painter,
  piecesOf,
} from './pieces.ts';
import { reorder } from './reorder.ts';

/** How texts of one language are written to one stream. */
export interface Writing {
  readonly lang: Lang;
  readonly bidi: BidiMode;
  /** Columns to fill at most; lines with code may be longer. */
  readonly width: number;
  readonly color: Palette;
  /** Columns left free where lines begin: at the left, or at the right of Arabic. */
  readonly indent?: number;
}

/**
 * A text of a lesson as lines. Arabic begins at the right, is broken in the order in which it is read, and only then put in
 * the order of the columns, where the terminal does not do that itself.
 *
 * @throws Error for Markdown outside the subset
 */
export function renderProse(prose: Prose, writing: Writing): string {
  return parseProse(prose)
    .map((block) => renderBlock(block, writing).join('\n'))
    .join('\n\n');
}

function renderBlock(block: Block, writing: Writing): string[] {
  switch (block.kind) {
    case 'paragraph':
      return fill(piecesOf(block.content), writing);
    case 'list':
      return block.items.flatMap((item) => fill(piecesOf(item), writing, '- '));
    default:
      return codeLines(block.text, writing);
  }
}

/** Code as it is, at the left; commands go on in further lines where they are wider. */
function codeLines(text: string, { indent = 0, width, color }: Writing): string[] {
  const lines = text.split('\n');
  const fitted = isCommand(text) ? lines.flatMap((line) => foldCommand(line, width - indent - 2)) : lines;
  return fitted.map((line) => `${' '.repeat(indent + 2)}${color.cyan(line)}`.trimEnd());
}

/**
 * One line that has a place of its own, such as a title, a label, an answer to choose; `code` and **strong** in it are known.
 * Without `width` it is not broken and not put to the right.
 *
 * @param paint for the whole line, around whatever is painted inside
 * @throws Error for Markdown outside the subset
 */
export function directed(
  text: string,
  { width, ...writing }: Omit<Writing, 'width'> & { readonly width?: number },
  paint: (text: string) => string = (same) => same,
): string {
  const pieces = piecesOf(parseLine(text));
  const lines =
    width === undefined
      ? [inOrder(mergePieces(pieces), writing, painter(writing.color))]
      : fill(pieces, { ...writing, width });
  return lines.map((line) => paint(line)).join('\n');
}

/** A line that is read from the left whatever the language, such as one of a log, with Arabic words in it or without. */
export function logLine(text: string, { bidi, color }: Pick<Writing, 'bidi' | 'color'>): string {
  return inOrder([{ text, ltr: false, style: 'plain' }], { lang: 'en', bidi }, painter(color));
}

/** A label, and beside it a text that is wrapped under itself; in Arabic the label stands at the right. */
export function directedRow(
  label: string,
  text: string,
  writing: Writing,
  options: { readonly labelWidth?: number; readonly paint?: (label: string) => string } = {},
): string {
  const { labelWidth = 10, paint } = options;
  return fill(piecesOf(parseLine(text)), writing, padEnd(label, labelWidth), paint).join('\n');
}

/** Breaks pieces into lines, with `head` before the first one and as much room before the others. */
function fill(
  pieces: readonly Piece[],
  writing: Writing,
  head = '',
  paintHead?: (text: string) => string,
): string[] {
  const { lang, bidi, width } = writing;
  const toRight = lang === 'ar' && bidi !== 'logical' && bidi !== 'marks';
  const paint = painter(writing.color, paintHead);
  const lead = (writing.indent ?? 0) + visibleWidth(head);
  const first = directionRuns(head).map(({ text, ltr }): Piece => ({ text, ltr, style: 'head' }));
  // A mark at the beginning of a line is lost on VTE, which hangs marks on the column before them.
  const spare = lang === 'ar' && (bidi === 'terminal' || bidi === 'marks') ? 1 : 0;
  const widthOf = bidi === 'marks' ? markedWidth : lineWidth;
  const whole = lang === 'ar' ? pieces.map(asName) : pieces;
  return breakLines(whole, Math.max(LEAST_WIDTH, width - lead - spare), widthOf).map((broken, index) => {
    const line = [...(index === 0 ? first : []), ...mergePieces(broken)];
    const before = index === 0 ? (writing.indent ?? 0) : lead;
    const room = toRight ? Math.max(spare, width - before - columns(line, bidi)) : before;
    const ordered = inOrder(line, writing, paint);
    // The mark says which side the room is on.
    if (lang === 'ar' && bidi === 'marks') return `${RLM}${' '.repeat(room)}${ordered}`.trimEnd();
    return `${' '.repeat(room)}${ordered}`.trimEnd();
  });
}

/** In Arabic the halves of a name that is parted by the end of a line stand at opposite edges. */
function asName(piece: Piece): Piece {
  const isName = piece.ltr && piece.text.includes(' ') && visibleWidth(piece.text) <= NAME_WIDTH;
  return isName ? { ...piece, isName } : piece;
}

/** A name with brackets and a full stop is no wider than the narrowest line. */
const NAME_WIDTH = 13;

/** mlterm shows nothing of a mark, and yet breaks a line as if it took a column. */
const markedWidth = (line: Line): number =>
  lineWidth(line) + 2 * mergePieces(line).filter(({ ltr }) => ltr).length;

/** Narrower than this, and lines are longer than was asked for. */
const LEAST_WIDTH = 16;

/** Columns of a line: lam and alef share one where letters are joined here. */
function columns(line: Line, bidi: BidiMode): number {
  const text = line.map((piece) => piece.text).join('');
  return bidi === 'visual'
    ? joinLetters(text).reduce((sum, { form }) => sum + visibleWidth(form), 0)
    : visibleWidth(text);
}

const RLM = '\u200f';
const LRM = '\u200e';
const RLI = '\u2067';
const LRI = '\u2066';
const PDI = '\u2069';

/** One line in the order that its stream needs, painted. */
function inOrder(line: Line, { lang, bidi }: Pick<Writing, 'bidi' | 'lang'>, paint: Paint): string {
  const rtl = lang === 'ar';
  const hasArabic = rtl || line.some(({ text }) => hasRightToLeft(text));
  if (hasArabic && bidi === 'visual') return reorder(line, { rtl, letters: 'joined', paint });
  if (hasArabic && bidi === 'words') return reorder(line, { rtl, letters: 'reading', paint });
  const [open, close] = bidi === 'marks' ? [LRM, LRM] : [LRI, PDI];
  const isMarked = ({ ltr, style }: Piece): boolean => rtl && ltr && (bidi !== 'logical' || style === 'code');
  const marked = line
    .map((piece) => {
      const own = paint(piece.text, piece.style);
      return isMarked(piece) ? `${open}${own}${close}` : own;
    })
    .join('');
  return rtl && bidi === 'terminal' ? `${RLI}${marked}${PDI}` : marked;
}
