/** The few styles the program uses, all from the 16 colours a terminal theme controls. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
  cyan(text: string): string;
}

const same = (text: string): string => text;

const plainPalette: Palette = {
  bold: same,
  dim: same,
  green: same,
  yellow: same,
  red: same,
  cyan: same,
};

export type ColorSetting = 'always' | 'never' | 'auto';

/**
 * Whether one stream is coloured: the flag, then `NO_COLOR` (any non-empty value), `FORCE_COLOR`, `TERM=dumb`,
 * then whether it is a terminal. Chalk knows neither the order nor `NO_COLOR`, so it is never asked.
 */
export function wantsColor(
  setting: ColorSetting | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (setting === 'always') return true;
  if (setting === 'never') return false;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env['TERM'] === 'dumb') return false;
  return isTTY;
}

/** The palette of one stream. Chalk is loaded only when there is something to colour. */
export async function openPalette(colored: boolean): Promise<Palette> {
  if (!colored) return plainPalette;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    green: (text) => chalk.green(text),
    yellow: (text) => chalk.yellow(text),
    red: (text) => chalk.red(text),
    cyan: (text) => chalk.cyan(text),
  };
}
