import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LISTEN_SECRET_FILE } from '../gateway/listen-secret.ts';
import type { DoctorBench } from './bench.ts';

export interface FoundMode {
  readonly path: string;
  /** Permission bits, the sticky bit included. */
  readonly mode: number;
}

export interface ModeFault extends FoundMode {
  /** What is wrong, as the end of a sentence. */
  readonly what: string;
  /** Whether keys are at stake, and not only test data. */
  readonly grave: boolean;
  /** What it should be; undefined where changing it is not for us. */
  readonly better: number | undefined;
}

const OTHERS_READ = 0o044;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/** `0600` */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** The files and directories that hold keys, secrets and state, and what their modes allow that they should not. */
export function modeFaults(bench: Pick<DoctorBench, 'config' | 'directories' | 'statePath'>): {
  readonly looked: readonly FoundMode[];
  readonly faults: readonly ModeFault[];
} {
  const { config, directories, statePath } = bench;
  const folders = new Set([directories.config, directories.state]);
  if (statePath !== ':memory:') folders.add(dirname(statePath));
  const looked: FoundMode[] = [];
  const faults: ModeFault[] = [];

  for (const path of folders) {
    const mode = modeOf(path);
    if (mode === undefined) continue;
    looked.push({ path, mode });
    if ((mode & OTHERS_WRITE) === 0) continue;
    const sticky = (mode & STICKY) !== 0;
    faults.push({
      path,
      mode,
      what: sticky ? 'everybody can put files there' : 'others can replace the files in it',
      grave: !sticky,
      // A folder that everybody shares is shared on purpose.
      better: sticky ? undefined : mode & ~OTHERS_WRITE,
    });
  }
  for (const { path, grave } of files(config.path, directories.state, statePath)) {
    const mode = modeOf(path);
    if (mode === undefined) continue;
    looked.push({ path, mode });
    if ((mode & (OTHERS_READ | OTHERS_WRITE)) === 0) continue;
    faults.push({
      path,
      mode,
      what: (mode & OTHERS_WRITE) === 0 ? 'others can read it' : 'others can change it',
      grave,
      better: 0o600,
    });
  }
  return { looked, faults };
}

function files(
  configPath: string,
  stateDirectory: string,
  statePath: string,
): { path: string; grave: boolean }[] {
  const state = statePath === ':memory:' ? [] : [statePath, `${statePath}-wal`, `${statePath}-shm`];
  return [
    { path: configPath, grave: true },
    { path: join(stateDirectory, LISTEN_SECRET_FILE), grave: true },
    ...[...state, ...destinationFiles(stateDirectory)].map((path) => ({ path, grave: false })),
  ];
}

/** What `listen` keeps of its deliveries. */
function destinationFiles(stateDirectory: string): string[] {
  const folder = join(stateDirectory, 'listen');
  try {
    return readdirSync(folder)
      .filter((name) => /\.db(-wal|-shm)?$/.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function modeOf(path: string): number | undefined {
  try {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    return mode === undefined ? undefined : mode & 0o1777;
  } catch {
    return undefined;
  }
}
