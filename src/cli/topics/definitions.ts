import { padEnd, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';

export type Definition = readonly [term: string, text: string];

const widestTerm = 26;
const leastText = 26;

/** Terms and their texts in two columns, or below each other where the terminal is narrow or the terms are long. */
export function definitions(
  pairs: readonly Definition[],
  ui: Ui,
  paint: (term: string) => string = (t) => t,
): string {
  const longest = Math.max(0, ...pairs.map(([term]) => term.length));
  const column = Math.min(longest, widestTerm) + 2;
  const room = ui.width - 2 - column;
  return pairs
    .flatMap(([term, text]) => {
      const lines = wrap(text, room >= leastText ? room : Math.max(20, ui.width - 4));
      if (room < leastText) return [`  ${paint(term)}`, ...lines.map((line) => `    ${line}`)];
      if (term.length > column - 2)
        return [`  ${paint(term)}`, ...lines.map((line) => ' '.repeat(2 + column) + line)];
      return lines.map((line, index) => `  ${padEnd(index === 0 ? paint(term) : '', column)}${line}`);
    })
    .join('\n');
}

/** A heading with what stands below it. */
export function section(title: string, body: string, ui: Ui): string {
  return `${ui.color.bold(title)}\n${body}`;
}

/** Wrapped text, indented by two. */
export function paragraph(text: string, ui: Ui): string {
  return wrap(text, ui.width - 2)
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
