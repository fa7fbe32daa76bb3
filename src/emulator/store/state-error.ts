import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

export type StateErrorCode =
  | 'STATE_CORRUPT'
  | 'STATE_UNREADABLE'
  | 'STATE_NEWER'
  | 'STATE_FULL'
  | 'STATE_BUSY'
  | 'STATE_READ_ONLY'
  | 'STATE_IMPORT_INVALID';

/** The emulator's state cannot be read or written. `wayOut` is what the user can do about it, naming commands. */
export class StateError extends Error {
  readonly code: StateErrorCode;
  readonly path: string;
  readonly wayOut: string;

  constructor(code: StateErrorCode, path: string, message: string, wayOut: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StateError';
    this.code = code;
    this.path = path;
    this.wayOut = wayOut;
  }
}

const ELSEWHERE = '--state OTHER';

/** SQLite's primary result codes (sqlite3.h) that have a meaning for users. */
const PERM = 3;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Errors after which SQLite may have rolled back more than the failed statement: the whole batch is given up. */
const FATAL = new Set([7, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB]);

/** The primary SQLite result code of an error, undefined when it is not one of SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

export function isFatal(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && FATAL.has(code);
}

/**
 * Says in the user's terms what SQLite or the file system could not do with the state at `path`. Errors that are
 * neither come back as they are.
 */
export function toStateError(error: unknown, path: string): unknown {
  if (error instanceof StateError) return error;
  const because = error instanceof Error ? error.message : String(error);
  switch (sqliteCode(error)) {
    case CORRUPT:
    case NOTADB:
      return corrupt(path, because, error);
    case FULL:
      return full(path, because, error);
    case BUSY:
    case LOCKED:
      return new StateError(
        'STATE_BUSY',
        path,
        `Another process has been writing to the emulator's state ${path} for too long (${because}).`,
        `Try again, stop the other process (a stopped or suspended \`payintent\` may hold it), or use ${ELSEWHERE}.`,
        error,
      );
    case READONLY:
      return readOnly(path, because, error);
    case IOERR:
      return diskIsFull(path) ? full(path, because, error) : unreadable(path, because, error);
    case PERM:
    case CANTOPEN:
      return unreadable(path, because, error);
    case undefined:
      return fromFileSystem(error, path, because);
    default:
      return error;
  }
}

function fromFileSystem(error: unknown, path: string, because: string): unknown {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'EROFS':
      return readOnly(path, because, error);
    case 'ENOSPC':
    case 'EDQUOT':
      return full(path, because, error);
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'ENOENT':
    case 'EIO':
      return unreadable(path, because, error);
    default:
      return error;
  }
}

/** Without room for its shared memory, SQLite says no more than that reading or writing failed. */
function diskIsFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < 64 * 1024;
  } catch {
    return false;
  }
}

function full(path: string, because: string, cause: unknown): StateError {
  return new StateError(
    'STATE_FULL',
    path,
    `There is no room left to save the emulator's state in ${path} (${because}). Nothing of this request was kept.`,
    `Free some space on that disk, or keep the state elsewhere with ${ELSEWHERE}.`,
    cause,
  );
}

function corrupt(path: string, because: string, cause?: unknown): StateError {
  return new StateError(
    'STATE_CORRUPT',
    path,
    `The emulator's state ${path} is damaged, or is not a state file at all (${because}). It was left as it is.`,
    `\`payintent emulator reset --state ${path}\` moves it aside (to ${path}.corrupt-<timestamp>) and starts anew; or use ${ELSEWHERE}.`,
    cause,
  );
}

export function unreadable(path: string, because: string, cause?: unknown): StateError {
  return new StateError(
    'STATE_UNREADABLE',
    path,
    `The emulator's state ${path} cannot be opened (${because}).`,
    `Check the path and its permissions, or use ${ELSEWHERE} (${'`--state :memory:`'} keeps nothing).`,
    cause,
  );
}

export function readOnly(path: string, because: string, cause?: unknown): StateError {
  return new StateError(
    'STATE_READ_ONLY',
    path,
    `The emulator's state ${path} cannot be written (${because}).`,
    `Give yourself permission to write the file and its directory, or use ${ELSEWHERE}.`,
    cause,
  );
}

export function newer(path: string, found: number, known: number): StateError {
  return new StateError(
    'STATE_NEWER',
    path,
    `The emulator's state ${path} was written by a newer payintent (schema ${found}; this one knows up to ${known}).`,
    `Upgrade payintent, or use ${ELSEWHERE}. The newer version can hand it over with \`payintent emulator export --state ${path}\`.`,
  );
}
