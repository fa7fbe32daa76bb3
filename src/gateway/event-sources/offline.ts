import { statSync } from 'node:fs';
import type { Engine } from '../../emulator/engine.ts';
import type { ApiObject } from '../../emulator/objects.ts';
import type { Store } from '../../emulator/store/store.ts';
import { startTicker } from '../../emulator/ticker.ts';
import { toOfflineError } from '../emulator-access.ts';
import { openOffline } from '../offline.ts';
import { offlinePlace } from './place.ts';
import {
  type Cursor,
  type EventSource,
  pause,
  type SourceEvent,
  type SourceItem,
  sourceEvent,
} from './source.ts';

export interface OfflineSourceOptions {
  /** File of the emulator's state. */
  readonly statePath: string;
  /** Real time in milliseconds. */
  readonly now: () => number;
  /** Told when the state cannot be read or written for a moment. */
  readonly onTrouble?: (error: unknown) => void;
}

/** How often the state is looked at while something happens, in milliseconds. */
const BUSY_WAIT = 15;
/** Payments come in bursts: this long after the last event the source keeps looking often, in milliseconds. */
const BUSY_FOR = 5000;
/** How often it is looked at otherwise. One look costs some ten microseconds. */
const IDLE_WAIT = 40;
const BATCH = 200;
/** How often to check that the file is still the same file, in milliseconds. */
const FILE_CHECK = 1000;
/** An import brings events of the past; only younger ones than this, in seconds, have just happened. */
const JUST_NOW = 5;

/**
 * The emulator's outbox: every event in the state, whichever process wrote it. Time passes while it is read: delayed
 * payments settle as they do under `emulator serve`.
 *
 * @throws OfflineStateError when the state cannot be opened
 */
export async function openOfflineSource(options: OfflineSourceOptions): Promise<EventSource> {
  const { statePath, now, onTrouble = () => {} } = options;
  let { engine, file, close } = await openState();

  async function openState(): Promise<{ engine: Engine; file: string; close: () => Promise<void> }> {
    const opened = await openOffline({ statePath, now });
    const opensFile = fileOf(statePath);
    let closed = false;
    const stopTicker = startTicker(opened.engine, (error) => {
      if (!closed) onTrouble(error);
    });
    return {
      engine: opened.engine,
      file: opensFile,
      async close() {
        closed = true;
        stopTicker();
        // SQLite takes the log at its path away when it closes. With another file there, that is somebody else's log.
        if (fileOf(statePath) === opensFile) await opened.close();
      },
    };
  }

  const cursorAt = (position: number): Cursor => ({
    era: eraOf(engine.store, file),
    position,
    margin: 0,
    known: [],
    readAt: now(),
  });

  async function* read(start: Cursor, signal: AbortSignal): AsyncGenerator<SourceItem> {
    try {
      yield* readOn(start, signal);
    } catch (error) {
      throw toOfflineError(error);
    }
  }

  async function* readOn(start: Cursor, signal: AbortSignal): AsyncGenerator<SourceItem> {
    let cursor = start;
    let version = '';
    let busyUntil = 0;
    let checkFileAt = now() + FILE_CHECK;
    while (!signal.aborted) {
      if (now() >= checkFileAt) {
        checkFileAt = now() + FILE_CHECK;
        if (fileOf(statePath) !== file) {
          await close();
          ({ engine, file, close } = await openState());
          version = '';
          yield { kind: 'note', text: 'The state file was replaced; listening to the new one.' };
        }
      }
      // What this process is about to write must be in the file before anybody hears of it.
      await engine.store.committed().catch(onTrouble);
      const seen = engine.store.version();
      if (seen !== version) {
        const { store } = engine;
        if (eraOf(store, file) !== cursor.era) {
          const since = Math.floor(cursor.readAt / 1000) - JUST_NOW;
          cursor = { ...cursorAt(lastBefore(store, since)), readAt: cursor.readAt };
        }
        const events = after(store, cursor.position);
        const last = events.at(-1);
        if (last !== undefined) {
          busyUntil = now() + BUSY_FOR;
          cursor = cursorAt(last.position);
          yield { kind: 'events', events, cursor };
        }
        // A full batch means that there is more, and only what was read whole need not be looked at again.
        if (events.length === BATCH) continue;
        version = seen;
      }
      cursor = { ...cursor, readAt: now() };
      await pause(now() < busyUntil ? BUSY_WAIT : IDLE_WAIT, signal);
    }
  }

  return {
    name: 'offline',
    place: offlinePlace(statePath),
    async head(pastMs) {
      const { store, clock } = engine;
      if (pastMs === undefined) return cursorAt(lastSeq(store));
      return cursorAt(lastBefore(store, clock.now() - Math.ceil(pastMs / 1000)));
    },
    countAfter: (cursor) =>
      cursor.era === eraOf(engine.store, file) ? lastSeq(engine.store) - cursor.position : undefined,
    read,
    close: () => close(),
  };
}

/** Another one after every reset and import, and for another file. */
const eraOf = (store: Store, file: string): string => `${store.getMeta('generation') ?? '0'} ${file}`;

function lastSeq(store: Store): number {
  const [newest] = store.list({ collection: 'events', limit: 1 }).data;
  return newest === undefined ? 0 : seqOf(store, newest);
}

const seqOf = (store: Store, event: ApiObject): number => store.seqOf('events', event.id) ?? 0;

/** The position of the last event before a time in unix seconds; 0 when there is none. */
function lastBefore(store: Store, since: number): number {
  for (const event of store.scan('events')) {
    if (Number(event['created']) < since) return seqOf(store, event);
  }
  return 0;
}

/** The next events after a position, oldest first. */
function after(store: Store, position: number): SourceEvent[] {
  return store.read(() =>
    store
      .list({ collection: 'events', endingBefore: position, limit: BATCH })
      .data.reverse()
      .map((event) => sourceEvent(event, seqOf(store, event))),
  );
}

/** What tells a file from another one at the same path. */
function fileOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${Math.round(found.birthtimeMs)}`;
}
