import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProgramName, ProgramVersion } from './exercise.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { shippedText } from './programs.ts';

/** Whether the learner's copy is there, and what it holds: one of the versions, or something of the learner's own. */
type CopyState = ProgramVersion | 'changed' | 'missing';

/** Where the learner's copy of a program is. */
export function copyOf(directory: string, program: ProgramName): string {
  return join(directory, `${program}.mjs`);
}

/** @throws the file system's error, unless there is no file */
async function copyState(directory: string, program: ProgramName): Promise<CopyState> {
  const text = await textOf(copyOf(directory, program));
  if (text === undefined) return 'missing';
  for (const version of ['start', 'mended'] as const) {
    if (text === (await shippedText(program, version))) return version;
  }
  return 'changed';
}

/**
 * Writes the start version where there is no copy yet; a copy that is there is left alone. Answers what is there
 * afterwards, and whether it was written now. @throws the file system's error
 */
export async function placeCopy(
  directory: string,
  program: ProgramName,
): Promise<{ readonly file: string; readonly state: CopyState; readonly written: boolean }> {
  const file = copyOf(directory, program);
  const state = await copyState(directory, program);
  if (state !== 'missing') return { file, state, written: false };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await shippedText(program, 'start'), { flag: 'wx' });
  return { file, state: 'start', written: true };
}

/**
 * Puts a version in the place of the copy. What the learner had written goes into a file beside it, whose path is the
 * answer; undefined where nothing of the learner's own was there. @throws the file system's error
 */
export async function putVersion(
  directory: string,
  program: ProgramName,
  version: ProgramVersion,
): Promise<string | undefined> {
  const file = copyOf(directory, program);
  const own = (await copyState(directory, program)) === 'changed' ? await textOf(file) : undefined;
  const beside = own === undefined ? undefined : await keepBeside(directory, program, own);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await shippedText(program, version));
  return beside;
}

async function keepBeside(directory: string, program: ProgramName, text: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const file = join(directory, `${program}.yours-${number}.mjs`);
    try {
      await writeFile(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if ((await textOf(file)) === text) return file;
    }
  }
}

/** What differs between the learner's copy and a version as it was shipped: `+` is what the version has. */
export async function differences(
  directory: string,
  program: ProgramName,
  version: ProgramVersion,
): Promise<readonly DiffLine[]> {
  const own = (await textOf(copyOf(directory, program))) ?? '';
  return lineDiff(own, await shippedText(program, version));
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
