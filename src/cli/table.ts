import { cell } from './output.ts';
import { labelledWhole, padEnd, visibleWidth } from './text.ts';
import type { Ui } from './ui.ts';
import { type Row, valueAt } from './view.ts';

export interface Column {
  readonly title: string;
  /** Already painted; the title is painted by the table. */
  text(row: Row): string;
  readonly align?: 'left' | 'right';
  /** Columns with the highest number leave first when the terminal is narrow; 0 never leaves. */
  readonly drop: number;
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * A borderless table that fits the terminal by leaving out columns, never by cutting cells; where even the columns that
 * must stay do not fit, each row becomes labels and values, or what `narrow` makes of it.
 */
export async function table<R extends Row>(
  rows: readonly R[],
  columns: readonly Column[],
  ui: Ui,
  narrow?: (row: R) => string,
): Promise<string> {
  let kept = [...columns];
  while (widthOf(rows, kept) > ui.width && kept.some((column) => column.drop > 0)) {
    const most = Math.max(...kept.map((column) => column.drop));
    kept = kept.filter((column) => column.drop !== most);
  }
  if (widthOf(rows, kept) > ui.width)
    return narrow === undefined ? stacked(rows, columns, ui) : rows.map(narrow).join('\n');
  const { default: Table } = await import('cli-table3');
  const drawn = new Table({
    head: kept.map((column) => ui.color.dim(column.title)),
    colAligns: kept.map((column) => column.align ?? 'left'),
    chars: noLines,
    // The library colours headers and borders on its own account, even in a pipe.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  for (const row of rows) drawn.push(kept.map((column) => column.text(row)));
  return trimEnds(drawn.toString());
}

/** The table of `--fields`: exactly these columns, as text. */
export function fieldTable(rows: readonly Row[], fields: readonly string[], ui: Ui): Promise<string> {
  const columns = fields.map(
    (field): Column => ({
      title: field,
      text: (row) => {
        const value = valueAt(row, field);
        const secret = field.endsWith('client_secret') && !ui.showSecrets && typeof value === 'string';
        return secret ? value.replace(/_secret_.*/, '_secret_***') : cell(field, value);
      },
      drop: 0,
    }),
  );
  return table(rows, columns, ui);
}

function widthOf(rows: readonly Row[], columns: readonly Column[]): number {
  const widths = columns.map((column) =>
    Math.max(visibleWidth(column.title), ...rows.map((row) => visibleWidth(column.text(row)))),
  );
  return widths.reduce((sum, width) => sum + width, 0) + 2 * Math.max(0, columns.length - 1);
}

function stacked(rows: readonly Row[], columns: readonly Column[], ui: Ui): string {
  const width = Math.max(...columns.map((column) => visibleWidth(column.title)));
  return rows
    .map((row) =>
      columns
        .map((column) => ({ title: column.title, text: column.text(row) }))
        .filter(({ text }) => text !== '')
        .map(({ title, text }) => labelledWhole(padEnd(title, width + 1), text, ui.color.dim))
        .join('\n'),
    )
    .join('\n\n');
}

function trimEnds(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
