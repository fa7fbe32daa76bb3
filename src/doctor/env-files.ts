import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type SecretKind = 'publishable' | 'secret' | 'webhook';

/** A variable of a `.env` file that holds a key of Stripe's. */
export interface EnvSecret {
  readonly name: string;
  readonly value: string;
  readonly kind: SecretKind;
  readonly live: boolean;
}

export interface EnvFile {
  /** Without its folder. */
  readonly name: string;
  readonly secrets: readonly EnvSecret[];
  /** Why it was not read. */
  readonly problem: string | undefined;
}

const MOST_FILES = 40;
const MOST_BYTES = 1024 * 1024;

/** Files that are kept with the code and show how the real ones look. Nobody uses what is in them. */
const EXAMPLE = /(?:example|sample|template|dist|defaults?)$/i;

/** The keys in `.env*` files of a folder, but for examples; all else in them is forgotten at once. Never throws. */
export function readEnvFiles(directory: string): EnvFile[] {
  let names: string[];
  try {
    names = readdirSync(directory).filter((name) => name.startsWith('.env'));
  } catch {
    return [];
  }
  return names
    .sort()
    .slice(0, MOST_FILES)
    .flatMap((name) => readOne(directory, name) ?? []);
}

function readOne(directory: string, name: string): EnvFile | undefined {
  const path = join(directory, name);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    // A pipe under this name, as password managers make them, would keep its reader waiting.
    if (found?.isFile() !== true) return undefined;
    if (found.size > MOST_BYTES) return { name, secrets: [], problem: 'too large' };
    const secrets = secretsIn(readFileSync(path, 'utf8'));
    // A live-mode key in an example is worth a word all the same.
    const kept = EXAMPLE.test(name) ? secrets.filter(({ live }) => live) : secrets;
    return { name, secrets: kept, problem: undefined };
  } catch (error) {
    return { name, secrets: [], problem: codeOf(error) };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';

const LINE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*[=:][ \t]*(.*)$/gm;

/** What stands for a key in examples. */
const PLACEHOLDER = /^(x+|\*+|(your|replace|change|insert|todo|example|placeholder).*)$/i;

function secretsIn(text: string): EnvSecret[] {
  return [...text.matchAll(LINE)].flatMap(([, name = '', written = '']) => {
    const value = unquoted(written.trim());
    const [, prefix = '', mode, rest = ''] = /^(sk|rk|pk|whsec)_(?:(test|live)_)?(\S{6,})$/.exec(value) ?? [];
    if (prefix === '' || PLACEHOLDER.test(rest) || (prefix !== 'whsec' && mode === undefined)) return [];
    const kind = prefix === 'whsec' ? 'webhook' : prefix === 'pk' ? 'publishable' : 'secret';
    return [{ name, value, kind, live: prefix !== 'whsec' && mode === 'live' }];
  });
}

function unquoted(text: string): string {
  const [, inner] =
    /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`)/.exec(text)?.filter((part) => part !== undefined) ?? [];
  return (inner ?? text.replace(/\s#.*$/, '')).trim();
}
