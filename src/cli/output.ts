import { CliError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import type { CommandSpec, Result } from './spec.ts';
import { didYouMean } from './suggest.ts';
import type { Ui } from './ui.ts';
import { type Row, type View, valueAt } from './view.ts';

/** How stdout is written: for people, for `cut` and `awk`, or for JSON parsers. */
export type OutputMode = 'human' | 'json' | 'jsonl' | 'lines';

export function outputMode(globals: GlobalOptions, isTTY: boolean): OutputMode {
  if (globals.json) return 'json';
  if (globals.jsonl) return 'jsonl';
  if (globals.quiet || !isTTY) return 'lines';
  return 'human';
}

/** Refuses `--fields` that the answer cannot have, before anything is sent. Throws `FIELD_UNKNOWN`. */
export function checkFields(spec: CommandSpec, fields: readonly string[]): void {
  if (fields.length === 0) return;
  const known = spec.fields;
  if (known === undefined) {
    throw new CliError('FIELD_UNKNOWN', `${spec.name} answers no record with fields`, {
      why: '--fields works on objects and lists.',
    });
  }
  for (const field of fields) {
    const [root = ''] = field.split('.');
    if (known.includes(root)) continue;
    const near = didYouMean(root, known);
    throw new CliError('FIELD_UNKNOWN', `${spec.name} has no field ${JSON.stringify(field)}`, {
      why: `${near === undefined ? '' : `${near} `}The fields are ${known.join(', ')}.`,
      details: { fields: known },
    });
  }
}

/** The whole of stdout for one result, with its last line break; empty when there is nothing to say. */
export async function renderResult(
  result: Result,
  globals: GlobalOptions,
  mode: OutputMode,
  ui: Ui,
): Promise<string> {
  const { data, view } = result;
  switch (mode) {
    case 'json':
      return data === undefined ? '' : `${JSON.stringify(picked(data, globals.fields), undefined, 2)}\n`;
    case 'jsonl':
      return itemsOf(data)
        .map((item) => `${JSON.stringify(pickFields(item, globals.fields))}\n`)
        .join('');
    case 'lines':
      return view === undefined ? '' : lines(view, globals, ui);
    case 'human':
      return view === undefined ? '' : human(view, globals, ui);
  }
}

async function human(view: View, globals: GlobalOptions, ui: Ui): Promise<string> {
  if (globals.fields.length > 0) {
    const { fieldTable } = await import('./table.ts');
    return ended(await fieldTable(view.rows, globals.fields, ui));
  }
  return ended(await view.human(ui));
}

async function lines(view: View, globals: GlobalOptions, ui: Ui): Promise<string> {
  if (view.prose === true && !globals.quiet && globals.fields.length === 0)
    return ended(await view.human(ui));
  const columns =
    globals.fields.length > 0 ? globals.fields : globals.quiet ? [view.key ?? 'id'] : view.columns;
  return view.rows.map((row) => `${tabbed(row, columns)}\n`).join('');
}

/** One record of the tab-separated form: full values, ISO times, one line whatever the values hold. */
export function tabbed(row: Row, columns: readonly string[]): string {
  return columns.map((column) => cell(column, valueAt(row, column))).join('\t');
}

const timeFields =
  /^(created|canceled_at|updated|available_on|arrival_date|expires_at|capture_before|now|due|next_attempt_at|.*_at)$/;

/** A value as text: times become ISO 8601, objects JSON, nothing an empty cell. */
export function cell(column: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  const name = column.slice(column.lastIndexOf('.') + 1);
  if (typeof value === 'number' && timeFields.test(name)) return isoTime(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** Seconds since the epoch as `2026-11-22T07:12:50Z`. */
export function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? String(seconds) : time.toISOString().replace('.000Z', 'Z');
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemsOf(data: unknown): readonly unknown[] {
  if (data === undefined) return [];
  if (Array.isArray(data)) return data;
  const inner =
    isRecord(data) && (data['object'] === 'list' || data['object'] === 'search_result')
      ? data['data']
      : undefined;
  return Array.isArray(inner) ? inner : [data];
}

/** `--fields` on JSON: an object keeps those keys, a list keeps its shape and each item those keys. */
function picked(data: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0) return data;
  if (Array.isArray(data)) return data.map((item) => pickFields(item, fields));
  const items = itemsOf(data);
  if (isRecord(data) && items[0] !== data)
    return { ...data, data: items.map((item) => pickFields(item, fields)) };
  return pickFields(data, fields);
}

function pickFields(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0) return value;
  return Object.fromEntries(fields.map((field) => [field, valueAt(value, field) ?? null]));
}
