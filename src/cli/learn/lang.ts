import type { Lang } from '../../lessons/text.ts';
import type { Config } from '../config.ts';
import type { OptionSpec } from '../spec.ts';

/** The option of every command that speaks both languages. */
export const langOption: OptionSpec = {
  name: 'lang',
  kind: 'text',
  value: 'language',
  choices: ['en', 'ar'],
  summary: 'en or ar; as the configuration or the locale says unless given',
  common: true,
};

/** What came as flags, as it was typed. */
export interface TypedLang {
  readonly lang: string | undefined;
  readonly bidi: string | undefined;
}

/** A command of `learn` to type next, with the flags that this one had: without them it would speak another language. */
export function inSameLang(command: string, typed: TypedLang): string {
  const flags = [
    typed.lang === undefined ? [] : ['--lang', typed.lang],
    typed.bidi === undefined ? [] : ['--bidi', typed.bidi],
  ];
  return [command, ...flags.flat()].join(' ');
}

/** The language to speak: what the flag says, then the configuration, then the locale. */
export function chooseLang(
  flag: string | undefined,
  config: Pick<Config, 'lang'>,
  env: Readonly<Record<string, string | undefined>>,
): Lang {
  if (flag === 'ar' || flag === 'en') return flag;
  if (config.lang !== undefined) return config.lang;
  // POSIX: the first of these that is set and not empty decides.
  const locale = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => env[name]).find(Boolean) ?? '';
  return /^ar(?:[_.@-]|$)/i.test(locale) ? 'ar' : 'en';
}
