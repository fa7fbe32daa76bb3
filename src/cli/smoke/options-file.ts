import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../errors.ts';
import type { OptionSpec } from '../spec.ts';
import { didYouMean } from '../suggest.ts';
import { unreadable } from '../unreadable.ts';

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

export interface OptionWords {
  readonly file: string;
  readonly words: readonly string[];
}

/**
 * The words that the options in a file stand for: `currency: eur` is `--currency eur`. None where no file is named and
 * there is none. Throws `FILE_UNREADABLE`, `FLAG_INVALID`.
 */
export async function optionWords(
  named: string | undefined,
  cwd: string,
  options: readonly OptionSpec[],
): Promise<OptionWords> {
  const file = named ?? DEFAULT_FILE;
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (named === undefined && code === 'ENOENT') return { file, words: [] };
    throw unreadable(`--options ${file}`, error);
  }
  const words: string[] = [];
  // Its parser is loaded where there is a file only.
  const { readOptionEntries } = await import('../../smoke/option-entries.ts');
  const read = readOptionEntries(text);
  if (!read.ok) {
    throw new CliError('FLAG_INVALID', `${file}, line ${read.line} is not understood`, {
      why: 'Lines look like currency: eur, or only: [payment, decline].',
    });
  }
  for (const [name, value] of read.entries) {
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
  return { file, words };
}
