import { directionRuns } from '../../lessons/latin-runs.ts';
import type { Inline } from '../../lessons/prose.ts';
import type { Palette } from '../palette.ts';
import { visibleWidth } from '../text.ts';
import { foldCommand, isCommand } from './fold-command.ts';

/** `head` is what stands before a text on its first line: a label, a dash. */
type Style = 'code' | 'head' | 'plain' | 'strong' | 'term';

/** Paints a part of a line that is in one style. */
export type Paint = (text: string, style: Style) => string;

/** Text in one style and of one direction. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
  /** True for what is read left to right wherever it stands: code, names, amounts. */
  readonly ltr: boolean;
  /** True for a part of a command in several lines: nothing else stands on its line. */
  readonly isApart?: boolean;
  /** True for a short name in several words: lines do not break in it. */
  readonly isName?: boolean;
}

/** Pieces that stand on one line: nothing between them, or spaces that are pieces themselves. */
export type Line = readonly Piece[];

export function painter(color: Palette, head: (text: string) => string = (same) => same): Paint {
  return (text, style) => {
    if (style === 'code') return color.cyan(text);
    if (style === 'strong') return color.bold(text);
    return style === 'head' ? head(text) : text;
  };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + visibleWidth(text), 0);
}

/** Cuts a text into pieces of one style and one direction each. */
export function piecesOf(content: readonly Inline[], style: Style = 'plain'): Piece[] {
  return content.flatMap((inline): Piece[] => {
    switch (inline.kind) {
      case 'code':
        return [{ text: inline.text, style: 'code', ltr: true }];
      case 'text':
        return directionRuns(inline.text).map(({ text, ltr }) => ({ text, style, ltr }));
      default:
        return piecesOf(inline.content, inline.kind === 'strong' ? 'strong' : 'term');
    }
  });
}

/**
 * Breaks pieces into lines of at most `width` columns, in the order in which they are read. Lines break at spaces, never in
 * a word, in a name or in code: code that is wider than a line gets one of its own, and a command goes on in further lines.
 *
 * @param widthOf where a line takes more columns than its text
 */
export function breakLines(
  pieces: readonly Piece[],
  width: number,
  widthOf: (line: Line) => number = lineWidth,
): Line[] {
  const lines: Line[] = [];
  let line: Piece[] = [];
  let space: Piece | undefined;
  for (const word of wordsOf(foldedCommands(pieces, width))) {
    if ('space' in word) {
      space = word.space;
      continue;
    }
    const before = line.length > 0 && space !== undefined ? [space] : [];
    // A command in several lines has these for itself.
    const isApart = [line.at(-1), ...word.pieces].some((piece) => piece?.isApart === true);
    if (line.length > 0 && (isApart || widthOf([...line, ...before, ...word.pieces]) > width)) {
      lines.push(line);
      line = [...word.pieces];
    } else line.push(...before, ...word.pieces);
    space = undefined;
  }
  lines.push(line);
  return lines;
}

/** Commands that are wider than a line in several pieces. What ends the sentence behind one would be copied with it. */
function foldedCommands(pieces: readonly Piece[], width: number): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const bare = all.at(-1)?.isApart === true ? piece.text.replace(/^[.,:;!?،؛؟]+/, '') : piece.text;
    if (bare !== '') all.push(...folded({ ...piece, text: bare }, width));
  }
  return all;
}

/** A command that is wider than a line, as several pieces with spaces between. */
function folded(piece: Piece, width: number): Piece[] {
  if (piece.style !== 'code' || !isCommand(piece.text)) return [piece];
  const [first = '', ...rest] = foldCommand(piece.text, width);
  return [
    { ...piece, text: first, isApart: rest.length > 0 },
    ...rest.flatMap((text): Piece[] => [
      { ...piece, style: 'plain', text: ' ' },
      { ...piece, text, isApart: true },
    ]),
  ];
}

type Word = { readonly pieces: readonly Piece[] } | { readonly space: Piece };

/** Words with what stands right beside them, and the spaces between. */
function wordsOf(pieces: readonly Piece[]): Word[] {
  const words: Word[] = [];
  let word: Piece[] = [];
  const end = (): void => {
    if (word.length > 0) words.push({ pieces: word });
    word = [];
  };
  for (const piece of pieces) {
    if (piece.style === 'code' || piece.isName === true) {
      word.push(piece);
      continue;
    }
    for (const part of piece.text.split(/( +)/)) {
      if (part === '') continue;
      if (part.startsWith(' ')) {
        end();
        words.push({ space: { ...piece, text: ' ' } });
      } else word.push({ ...piece, text: part });
    }
  }
  end();
  return words;
}

/** Puts pieces together again that a space had parted, so that a name of several words is one piece. */
export function mergePieces(line: Line): Piece[] {
  const merged: Piece[] = [];
  for (const piece of line) {
    const last = merged.at(-1);
    if (last !== undefined && last.style === piece.style && last.ltr === piece.ltr && piece.style !== 'code')
      merged[merged.length - 1] = { ...last, text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged;
}
