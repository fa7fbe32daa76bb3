import bidiFactory, { type Bidi } from 'bidi-js';
import { joinLetters, type Place } from './joining.ts';
import type { Line, Paint, Piece } from './pieces.ts';

/** The package is CommonJS, whose export is the function itself; its types say so of a module only. */
const openBidi = bidiFactory as unknown as () => Bidi;

let opened: Bidi | undefined;

/** A place of the line with what it takes to put it in order and to show it. */
interface Cell extends Place {
  readonly style: Piece['style'];
  readonly rtl: boolean;
}

/** Marks around what is read left to right whatever surrounds it. */
const LRI = '\u2066';
const PDI = '\u2069';
/** Stands for a character that takes two UTF-16 units, so that every place is one unit. */
const NEUTRAL = '\ufffc';

/**
 * A line in the order of its columns, from the left: what a terminal has to be sent that only puts characters side by side.
 *
 * @param letters `joined` as joined letters in the order of the columns; `reading` in the order in which they are read, for
 * terminals that turn each word around themselves
 */
export function reorder(
  line: Line,
  { rtl, letters, paint }: { rtl: boolean; letters: 'joined' | 'reading'; paint: Paint },
): string {
  opened ??= openBidi();
  const bidi = opened;
  const { skeleton, cells } = lay(line);
  const levels = bidi.getEmbeddingLevels(skeleton, rtl ? 'rtl' : 'ltr');
  const ordered: Cell[] = [];
  for (const index of bidi.getReorderedIndices(skeleton, levels)) {
    const cell = cells[index];
    if (cell === undefined) continue;
    const isRtl = ((levels.levels[index] ?? 0) & 1) === 1;
    const mirrored = isRtl ? bidi.getMirroredCharacter(cell.base) : null;
    ordered.push({ ...cell, rtl: isRtl, form: mirrored ?? cell.form });
  }
  return paintCells(letters === 'joined' ? ordered : wordsTurned(ordered), letters, paint);
}

/** The places of a line, and a text with one unit for each that says how it is to be ordered. */
function lay(line: Line): { skeleton: string; cells: readonly (Omit<Cell, 'rtl'> | undefined)[] } {
  const text = line.map((piece) => piece.text).join('');
  const places = joinLetters(text);
  const cells: (Omit<Cell, 'rtl'> | undefined)[] = [];
  let skeleton = '';
  let next = 0;
  let end = 0;
  for (const piece of line) {
    end += piece.text.length;
    if (piece.ltr) {
      skeleton += LRI;
      cells.push(undefined);
    }
    for (let place = places[next]; place !== undefined && place.at < end; place = places[next]) {
      skeleton += place.base.length === 1 ? place.base : isLetters(place.base) ? place.base[0] : NEUTRAL;
      cells.push({ ...place, style: piece.style });
      next += 1;
    }
    if (piece.ltr) {
      skeleton += PDI;
      cells.push(undefined);
    }
  }
  return { skeleton, cells };
}

/** Two letters in one place, and no surrogates. */
const isLetters = (base: string): boolean => /^\p{L}{2}$/u.test(base);

/** Turns each run of right-to-left letters back into the order in which it is read. */
function wordsTurned(cells: readonly Cell[]): Cell[] {
  const turned: Cell[] = [];
  let run: Cell[] = [];
  for (const cell of cells) {
    if (cell.rtl && /\p{Script=Arabic}|[،؛؟]/u.test(cell.base)) run.unshift(cell);
    else {
      turned.push(...run, cell);
      run = [];
    }
  }
  return [...turned, ...run];
}

function paintCells(cells: readonly Cell[], letters: 'joined' | 'reading', paint: Paint): string {
  let text = '';
  let run = '';
  let style: Piece['style'] = 'plain';
  for (const cell of cells) {
    if (cell.style !== style) {
      text += run === '' ? '' : paint(run, style);
      run = '';
      style = cell.style;
    }
    const isMirrored = cell.form !== cell.base && cell.base.length === 1 && !/\p{L}/u.test(cell.base);
    run += (letters === 'joined' || isMirrored ? cell.form : cell.base) + cell.marks;
  }
  return text + (run === '' ? '' : paint(run, style));
}
