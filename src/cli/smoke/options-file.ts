import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../errors.ts';
import type { OptionSpec } from '../spec.ts';
import { didYouMean } from '../suggest.ts';

/** Read where it lies in the working directory and no other is named. */
const DEFAULT_FILE = 'smoke.yaml';

/** What belongs on the command line or into the environment. */
const NOT_HERE: Readonly<Record<string, string>> = {
  offline: 'Whether a run goes offline is said on the command line, so that no pipeline passes by accident.',
  test: 'Where a run goes is said on the command line.',
  'webhook-secret': 'A secret does not belong into a file of options: set PAYINTENT_WEBHOOK_SECRET.',
  options: 'One file does not name another.',
  sweep: 'Cleaning up is asked for on the command line.',
  list: 'Listing is asked for on the command line.',
};

/**
 * The words that the options in a file stand for: `currency: eur` is `--currency eur`. None where no file is named and
 * there is none. Throws `FILE_UNREADABLE`, `FLAG_INVALID`.
 */
export async function optionWords(
  named: string | undefined,
  cwd: string,
  options: readonly OptionSpec[],
): Promise<readonly string[]> {
  const file = named ?? DEFAULT_FILE;
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (named === undefined && code === 'ENOENT') return [];
    throw new CliError('FILE_UNREADABLE', `Can't read --options ${file}`, { why: code, cause: error });
  }
  const words: string[] = [];
  for (const [name, value] of entriesOf(text, file)) {
    const option = options.find((one) => one.name === name);
    const reason = Object.hasOwn(NOT_HERE, name) ? NOT_HERE[name] : undefined;
    if (option === undefined || reason !== undefined) {
      throw new CliError('FLAG_INVALID', `${file} cannot hold ${JSON.stringify(name)}`, {
        why:
          reason ??
          didYouMean(
            name,
            options.map((one) => one.name),
          ) ??
          'It holds the flags of smoke, without dashes.',
        fix: ['payintent smoke --help'],
      });
    }
    words.push(`--${name}=${value.join(',')}`);
  }
  return words;
}

/**
 * The part of YAML that options need: `name: value`, `name: [a, b]`, lists of `- a` below a name, quotes and comments.
 * Throws `FLAG_INVALID` for the rest.
 */
function entriesOf(text: string, file: string): readonly (readonly [string, readonly string[]])[] {
  const entries: [string, string[]][] = [];
  let open: string[] | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = withoutComment(line).trimEnd();
    if (bare.trim() === '' || bare === '---') continue;
    const item = /^\s*-\s+(.+)$/.exec(bare);
    const pair = /^([a-z][a-z-]*)\s*:(?:\s+(.*))?$/.exec(bare);
    if (item !== null && open !== undefined) open.push(scalar(item[1] ?? ''));
    else if (pair !== null) {
      const value = (pair[2] ?? '').trim();
      const values = listOf(value);
      entries.push([pair[1] ?? '', values]);
      open = value === '' ? values : undefined;
    } else {
      throw new CliError('FLAG_INVALID', `${file}, line ${index + 1} is not understood`, {
        why: 'Lines look like currency: eur, or only: [payment, decline].',
      });
    }
  }
  return entries;
}

function listOf(value: string): string[] {
  if (value === '') return [];
  const list = /^\[(.*)\]$/.exec(value);
  if (list === null) return [scalar(value)];
  return (list[1] ?? '')
    .split(',')
    .map((one) => scalar(one.trim()))
    .filter((one) => one !== '');
}

function scalar(text: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(text.trim());
  return quoted === null ? text.trim() : (quoted[2] ?? '');
}

/** A # begins a comment at the start of a line or behind a space, outside of quotes. */
function withoutComment(line: string): string {
  const found = /^((?:"[^"]*"|'[^']*'|[^"'#]|(?<=\S)#)*)(?:^|\s)#/.exec(line);
  return found === null ? (/^\s*#/.test(line) ? '' : line) : (found[1] ?? '');
}
