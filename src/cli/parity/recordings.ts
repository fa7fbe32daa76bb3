import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pid } from 'node:process';
import { type Recording, readRecording, recordingText } from '../../parity/recording.ts';
import { CliError } from '../errors.ts';

/** The directory that recordings go to, made where there is none. Throws `FILE_UNREADABLE`. */
export async function openRecordings(cwd: string, typed: string): Promise<string> {
  const directory = resolve(cwd, typed);
  await accessed(`--record ${typed}`, 'write', () => mkdir(directory, { recursive: true, mode: 0o700 }));
  return directory;
}

/** Writes a recording, readable by its owner only. Throws `FILE_UNREADABLE`. */
export async function keepRecording(directory: string, recording: Recording): Promise<void> {
  const file = join(directory, `${recording.scenario}.json`);
  await accessed(file, 'write', async () => {
    // In the place of what was there, be it a link: a directory that others can write to leads nowhere else.
    const draft = `${file}.${pid}.tmp`;
    await rm(draft, { force: true });
    try {
      await writeFile(draft, recordingText(recording), { mode: 0o600, flag: 'wx' });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  });
}

/** Every recording in a directory, by its scenario. Throws `FILE_UNREADABLE` for what is none, and where there is none. */
export async function readRecordings(cwd: string, typed: string): Promise<ReadonlyMap<string, Recording>> {
  const directory = resolve(cwd, typed);
  const files = await accessed(`--against ${typed}`, 'read', () => readdir(directory));
  const found = new Map<string, Recording>();
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    const text = await accessed(join(typed, file), 'read', () => readFile(join(directory, file), 'utf8'));
    const recording = readRecording(text);
    if (typeof recording === 'string') {
      throw new CliError('FILE_UNREADABLE', `Can't compare with ${join(typed, file)}`, {
        why: `${recording.charAt(0).toUpperCase()}${recording.slice(1)}.`,
        fix: [`payintent parity --test --record ${typed}`],
      });
    }
    found.set(recording.scenario, recording);
  }
  if (found.size > 0) return found;
  throw new CliError('FILE_UNREADABLE', `There are no recordings in ${typed}`, {
    fix: [`payintent parity --test --record ${typed}`],
  });
}

async function accessed<T>(what: string, verb: 'read' | 'write', access: () => Promise<T>): Promise<T> {
  try {
    return await access();
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't ${verb} ${what}`, {
      why: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      cause: error,
    });
  }
}
