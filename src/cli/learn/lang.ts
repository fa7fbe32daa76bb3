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
