import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import type { DoctorBench } from './bench.ts';
import { type OwnEntry, ownEntry } from './own-files.ts';

export interface Leftover {
  readonly entry: OwnEntry;
  /** What it is: `ready file of process 4711, which is gone`. */
  readonly what: string;
}

const MINUTE = 60_000;
/** Bytes. A ready file holds one short line. */
const LARGEST_NOTE = 4096;
const MOST_NOTES = 200;

/** As `gateway/offline.ts` names them. */
const SCRATCH_NAME = /^payintent-dry-run-(\d+)-\w{6}$/;

/** The fields of the ready files of `emulator serve` and of `listen`, as they write them. */
const READY_NOTES = ['url,pid,port', 'pid,target,source,forward_to'];

type Places = Pick<DoctorBench, 'cwd' | 'directories' | 'env' | 'now' | 'platform'>;

/**
 * Files that runs which were killed have left: drafts, ready files whose process is gone, copies made for dry runs. Locks
 * are none of them: the operating system lets go of those. Links are never any, nor what belongs to another user.
 * Never throws.
 */
export function findLeftovers({ cwd, directories, env, now, platform }: Places): Leftover[] {
  const found: Leftover[] = [];
  const look = (
    directory: string,
    kind: OwnEntry['kind'],
    judge: (name: string, entry: () => OwnEntry | undefined) => string | undefined,
  ): void => {
    for (const name of namesIn(directory)) {
      let entry: OwnEntry | undefined;
      const path = join(directory, name);
      try {
        const what = judge(name, () => {
          entry ??= ownEntry(path);
          return entry?.kind === kind ? entry : undefined;
        });
        if (what !== undefined && entry?.kind === kind) found.push({ entry, what });
      } catch {
        // What cannot be looked at is not for us to judge.
      }
    }
  };
  const isOld = (entry: OwnEntry | undefined): boolean =>
    entry !== undefined && now() - entry.changedAt > MINUTE;

  for (const directory of new Set([directories.config, directories.state, cwd])) {
    let notes = 0;
    look(directory, 'file', (name, entry) => {
      // Other programs name the drafts of their configuration like this too.
      if (directory === directories.config && /^(?:config|lessons)\.json\.tmp-\d/.test(name))
        return isOld(entry()) ? 'draft of the configuration' : undefined;
      if (name.endsWith('.payintent.tmp')) return isOld(entry()) ? 'draft of a file with secrets' : undefined;
      const [, draftOf, maker] = /^(.+)\.(\d+)\.tmp$/.exec(name) ?? [];
      if (directory === directories.state && draftOf === 'webhook-secret')
        return isGone(Number(maker)) && entry() !== undefined ? 'draft of the signing secret' : undefined;
      if (!/\.json$|ready|\.\d+\.tmp$/i.test(name) || ++notes > MOST_NOTES) return undefined;
      const pid = entry() === undefined ? undefined : pidOfNote(join(directory, name));
      return pid !== undefined && isGone(pid) ? `ready file of process ${pid}, which is gone` : undefined;
    });
  }
  const temporary = env[platform === 'win32' ? 'TEMP' : 'TMPDIR'] || (platform === 'win32' ? '' : '/tmp');
  if (temporary !== '') {
    look(temporary, 'directory', (name, entry) => {
      const [, maker] = SCRATCH_NAME.exec(name) ?? [];
      if (maker === undefined || !isGone(Number(maker)) || entry() === undefined) return undefined;
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

/** The process that wrote a ready file; undefined for every file that is not written as ours are. */
function pidOfNote(path: string): number | undefined {
  if (statSync(path).size > LARGEST_NOTE) return undefined;
  const text = readFileSync(path, 'utf8');
  const note: unknown = JSON.parse(text);
  if (typeof note !== 'object' || note === null || `${JSON.stringify(note)}\n` !== text) return undefined;
  const names = Object.keys(note).join();
  if (!READY_NOTES.includes(names)) return undefined;
  const pid: unknown = Reflect.get(note, 'pid');
  return Number.isSafeInteger(pid) && (pid as number) > 0 ? (pid as number) : undefined;
}

function isGone(pid: number): boolean {
  try {
    kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
