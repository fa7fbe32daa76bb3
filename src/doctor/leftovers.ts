import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getuid, kill } from 'node:process';
import type { DoctorBench } from './bench.ts';

export interface Leftover {
  readonly path: string;
  /** What it is: `ready file of process 4711, which is gone`. */
  readonly what: string;
}

const MINUTE = 60_000;
/** Bytes. A ready file holds one short line. */
const LARGEST_NOTE = 4096;
const MOST_NOTES = 200;

/** As `gateway/offline.ts` names them. */
const SCRATCH_NAME = /^payintent-dry-run-(\d+)-\w{6}$/;

/** The fields of the ready files of `emulator serve` and of `listen`, sorted. */
const READY_NOTES = ['pid,port,url', 'forward_to,pid,source,target'];

type Places = Pick<DoctorBench, 'cwd' | 'directories' | 'env' | 'now' | 'platform'>;

/**
 * Files that runs which were killed have left: drafts, ready files whose process is gone, copies made for dry runs. Locks
 * are none of them: the operating system lets go of those. Never throws.
 */
export function findLeftovers({ cwd, directories, env, now, platform }: Places): Leftover[] {
  const old = (path: string, age: number): boolean => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && now() - found.mtimeMs > age;
  };
  const found: Leftover[] = [];
  const look = (directory: string, judge: (name: string, path: string) => string | undefined): void => {
    for (const name of namesIn(directory)) {
      const path = join(directory, name);
      try {
        const what = judge(name, path);
        if (what !== undefined) found.push({ path, what });
      } catch {
        // What cannot be looked at is not for us to judge.
      }
    }
  };
  for (const directory of new Set([directories.config, directories.state, cwd])) {
    let notes = 0;
    look(directory, (name, path) => {
      if (/^config\.json\.tmp-\d/.test(name) && old(path, MINUTE)) return 'draft of the configuration';
      if (name.endsWith('.payintent.tmp') && old(path, MINUTE)) return 'draft of a file with secrets';
      const [, draftOf, maker] = /^(.+)\.(\d+)\.tmp$/.exec(name) ?? [];
      if (draftOf === 'webhook-secret' && isGone(Number(maker))) return 'draft of the signing secret';
      if (!/\.json$|ready|\.\d+\.tmp$/i.test(name) || ++notes > MOST_NOTES) return undefined;
      const pid = pidOfNote(path);
      return pid !== undefined && isGone(pid) ? `ready file of process ${pid}, which is gone` : undefined;
    });
  }
  const temporary = env[platform === 'win32' ? 'TEMP' : 'TMPDIR'] || (platform === 'win32' ? '' : '/tmp');
  if (temporary !== '') {
    look(temporary, (name, path) => {
      const [, maker] = SCRATCH_NAME.exec(name) ?? [];
      if (maker === undefined || !isGone(Number(maker)) || !isOurs(path)) return undefined;
      return 'copy of the state made for a dry run';
    });
  }
  return found;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** The process that wrote a ready file; undefined for every other file. */
function pidOfNote(path: string): number | undefined {
  const found = statSync(path);
  if (!found.isFile() || found.size > LARGEST_NOTE) return undefined;
  const note: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof note !== 'object' || note === null) return undefined;
  const names = Object.keys(note).sort().join();
  if (!READY_NOTES.includes(names)) return undefined;
  const pid: unknown = Reflect.get(note, 'pid');
  return Number.isInteger(pid) ? (pid as number) : undefined;
}

function isOurs(path: string): boolean {
  const found = statSync(path);
  return found.isDirectory() && (getuid === undefined || found.uid === getuid());
}

function isGone(pid: number): boolean {
  try {
    kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
