import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunState } from '../../lessons/lesson-run.ts';
import { writeKept } from '../config-store.ts';
import { CliError } from '../errors.ts';

/** What is kept of a lesson: no secrets, ids only. */
export interface LessonProgress {
  /** Unix seconds when it was last finished. */
  readonly done?: number;
  /** Where it was left; absent before its beginning and after its end. */
  readonly left?: RunState;
  /** Which state of the emulator that is a place in. */
  readonly where?: string;
  /** The answers that were guessed, by the id of the round. */
  readonly guesses: Readonly<Record<string, string>>;
}

export type Progress = Readonly<Record<string, LessonProgress>>;

const pathOf = (directory: string): string => join(directory, 'lessons.json');

/** What is known of all lessons; nothing where none was begun. @throws CliError for a file that is not ours */
export function readProgress(directory: string): Progress {
  let text: string;
  try {
    text = readFileSync(pathOf(directory), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return {};
    throw unreadable(directory, String(error), error);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed)) throw new SyntaxError('no object');
    return Object.fromEntries(
      Object.entries(parsed).flatMap(([id, value]) => (isRecord(value) ? [[id, progressOf(value)]] : [])),
    );
  } catch (error) {
    throw unreadable(directory, 'The file there is not valid JSON.', error);
  }
}

/** Keeps what is known of one lesson; undefined forgets it. @throws CliError */
export async function keepProgress(
  directory: string,
  lesson: string,
  progress: LessonProgress | undefined,
): Promise<void> {
  await writeKept(directory, 'lessons', { [lesson]: progress });
}

/** Forgets all lessons, whatever is in the file. */
export function forgetProgress(directory: string): void {
  rmSync(pathOf(directory), { force: true });
}

function unreadable(directory: string, why: string, cause: unknown): CliError {
  return new CliError('CONFIG_UNREADABLE', `Can't read ${pathOf(directory)}`, {
    why,
    fix: ['payintent learn --reset'],
    cause,
  });
}

/** A file somebody has changed by hand must not bring the program down. */
function progressOf(value: Readonly<Record<string, unknown>>): LessonProgress {
  const { done, left, where, guesses } = value;
  const known = isRecord(guesses) ? Object.entries(guesses).filter(([, id]) => typeof id === 'string') : [];
  return {
    ...(typeof done === 'number' ? { done } : {}),
    ...(isRunState(left) ? { left } : {}),
    ...(typeof where === 'string' ? { where } : {}),
    guesses: Object.fromEntries(known) as Record<string, string>,
  };
}

function isRunState(value: unknown): value is RunState {
  if (!isRecord(value) || !Number.isInteger(value['round']) || !isRecord(value['objects'])) return false;
  const { mark, objects } = value;
  const isMark =
    isRecord(mark) && ['generation', 'event', 'request'].every((name) => typeof mark[name] === 'number');
  return (
    (mark === undefined || isMark) &&
    Object.values(objects as object).every(
      (known) => isRecord(known) && typeof known['id'] === 'string' && typeof known['object'] === 'string',
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
