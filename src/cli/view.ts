import type { Ui } from './ui.ts';

export type Row = Readonly<Record<string, unknown>>;

/**
 * How an answer looks. `human` is for terminals; `rows` are the same facts one record a line, for pipes, `--fields`
 * and `-q`. Both are functions of the data alone.
 */
export interface View {
  human(ui: Ui): string | Promise<string>;
  readonly rows: readonly Row[];
  /** Dotted paths of the tab-separated form. */
  readonly columns: readonly string[];
  /** The column `-q` prints; `id` unless said otherwise. */
  readonly key?: string;
  /** True for text to read (help, explanations, scripts): a pipe gets the same words as a terminal. */
  readonly prose?: boolean;
}

/** A view of words only, the same for terminals and pipes. */
export function proseView(human: (ui: Ui) => string | Promise<string>): View {
  return { human, rows: [], columns: [], prose: true };
}

/** Reads a dotted path (`last_payment_error.code`, `items.0.id`) out of a value; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const step of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}
