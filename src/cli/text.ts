/** Takes no column: marks above and below letters, invisible signs. */
const NO_COLUMN = /[\p{Mn}\p{Me}\p{Cf}]/u;
const TWO_COLUMNS =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u;

/** Columns a text takes on a terminal. Escape sequences and marks on letters take none, wide characters two. */
export function visibleWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  let width = 0;
  for (const character of plain) {
    if (character <= '~') width += 1;
    else width += NO_COLUMN.test(character) ? 0 : TWO_COLUMNS.test(character) ? 2 : 1;
  }
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)));
}

/**
 * Breaks text into lines of at most `width` columns between words. A word is never cut, so an id or a URL longer than
 * the line gets a line of its own. Words inside backquotes stay together as far as they fit.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => flow(paragraph.split(' '), ' ', width));
}

/** Joins pieces with a separator, starting a new line where the next piece would not fit. */
export function flow(pieces: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const piece of pieces) {
    const joined: string = line === undefined ? piece : `${line}${separator}${piece}`;
    if (line !== undefined && visibleWidth(joined) > width) {
      lines.push(line.trimEnd());
      line = separator.trim() === '' ? piece : `${separator.trimStart()}${piece}`;
    } else line = joined;
  }
  lines.push((line ?? '').trimEnd());
  return lines;
}

const labelWidth = 10;

/** A row of the fixed layout: two columns of gutter, the label, the text, wrapped under itself. */
export function labelled(
  label: string,
  text: string,
  width: number,
  paint: (label: string) => string = (l) => l,
): string {
  return besideLabel(label, wrap(text, roomBeside(width)), paint);
}

/** A labelled row of parts with two spaces between. None is cut: one that does not fit begins a line of its own. */
export function labelledParts(
  label: string,
  parts: readonly string[],
  width: number,
  paint: (label: string) => string = (l) => l,
): string {
  return besideLabel(label, flow(parts, '  ', roomBeside(width)), paint);
}

const roomBeside = (width: number): number => Math.max(16, width - 2 - labelWidth);

function besideLabel(
  label: string,
  [first = '', ...rest]: readonly string[],
  paint: (label: string) => string,
): string {
  return [
    `  ${padEnd(paint(label), labelWidth)}${first}`,
    ...rest.map((line) => ' '.repeat(2 + labelWidth) + line),
  ].join('\n');
}

/** A labelled row whose text must stay on one line: an id, a URL, a command. */
export function labelledWhole(
  label: string,
  text: string,
  paint: (label: string) => string = (l) => l,
): string {
  return `  ${padEnd(paint(label), labelWidth)}${text}`;
}

/** `1 event`, `2 events`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
