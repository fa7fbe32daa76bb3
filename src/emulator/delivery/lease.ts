import { hostname } from 'node:os';
import type { Store } from '../store/store.ts';

/**
 * The right to deliver what one state holds: one process at a time has it, since two would deliver everything twice. It
 * falls free when its process ends it, dies, or has not been heard of for half a minute.
 */
export interface Lease {
  /** Whether this process has the right now; takes it where it is free. @throws StateError */
  hold(): boolean;
  /** Lets others have it. */
  release(): void;
}

interface Holder {
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  /** Real time, unix milliseconds. */
  readonly until: number;
}

const KEY = 'webhook_sender';
const LEASE_MS = 30_000;

/**
 * @param owner tells two senders in one process apart
 * @param realNow milliseconds
 */
export function createLease(store: Store, owner: string, realNow: () => number): Lease {
  const mine = (): Holder => ({ owner, host: hostname(), pid: process.pid, until: realNow() + LEASE_MS });
  const isFree = (holder: Holder | undefined) =>
    holder === undefined || holder.owner === owner || holder.until < realNow() || isDead(holder);

  return {
    hold() {
      const holder = read(store);
      if (!isFree(holder)) return false;
      if (holder?.owner === owner && holder.until - realNow() > LEASE_MS / 2) return true;
      const taken = store.transaction(() => {
        if (!isFree(read(store))) return false;
        store.setMeta(KEY, JSON.stringify(mine()));
        return true;
      });
      store.flush();
      return taken;
    },
    release() {
      if (read(store)?.owner !== owner) return;
      store.setMeta(KEY, '');
      store.flush();
    },
  };
}

/** Whether some process delivers what the state holds. @param now real time, unix milliseconds */
export function isDelivered(store: Store, now: number): boolean {
  const holder = read(store);
  return holder !== undefined && holder.until >= now && !isDead(holder);
}

function read(store: Store): Holder | undefined {
  const text = store.getMeta(KEY);
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as Holder);
}

/** Only processes of the same machine can be asked about. */
function isDead({ host, pid }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
