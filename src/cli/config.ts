import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from './errors.ts';

/** What `payintent config` keeps. */
export interface Config {
  readonly testKey?: string;
  readonly apiBase?: string;
  readonly state?: string;
  readonly color?: 'always' | 'never' | 'auto';
  /** Language of the lessons. */
  readonly lang?: 'ar' | 'en';
}

const configFileName = 'config.json';

export function configPath(directory: string): string {
  return join(directory, configFileName);
}

/**
 * Reads the configuration; an absent file is an empty one. Plain JSON, read at once, on purpose: every command
 * does it, and loading `conf` (or even `fs/promises`) takes longer than the rest of a command. Writing goes through `config-store.ts`.
 */
export function readConfig(directory: string): Config {
  const path = configPath(directory);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return {};
    throw new CliError('CONFIG_UNREADABLE', `Can't read ${path}`, { why: String(error), cause: error });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new CliError('CONFIG_UNREADABLE', `${path} is not valid JSON`, {
      // The parser's own message quotes the text around the mistake, which may be a key.
      fix: ['Correct the file, or delete it and run `payintent config set-key` again'],
      cause: error,
    });
  }
  return readSettings(parsed);
}

/** The configuration, or an empty one where it cannot be read: for the command that says why. */
export function readAnyConfig(directory: string): Config {
  try {
    return readConfig(directory);
  } catch (error) {
    if (error instanceof CliError) return {};
    throw error;
  }
}

function readSettings(parsed: unknown): Config {
  if (typeof parsed !== 'object' || parsed === null) return {};
  const value = (name: string): string | undefined => {
    const found: unknown = Reflect.get(parsed, name);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const testKey = value('testKey');
  const apiBase = value('apiBase');
  const state = value('state');
  const color = value('color');
  const lang = value('lang');
  return {
    ...(testKey === undefined ? {} : { testKey }),
    ...(apiBase === undefined ? {} : { apiBase }),
    ...(state === undefined ? {} : { state }),
    ...(color === 'always' || color === 'never' || color === 'auto' ? { color } : {}),
    ...(lang === 'ar' || lang === 'en' ? { lang } : {}),
  };
}

/** Permission bits of the file, undefined where there is none or the system has no such thing. */
export function configMode(directory: string, platform: string): number | undefined {
  if (platform === 'win32') return undefined;
  try {
    return statSync(configPath(directory)).mode & 0o777;
  } catch {
    return undefined;
  }
}
