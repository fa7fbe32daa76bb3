import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

type Host = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDirectory: string;
  readonly platform: string;
};

/** Where Stripe's own CLI is: as `PAYINTENT_STRIPE_CLI` says, or on the PATH. It is not started: that would change files. */
export function findStripeCli({ env, cwd, platform }: Host): string | undefined {
  const named = env['PAYINTENT_STRIPE_CLI']?.trim() || 'stripe';
  if (isAbsolute(named) || named.includes('/'))
    return runnable(resolve(cwd, named)) ? resolve(cwd, named) : undefined;
  const ends = platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const end of ends) {
      const path = join(resolve(cwd, folder), named + end);
      if (runnable(path)) return path;
    }
  }
  return undefined;
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** One profile of the configuration of Stripe's CLI, as `stripe login` writes it (known from its source). */
export interface StripeCliLogin {
  readonly path: string;
  readonly profile: string;
  readonly accountId: string | undefined;
  readonly displayName: string | undefined;
  readonly testKey: string | undefined;
  readonly publishableKey: string | undefined;
  /** `2026-11-22`: the last day of the test-mode key. */
  readonly expires: string | undefined;
}

const MOST_BYTES = 1024 * 1024;

/** Reads who is logged in. Undefined where nobody is. @throws the file system's error */
export function readStripeCliLogin({ env, homeDirectory }: Host): StripeCliLogin | undefined {
  const folder = env['XDG_CONFIG_HOME'] || join(homeDirectory, '.config');
  const path = join(folder, 'stripe', 'config.toml');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // A pipe would keep its reader waiting.
  if (!found.isFile() || found.size > MOST_BYTES)
    throw Object.assign(new Error(`${path} is not read`), { code: found.isFile() ? 'too large' : 'no file' });
  const profile = env['STRIPE_PROJECT_NAME']?.trim() || 'default';
  const fields = fieldsOf(readFileSync(path, 'utf8'), profile);
  const login = {
    path,
    profile,
    accountId: fields.get('account_id'),
    displayName: fields.get('display_name'),
    testKey: fields.get('test_mode_api_key') ?? fields.get('secret_key') ?? fields.get('api_key'),
    publishableKey: fields.get('test_mode_pub_key') ?? fields.get('publishable_key'),
    expires: fields.get('test_mode_key_expires_at'),
  };
  return login.accountId === undefined && login.testKey === undefined ? undefined : login;
}

/** The texts of one table of a TOML file: `[default]`, or `[profiles.default]` as newer versions write it. */
function fieldsOf(toml: string, profile: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let inside = false;
  for (const line of toml.split(/\r?\n/)) {
    const [, table] = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line) ?? [];
    if (table !== undefined) {
      const name = table.replace(/["'\s]/g, '');
      const wanted = profile.replace(/["'\s]/g, '');
      inside = name === wanted || name === `profiles.${wanted}`;
      continue;
    }
    const [, name, single, double] =
      /^\s*"?([\w-]+)"?\s*=\s*(?:'([^']*)'|"((?:[^"\\]|\\.)*)")/.exec(line) ?? [];
    const value = (single ?? double ?? '').trim();
    if (inside && name !== undefined && value !== '') fields.set(name, value);
  }
  return fields;
}
