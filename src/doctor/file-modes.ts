import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LISTEN_SECRET_FILE, madeListenSecret } from '../gateway/listen-secret.ts';
import type { DoctorBench } from './bench.ts';
import { isForeign, type OwnEntry, ownEntry } from './own-files.ts';

export interface FoundMode {
  readonly path: string;
  /** All permission bits. */
  readonly mode: number;
}

export interface ModeFault extends FoundMode {
  /** What is wrong, as the end of a sentence. */
  readonly what: string;
  /** Whether keys are at stake, and not only test data. */
  readonly grave: boolean;
  /** What would be right; undefined where a mode is not what is wrong. */
  readonly better: number | undefined;
  /** What to set, and on what; undefined where changing it is not for us. */
  readonly mend: { readonly entry: OwnEntry; readonly mode: number } | undefined;
}

type Places = Pick<DoctorBench, 'config' | 'directories' | 'state' | 'statePath'>;

const OTHERS_READ = 0o044;
const OTHERS_WRITE = 0o022;
const OTHERS_ENTER = 0o011;
const STICKY = 0o1000;

/** `0600` */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/**
 * The files and directories that hold keys, secrets and state, and what their modes allow that they should not. Only what
 * is known to be payintent's own is judged and offered for mending: its places are named by variables, which can name anything.
 */
export function modeFaults(places: Places): {
  readonly looked: readonly FoundMode[];
  readonly faults: readonly ModeFault[];
} {
  const { directories } = places;
  const files = ownFiles(places);
  const looked: FoundMode[] = [];
  const faults: ModeFault[] = [];
  for (const path of new Set([directories.config, directories.state])) {
    const mode = modeOf(path, 'directory');
    if (mode === undefined) continue;
    looked.push({ path, mode });
    const secrets = files.some((file) => file.grave && file.path === join(path, basename(file.path)));
    faults.push(...folderFault(path, mode, secrets));
  }
  for (const { path, grave } of files) {
    const mode = modeOf(path, 'file');
    if (mode === undefined) continue;
    looked.push({ path, mode });
    faults.push(...fileFault(path, mode, grave));
  }
  return { looked, faults };
}

function folderFault(path: string, mode: number, secrets: boolean): ModeFault[] {
  if ((mode & OTHERS_WRITE) === 0 || isSheltered(path)) return [];
  // A folder that everybody shares is shared on purpose.
  if ((mode & STICKY) !== 0) {
    const what = 'everybody can put files there';
    return [{ path, mode, what, grave: false, better: undefined, mend: undefined }];
  }
  const entry = isOwnFolder(path) ? ownEntry(path) : undefined;
  return [
    {
      path,
      mode,
      what: 'others can replace the files in it',
      grave: secrets,
      better: mode & ~OTHERS_WRITE,
      mend: entry === undefined ? undefined : { entry, mode: entry.mode & ~OTHERS_WRITE },
    },
  ];
}

function fileFault(path: string, mode: number, grave: boolean): ModeFault[] {
  if (grave && isForeign(path))
    return [{ path, mode, what: 'it belongs to another user', grave, better: undefined, mend: undefined }];
  if ((mode & (OTHERS_READ | OTHERS_WRITE)) === 0 || isSheltered(path)) return [];
  const entry = ownEntry(path);
  return [
    {
      path,
      mode,
      what: (mode & OTHERS_WRITE) === 0 ? 'others can read it' : 'others can change it',
      grave,
      better: 0o600,
      mend: entry?.kind === 'file' ? { entry, mode: 0o600 } : undefined,
    },
  ];
}

/** Whether a folder above keeps everybody else from getting there. */
function isSheltered(path: string): boolean {
  const folder = dirname(path);
  const mode = modeOf(folder, 'directory');
  if (mode !== undefined && (mode & OTHERS_ENTER) === 0) return true;
  return folder !== path && isSheltered(folder);
}

/** Names of what payintent puts into its folders. */
const OURS =
  /^(?:(?:config|lessons)\.json|webhook-secret|emulator\.db(?:\.corrupt-.+)?(?:-wal|-shm|-journal)?|listen|lessons|\.DS_Store)$/;

/** A folder made by payintent, or that holds nothing else: one that others share must not change because of us. */
function isOwnFolder(path: string): boolean {
  if (basename(path) === 'payintent') return true;
  try {
    return readdirSync(path).every((name) => OURS.test(name));
  } catch {
    return false;
  }
}

function ownFiles({ config, directories, statePath, state }: Places): { path: string; grave: boolean }[] {
  return [
    // A file of that name that holds none of our settings is another program's.
    ...(config.ours ? [{ path: config.path, grave: config.holdsKey }] : []),
    ...(hasListenSecret(directories.state)
      ? [{ path: join(directories.state, LISTEN_SECRET_FILE), grave: true }]
      : []),
    ...[...stateFiles(statePath, state), ...destinationFiles(directories.state)].map((path) => ({
      path,
      grave: false,
    })),
  ];
}

function stateFiles(path: string, state: Places['state']): string[] {
  if (path === ':memory:') return [];
  try {
    if (state()?.ours !== true) return [];
  } catch {
    // The check of the state says what is wrong with it.
    return [];
  }
  return [path, `${path}-wal`, `${path}-shm`];
}

function hasListenSecret(directory: string): boolean {
  try {
    return madeListenSecret(directory) !== undefined;
  } catch {
    return false;
  }
}

/** What `listen` keeps of its deliveries. */
function destinationFiles(stateDirectory: string): string[] {
  const folder = join(stateDirectory, 'listen');
  try {
    return readdirSync(folder)
      .filter((name) => /^[0-9a-f]{24}\.db(?:-wal|-shm)?$/.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** What the system goes by: the mode of what a link leads to. */
function modeOf(path: string, kind: OwnEntry['kind']): number | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    const fits = kind === 'file' ? found?.isFile() : found?.isDirectory();
    return found === undefined || fits !== true ? undefined : found.mode & 0o7777;
  } catch {
    return undefined;
  }
}
