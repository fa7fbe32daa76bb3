import { actionsBetween, actionWords, type Machine, nextStatuses } from '../../domain/machine.ts';
import { escaped, STATUS_COLORS } from './markup.ts';
import type { Path } from './path.ts';

const FONT = 'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"';
/** Arabic letters join, which those of even width do badly. */
const WORDS_FONT =
  'font-family="Noto Sans Arabic, Noto Naskh Arabic, Geeza Pro, Segoe UI, Tahoma, system-ui, sans-serif"';
const NAME_WIDTH = 220;

/** Colours follow the reader's choice of light or dark, also where the picture stands alone. */
const STYLE = [
  'text{fill:#1a1f36}.number{fill:#fff}.soft{fill:#545969}.line{stroke:#c3cad8}.band{fill:#f1f3f8}.ground{fill:#fff}',
  ...Object.entries(STATUS_COLORS).map(
    ([status, [light]]) => `.${status}{fill:${light};stroke:${light}}text.${status}{stroke:none}`,
  ),
  '@media (prefers-color-scheme: dark){text{fill:#f0f2f8}.number{fill:#171b29}.soft{fill:#aab2c8}.line{stroke:#3a4157}.band{fill:#232940}.ground{fill:#171b29}',
  ...Object.entries(STATUS_COLORS).map(
    ([status, [, dark]]) => `.${status}{fill:${dark};stroke:${dark}}text.${status}{stroke:none}`,
  ),
  '}',
].join('');

interface Box {
  readonly width: number;
  readonly height: number;
  readonly title: string;
}

/** How a picture is labelled, and for whom. */
export interface Drawing {
  /** True for those who read from right to left: the names stand at the right, and time goes left. */
  readonly rtl?: boolean;
  /** What an action is called. */
  readonly actionWords?: (action: string) => string;
  /** What stands above the status that something leads out of. */
  readonly from?: string;
}

/** Places of a picture as it is thought of, from the left, and how they are drawn. */
interface Side {
  x(x: number): number;
  /** Columns to the right, in the sense of the picture. */
  readonly step: 1 | -1;
  text(x: number, y: number, content: string, extra?: string): string;
}

function sideOf(width: number, rtl: boolean): Side {
  const x = (at: number) => (rtl ? width - at : at);
  const anchor = rtl ? ' text-anchor="end"' : '';
  return {
    x,
    step: rtl ? -1 : 1,
    text: (at, y, content, extra = '') =>
      `<text x="${x(at)}" y="${y}" ${extra}${anchor}>${escaped(content)}</text>`,
  };
}

