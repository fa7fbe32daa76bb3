import { visibleWidth } from '../text.ts';

/** A command line, as lessons write them: what a shell takes, and can be gone on with in the next line. */
export const isCommand = (code: string): boolean => /^(?:[A-Z]+=\$\()?(?:payintent|curl) /.test(code);

/**
 * A command line, or a part of one, as lines of at most `width` columns that a shell reads as that one. A flag stays with
 * its value where both fit; a word is never broken, and may be wider.
 */
export function foldCommand(line: string, width: number): string[] {
  if (visibleWidth(line) <= width) return [line];
  const [indent = ''] = /^ */.exec(line) ?? [];
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const goesOn = words.at(-1) === '\\';
  const units = unitsOf(goesOn ? words.slice(0, -1) : words);
  const further = `${indent}  `;
  const parts = units.flatMap((unit, index) => {
    const whole = unit.join(' ');
    const isLast = !goesOn && index === units.length - 1;
    return visibleWidth(further + whole) + (isLast ? 0 : SIGN.length) > width ? unit : [whole];
  });
  const lines: string[] = [];
  let current = indent;
  for (const [index, part] of parts.entries()) {
    const joined = current.trim() === '' ? current + part : `${current} ${part}`;
    const isLast = !goesOn && index === parts.length - 1;
    if (current.trim() !== '' && visibleWidth(joined) + (isLast ? 0 : SIGN.length) > width) {
      lines.push(current);
      const room = width - visibleWidth(part) - (isLast ? 0 : SIGN.length);
      current = further.slice(0, Math.max(0, room)) + part;
    } else current = joined;
  }
  lines.push(current);
  return lines.map((one, index) => (goesOn || index < lines.length - 1 ? one + SIGN : one));
}

/** What says that a line goes on. */
const SIGN = ' \\';

/** A flag with its value is one unit. */
function unitsOf(words: readonly string[]): string[][] {
  const units: string[][] = [];
  for (const word of words) {
    const last = units.at(-1);
    if (last?.length === 1 && /^--?[a-z]/i.test(last[0] ?? '') && !word.startsWith('-')) last.push(word);
    else units.push([word]);
  }
  return units;
}
