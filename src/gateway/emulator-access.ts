import { existsSync } from 'node:fs';
import { type Clock, createClock } from '../emulator/clock.ts';
import { createEngine, type Engine } from '../emulator/engine.ts';
import { moveStateAside, openStore } from '../emulator/store/open-store.ts';
import { StateError } from '../emulator/store/state-error.ts';
import type { Store } from '../emulator/store/store.ts';
import { OfflineStateError } from './offline-state-error.ts';

export const IN_MEMORY = ':memory:';

/** Where a state is and what time its commands live in. */
export interface StateAccess {
  /** File, or `:memory:`. */
  readonly statePath: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Live objects by collection: `payment_intents`, `events`, … */
export type Counts = Readonly<Record<string, number>>;

export interface StateFacts {
  readonly path: string;
  /** False where no command has made the file yet; everything else is then what an empty state has. */
  readonly exists: boolean;
  /** Bytes on disk, the write-ahead log included. */
  readonly sizeBytes: number;
  readonly schema: number;
  /** Grows with every reset and import. */
  readonly generation: number;
  readonly counts: Counts;
  readonly jobs: number;
  /** Unix seconds on the emulator's clock; undefined when nothing is to come. */
  readonly nextJobAt: number | undefined;
  /** Unix seconds. */
  readonly now: number;
  /** Seconds the clock is ahead of real time. */
  readonly offset: number;
}

/** What the state holds. Makes no file where there is none. @throws OfflineStateError */
export function readState(access: StateAccess): StateFacts {
  const exists = access.statePath !== IN_MEMORY && existsSync(access.statePath);
  return withStore({ ...access, statePath: exists ? access.statePath : IN_MEMORY }, (store, clock) => {
    return { path: access.statePath, exists, ...stateFacts(store, clock) };
  });
}

/** What an open state holds. */
export function stateFacts(store: Store, clock: Clock): Omit<StateFacts, 'exists' | 'path'> {
  const { sizeBytes, schema, generation, counts, jobs } = store.info();
  return {
    sizeBytes,
    schema,
    generation,
    counts,
    jobs,
    nextJobAt: store.nextDue(),
    now: clock.now(),
    offset: clock.offset(),
  };
}

/** Empties the state. @throws OfflineStateError */
export function resetState(access: StateAccess): void {
  if (access.statePath === IN_MEMORY || !existsSync(access.statePath)) return;
  withStore(access, (store) => store.reset());
}

/** Moves a damaged state file out of the way and makes an empty one. Answers where the damaged one is now. */
export function replaceDamagedState(access: StateAccess): string {
  const stamp = new Date(access.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  let unused = stamp;
  for (let number = 2; existsSync(`${access.statePath}.corrupt-${unused}`); number += 1) {
    unused = `${stamp}-${number}`;
  }
  const aside = moveStateAside(access.statePath, unused);
  withStore(access, () => undefined);
  return aside;
}

/** The whole state as JSON Lines, without line ends. @throws OfflineStateError */
export function exportState(access: StateAccess): readonly string[] {
  const statePath = existsSync(access.statePath) ? access.statePath : IN_MEMORY;
  return withStore({ ...access, statePath }, (store) => [...store.exportState()]);
}

/** Reads exported lines without storing them. Answers what they hold. @throws OfflineStateError */
export function checkExport(lines: readonly string[], now: () => number): Counts {
  return withStore({ statePath: IN_MEMORY, now }, (store) => {
    store.importState(lines);
    return store.info().counts;
  });
}

/** Replaces the whole state, or nothing. @throws OfflineStateError */
export function importState(access: StateAccess, lines: readonly string[]): void {
  withStore(access, (store) => store.importState(lines));
}

/** An event that happened while the clock was moved, in short. */
interface PassedEvent {
  readonly id: string;
  readonly type: string;
  /** Unix seconds on the emulator's clock. */
  readonly created: number;
  /** Id of the object it is about. */
  readonly subject: string | null;
}

export interface Passage {
  /** Unix seconds on the emulator's clock. */
  readonly from: number;
  readonly to: number;
  /** Oldest first. */
  readonly events: readonly PassedEvent[];
}

/** Moves the clock of a state forward. @throws OfflineStateError */
export async function advanceState(access: StateAccess, seconds: number): Promise<Passage> {
  return mapped(async () => {
    const engine = createEngine({ state: access.statePath, realNow: access.now });
    try {
      return await advanceEngine(engine, seconds);
    } finally {
      engine.close();
    }
  });
}

/** Moves the clock of an engine forward and tells what fell due on the way. */
export async function advanceEngine(engine: Engine, seconds: number): Promise<Passage> {
  const { store, clock } = engine;
  const from = clock.now();
  const [latest] = store.list({ collection: 'events', limit: 1 }).data;
  const last = latest === undefined ? 0 : (store.seqOf('events', latest.id) ?? 0);
  const to = await engine.advance(seconds);
  const events: PassedEvent[] = [];
  for (const event of store.scan('events')) {
    if ((store.seqOf('events', event.id) ?? 0) <= last) break;
    const data = event['data'] as { object?: { id?: unknown } } | undefined;
    const subject = data?.object?.id;
    events.push({
      id: event.id,
      type: String(event['type']),
      created: Number(event['created']),
      subject: typeof subject === 'string' ? subject : null,
    });
  }
  return { from, to, events: events.reverse() };
}

function withStore<T>(access: StateAccess, work: (store: Store, clock: Clock) => T): T {
  try {
    const store = openStore({ path: access.statePath });
    try {
      return work(store, createClock(store, access.now));
    } finally {
      store.close();
    }
  } catch (error) {
    throw toOfflineError(error);
  }
}

async function mapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toOfflineError(error);
  }
}

/** What commands know of trouble with the state; other errors come back as they are. */
export function toOfflineError(error: unknown): unknown {
  return error instanceof StateError
    ? new OfflineStateError(error.code, error.message, error.wayOut, error)
    : error;
}
