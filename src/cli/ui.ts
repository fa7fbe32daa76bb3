import type { Palette } from './palette.ts';

/** What a view may know about the terminal it is drawn for. */
export interface Ui {
  /** Columns to fill at most; lines with an id, a URL or a command may be longer. */
  readonly width: number;
  readonly color: Palette;
  /** Milliseconds since the epoch, for relative times. */
  readonly now: number;
  readonly showSecrets: boolean;
  /** True under `ACCESSIBLE`: no glyph without its word. */
  readonly accessible: boolean;
}

/** Narrower than this and tables become label and value rows. */
export const narrow = 60;
