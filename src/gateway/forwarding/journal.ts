import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What became of an event at a destination of `listen`, as far as it is known. */
export interface JournalEntry {
  readonly event: string;
  readonly url: string;
  /** Of the newest attempt. */
  readonly status: 'dead' | 'failed' | 'succeeded';
  readonly attempts: number;
}

/** Notes deliveries so that others can look at them while they go on: the file of a destination is for its run alone. */
export interface DeliveryJournal {
  note(entry: JournalEntry): void;
  /** Writes what is not written yet. */
  close(): void;
}

/** Notes are written together, this many milliseconds after the first; those of a killed process may be lost. */
const WRITE_EVERY = 100;
/** A longer file is put aside, and the one that was aside is forgotten. Bytes: some 30,000 deliveries. */
const LONGEST = 4 * 1024 * 1024;

/**
 * @param directory where destinations keep their files
 * @param place of the event source
 * @param onTrouble told when notes cannot be written; deliveries go on without
 */
export function openJournal(
  directory: string,
  place: string,
  onTrouble: (error: unknown) => void,
): DeliveryJournal {
  const path = journalPath(directory, place);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const take = (): string => {
    const lines = waiting;
    waiting = '';
    timer = undefined;
    return lines;
  };
  const write = () => {
    const lines = take();
    writing = writing
      .then(() => {
        putAside(path);
        return appendFile(path, lines, { mode: 0o600 });
      })
      .catch(onTrouble);
  };

  return {
    note(entry) {
      waiting += `${JSON.stringify(entry)}\n`;
      timer ??= setTimeout(write, WRITE_EVERY).unref();
    },
    close() {
      clearTimeout(timer);
      const lines = take();
      if (lines === '') return;
      try {
        appendFileSync(path, lines, { mode: 0o600 });
      } catch (error) {
        onTrouble(error);
      }
    },
  };
}

/** What is noted about these events, one entry for each destination, in the order of their first attempts. */
export function readJournal(
  directory: string,
  place: string,
  events: ReadonlySet<string>,
): readonly JournalEntry[] {
  const path = journalPath(directory, place);
  const found = new Map<string, JournalEntry>();
  for (const line of `${textOf(`${path}.1`)}${textOf(path)}`.split('\n')) {
    const entry = entryOf(line);
    if (entry !== undefined && events.has(entry.event)) found.set(`${entry.event} ${entry.url}`, entry);
  }
  return [...found.values()];
}

function journalPath(directory: string, place: string): string {
  const name = createHash('sha256').update(place).digest('hex').slice(0, 24);
  return join(directory, `${name}.jsonl`);
}

function putAside(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LONGEST) renameSync(path, `${path}.1`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** A line may be half written: what is not whole is not looked at. */
function entryOf(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return undefined;
  }
}
