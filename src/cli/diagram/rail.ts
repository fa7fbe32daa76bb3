import { actionsBetween, actionWords, type Machine, nextStatuses } from '../../domain/machine.ts';
import { padEnd, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { paintStatus } from '../views/lifecycle.ts';

export interface RailOptions {
  /** The status it has now; undefined before there is anything. */
  readonly now: string | undefined;
  /** Statuses it has had. */
  readonly seen: readonly string[];
}

/** Columns that must be left for the words beside an arrow; with fewer, there are none. */
const LEAST_WORDS = 12;

/**
 * The statuses below one another: the present one marked, those it has had ticked, and a rail from the present one to
 * each that one move can lead to, with what leads there.
 */
export function drawRail(machine: Machine, { now, seen }: RailOptions, ui: Ui): string {
  const { statuses } = machine;
  const width = Math.max(...statuses.map((status) => status.length));
  const at = now === undefined ? -1 : statuses.indexOf(now);
  const targets = now === undefined ? [] : nextStatuses(machine, now).map((to) => statuses.indexOf(to));
  const rows = at < 0 ? [] : [at, ...targets];
  const span = { first: Math.min(...rows), last: Math.max(...rows) };
  const lines = statuses.flatMap((status, row) => {
    const mark = row === at ? '●' : seen.includes(status) ? '✓' : ' ';
    const painted =
      row === at
        ? ui.color.bold(paintStatus(status, status, ui))
        : targets.includes(row)
          ? status
          : ui.color.dim(status);
    const name = `  ${mark} ${padEnd(painted, width)}`;
    const rail = railAt(row, at, targets, span);
    const left = ui.width - (width + 4) - rail.length - 1;
    const words =
      now === undefined || (!targets.includes(row) && row !== at)
        ? ''
        : row === at && targets.length === 0
          ? 'the end'
          : actionsBetween(machine, now, status).map(actionWords).join(', ');
    if (ui.accessible)
      return accessibleLines(status, { now: row === at, next: targets.includes(row) }, words, ui);
    if (words === '' || left < LEAST_WORDS) return [`${name}${ui.color.dim(rail)}`.trimEnd()];
    const [first = '', ...more] = wrap(words, left);
    const below = `${' '.repeat(width + 4)}${row < span.last ? '    │ ' : '      '}`;
    return [
      `${name}${ui.color.dim(rail)} ${ui.color.dim(first)}`,
      ...more.map((line) => ui.color.dim(`${below}${line}`)),
    ];
  });
  return lines.join('\n');
}

function accessibleLines(
  status: string,
  is: { now: boolean; next: boolean },
  words: string,
  ui: Ui,
): string[] {
  const notes = [is.now ? 'now' : '', is.next ? `${is.now ? 'again' : 'next'} by ${words}` : ''].filter(
    (note) => note !== '',
  );
  const text = notes.length === 0 ? status : `${status} (${notes.join('; ')})`;
  return wrap(text, ui.width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

function railAt(
  row: number,
  at: number,
  targets: readonly number[],
  { first, last }: { first: number; last: number },
): string {
  if (at < 0 || targets.length === 0 || row < first || row > last) return '';
  if (first === last) return ' ↺';
  const isTarget = targets.includes(row);
  const joint = row === first ? '┐' : row === last ? '┘' : '┤';
  if (row === at) return `${isTarget ? ' ◀──' : ' ───'}${joint}`;
  return isTarget ? ` ◀──${joint}` : '    │';
}