function svg({ width, height, title }: Box, parts: readonly string[]): string {
  return [
    // The direction of a page around it would move every text to the other side of its place.
    `<svg xmlns="http://www.w3.org/2000/svg" direction="ltr" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" ${FONT} font-size="13">`,
    `<title>${escaped(title)}</title><style>${STYLE}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** Rows of statuses with their names at the side, every other on a band. */
function rowsOf(
  statuses: readonly string[],
  top: number,
  heights: readonly number[],
  width: number,
  side: Side,
): string[] {
  let y = top;
  return statuses.flatMap((status, index) => {
    const height = heights[index] ?? 0;
    const middle = y + height / 2;
    const band =
      index % 2 === 0 ? [`<rect class="band" x="0" y="${y}" width="${width}" height="${height}"/>`] : [];
    y += height;
    return [...band, side.text(16, middle + 5, status, `class="${status}" font-weight="600"`)];
  });
}

/**
 * The whole machine: a row for each status, a column for each status that something leads out of, and in the cells what
 * leads from the column's status to the row's.
 */
export function machineSvg(machine: Machine, title: string, drawing: Drawing = {}): string {
  const { statuses } = machine;
  const sources = statuses.filter((status) => nextStatuses(machine, status).length > 0);
  const column = 186;
  const top = 64;
  const named = drawing.actionWords ?? actionWords;
  const words = (from: string, to: string) => actionsBetween(machine, from, to).map(named);
  const heights = statuses.map(
    (to) => 26 + 17 * Math.max(1, ...sources.map((from) => words(from, to).length)),
  );
  const middles = heights.map(
    (height, index) => top + heights.slice(0, index).reduce((sum, one) => sum + one, 0) + height / 2,
  );
  const width = NAME_WIDTH + sources.length * column + 16;
  const height = top + heights.reduce((sum, one) => sum + one, 0) + 16;
  const side = sideOf(width, drawing.rtl === true);
  const font = drawing.rtl === true ? ` ${WORDS_FONT}` : '';
  const parts = rowsOf(statuses, top, heights, width, side);
  sources.forEach((from, index) => {
    const x = NAME_WIDTH + index * column + 14;
    const own = statuses.indexOf(from);
    const rows = nextStatuses(machine, from).map((status) => statuses.indexOf(status));
    const ys = [...rows, own].map((row) => middles[row] ?? 0);
    parts.push(
      side.text(x - 6, 26, drawing.from ?? 'from', `class="soft" font-size="11"${font}`),
      side.text(x - 6, 44, from, `class="${from}" font-size="12" font-weight="600"`),
      `<line class="${from}" x1="${side.x(x)}" x2="${side.x(x)}" y1="${Math.min(...ys)}" y2="${Math.max(...ys)}" stroke-width="2"/>`,
    );
    for (const row of rows) {
      const y = middles[row] ?? 0;
      const lines = words(from, statuses[row] ?? '');
      parts.push(
        ...(row === own
          ? []
          : [`<path class="${from}" d="M ${side.x(x - 9)} ${y} l ${9 * side.step} -5 l 0 10 z"/>`]),
        ...lines.map((line, at) =>
          side.text(
            x + 12,
            y + 4 + (at - (lines.length - 1) / 2) * 17,
            line,
            `class="soft" font-size="12"${font}`,
          ),
        ),
      );
    }
    parts.push(`<circle class="${from}" cx="${side.x(x)}" cy="${middles[own] ?? 0}" r="6"/>`);
  });
  return svg({ width, height, title }, parts);
}

/** The way of one object: time goes to the right, or to the left for those who read so; statuses stand below one another, numbers are steps. */
export function pathSvg(
  { title, machine, points }: Path,
  { rtl = false }: Pick<Drawing, 'rtl'> = {},
): string {
  const { statuses } = machine;
  const row = 44;
  const column = Math.max(40, Math.min(84, Math.floor(860 / points.length)));
  const top = 16;
  const width = Math.max(NAME_WIDTH + points.length * column + 40, 900);
  const height = top + statuses.length * row + 24;
  const side = sideOf(width, rtl);
  const place = (status: string, index: number) => ({
    x: side.x(NAME_WIDTH + 30 + index * column),
    y: top + statuses.indexOf(status) * row + row / 2,
  });
  const parts = [
    ...rowsOf(
      statuses,
      top,
      statuses.map(() => row),
      width,
      side,
    ),
  ];
  const dots: string[] = [];
  let before: { x: number; y: number } | undefined;
  points.forEach(({ status, title: step, events }, index) => {
    if (status === undefined || !statuses.includes(status)) return;
    const here = place(status, index);
    if (before !== undefined) {
      const bend = (before.x + here.x) / 2;
      parts.push(
        `<path class="line" d="M ${before.x} ${before.y} C ${bend} ${before.y} ${bend} ${here.y} ${here.x} ${here.y}" fill="none" stroke-width="3"/>`,
      );
    }
    before = here;
    dots.push(
      `<g><title>${escaped(`${index + 1}. ${step}\n${status}\n${events.join('\n')}`)}</title><circle class="${status}" cx="${here.x}" cy="${here.y}" r="14"/>`,
      `<text class="number" x="${here.x}" y="${here.y + 5}" text-anchor="middle" font-weight="700">${index + 1}</text></g>`,
    );
  });
  return svg({ width, height, title }, [...parts, ...dots]);
}
