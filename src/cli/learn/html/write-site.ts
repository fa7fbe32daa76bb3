import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../../errors.ts';
import { GENERATOR } from './document.ts';
import type { SitePage } from './site.ts';

/** A page that was written. */
export interface WrittenPage {
  /** With the directory as it was asked for. */
  readonly file: string;
  readonly lang: string;
  /** UTF-8. */
  readonly bytes: number;
}

/**
 * Writes pages into a directory, which is made where it is not there. Pages from before are written again; a file of
 * somebody else's is left alone, and then nothing at all is written.
 *
 * @param directory as asked for
 * @param resolved the same as an absolute path
 * @throws CliError `FILE_UNREADABLE`
 */
export async function writeSite(
  pages: readonly SitePage[],
  directory: string,
  resolved: string,
): Promise<WrittenPage[]> {
  const files = pages.map((page) => ({
    page,
    file: join(resolved, page.path),
    shown: join(directory, page.path),
  }));
  const found = await writing(directory, () =>
    Promise.all(files.map(async (one) => ({ ...one, foreign: await isForeign(one.file) }))),
  );
  const foreign = found.filter((one) => one.foreign).map(({ shown }) => shown);
  if (foreign.length > 0) {
    throw new CliError('FILE_UNREADABLE', `${foreign.join(', ')} was not written by payintent`, {
      why: 'Pages would take its place, and nothing else would be left of it. Nothing was written.',
      fix: ['Name another directory, or move the file away'],
    });
  }
  return writing(directory, () =>
    Promise.all(
      files.map(async ({ page, file, shown }) => {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, page.html);
        return { file: shown, lang: page.lang, bytes: Buffer.byteLength(page.html) };
      }),
    ),
  );
}

async function isForeign(file: string): Promise<boolean> {
  try {
    return !(await readFile(file, 'utf8')).includes(GENERATOR);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function writing<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const isFile = code === 'ENOTDIR' || code === 'EEXIST';
    throw new CliError('FILE_UNREADABLE', `Can't write pages into ${directory}`, {
      why: isFile ? 'It is a file, or lies below one; --html takes a directory.' : code,
      cause: error,
    });
  }
}
