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

/** Without any colour. */
export const plainPalette: Palette = {
  bold: same,
  dim: same,
  green: same,
  yellow: same,
  red: same,
  cyan: same,
};

export type ColorSetting = 'always' | 'never' | 'auto';

export interface ColorChoice {
  readonly colored: boolean;
  /** What decided: a flag, a variable, the stream. */
  readonly why: string;
}

/**
 * Whether one stream is coloured: the flag, then `NO_COLOR` (any non-empty value), `FORCE_COLOR`, `TERM=dumb`,
 * then whether it is a terminal. Chalk knows neither the order nor `NO_COLOR`, so it is never asked.
 */
export function chooseColor(
  setting: ColorSetting | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): ColorChoice {
  if (setting === 'always' || setting === 'never') return { colored: setting === 'always', why: setting };
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return { colored: false, why: 'NO_COLOR' };
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '')
    return { colored: forced !== '0' && forced !== 'false', why: 'FORCE_COLOR' };
  if (env['TERM'] === 'dumb') return { colored: false, why: 'TERM=dumb' };
  return { colored: isTTY, why: isTTY ? 'a terminal' : 'no terminal' };
}

export function wantsColor(
  setting: ColorSetting | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  return chooseColor(setting, env, isTTY).colored;
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
