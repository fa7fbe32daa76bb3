import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { getuid } from 'node:process';

/** A file or folder of the user who runs this, not reached through a link: what may be changed without harm to others. */
export interface OwnEntry {
  readonly path: string;
  readonly kind: 'directory' | 'file';
  readonly dev: number;
  readonly ino: number;
  /** All permission bits. */
  readonly mode: number;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/**
 * Looks at an entry as it stands. Undefined for links, for devices and pipes, for what other users own, and for files that
 * have another name elsewhere: changing those would change what is not ours. Never throws.
 */
export function ownEntry(path: string): OwnEntry | undefined {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found === undefined ? undefined : ownOf(path, found);
  } catch {
    return undefined;
  }
}

function ownOf(path: string, found: Stats): OwnEntry | undefined {
  const kind = found.isDirectory() ? 'directory' : found.isFile() && found.nlink === 1 ? 'file' : undefined;
  if (kind === undefined || (getuid !== undefined && found.uid !== getuid())) return undefined;
  const { dev, ino, mtimeMs } = found;
  return { path, kind, dev, ino, mode: found.mode & 0o7777, changedAt: mtimeMs };
}

/** Sets the mode of the very entry that was looked at, whatever has been put in its place since. @throws the file system's error */
export function setMode(entry: OwnEntry, mode: number): void {
  const handle = openSync(entry.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!isSame(ownOf(entry.path, fstatSync(handle)), entry)) throw replaced(entry);
    fchmodSync(handle, mode);
  } finally {
    closeSync(handle);
  }
}

/** Deletes the very entry that was looked at; a folder with all that is in it. @throws the file system's error */
export function deleteEntry(entry: OwnEntry): void {
  if (!isSame(ownEntry(entry.path), entry)) throw replaced(entry);
  rmSync(entry.path, { recursive: entry.kind === 'directory' });
}

const isSame = (found: OwnEntry | undefined, entry: OwnEntry): boolean =>
  found?.dev === entry.dev && found.ino === entry.ino && found.kind === entry.kind;

const replaced = ({ path }: OwnEntry): Error =>
  Object.assign(new Error(`${path} is another one now`), { code: 'it is another file by now' });

/** Whether somebody else than this user and root owns what stands at a path. Never throws. */
export function isForeign(path: string): boolean {
  try {
    const owner = statSync(path).uid;
    return getuid !== undefined && getuid() !== 0 && owner !== getuid() && owner !== 0;
  } catch {
    return false;
  }
}
