import { requestsAfter } from '../emulator/request-log.ts';
import { requestLogObject } from '../emulator/request-log-object.ts';
import { type Collection, isCollection } from '../emulator/store/collections.ts';
import type { Store } from '../emulator/store/store.ts';
import type { ApiRecord, Gateway } from './gateway.ts';
import { type OpenOptions, openOfflineGateway } from './open.ts';
import type { RequestLog } from './request-log.ts';

/** A place in the memory of an emulator: what comes after it is new. Plain data, to be kept in a file. */
export interface MemoryMark {
  /** Differs after a reset or an import. */
  readonly generation: number;
  /** Of the last event there was. */
  readonly event: number;
  /** Of the last request there was. */
  readonly request: number;
}

/** What happened since a mark, whichever process caused it. */
export interface Remembered {
  /** Whole events, oldest first. */
  readonly events: readonly ApiRecord[];
  /** Requests with their secrets masked, oldest first. */
  readonly requests: readonly RequestLog[];
  /** PaymentIntents that were made or changed, as they are now, newest first. */
  readonly intents: readonly ApiRecord[];
}

/** What an emulator remembers, read past its API: looking leaves no trace in its log. */
export interface Memory {
  mark(): Promise<MemoryMark>;
  /** Where the state was reset since the mark, everything there is now came after it. */
  since(mark: MemoryMark): Promise<Remembered>;
  /** An object as it is now; undefined where the state never had it. One that was deleted says so. */
  object(kind: string, id: string): ApiRecord | undefined;
}

/** Opens the emulator of a state with its memory. @throws OfflineStateError */
export async function openWithMemory(
  options: OpenOptions,
): Promise<{ readonly gateway: Gateway; readonly memory: Memory }> {
  const { gateway, store } = await openOfflineGateway(options);
  return { gateway, memory: memoryOf(store) };
}

/** The memory of an open state. */
export function memoryOf(store: Store): Memory {
  return {
    async mark() {
      await settle(store);
      const [newest] = store.list({ collection: 'events', limit: 1 }).data;
      return {
        generation: store.info().generation,
        event: newest === undefined ? 0 : (store.seqOf('events', newest.id) ?? 0),
        request: store.lastRequestNumber(),
      };
    },
    async since(mark) {
      await settle(store);
      const isSame = store.info().generation === mark.generation;
      const events = eventsAfter(store, isSame ? mark.event : 0);
      const requests = loggedAfter(store, isSame ? mark.request : 0);
      const touched = new Set([...intentsOfEvents(events), ...intentsOfRequests(requests)]);
      return { events, requests, intents: newestFirst(store, touched) };
    },
    object(kind, id) {
      const collection = collectionOf(kind);
      const found = collection === undefined ? undefined : store.get(collection, id);
      if (found !== undefined || collection === undefined) return found;
      return store.getDeleted(collection, id) ? { id, object: kind, deleted: true } : undefined;
    },
  };
}

/** What this process has noted and not written yet is written with the next batch: here is one. */
async function settle(store: Store): Promise<void> {
  store.transaction(() => undefined);
  await store.committed();
}

function collectionOf(kind: string): Collection | undefined {
  const name = `${kind}s`;
  return isCollection(name) ? name : undefined;
}

function eventsAfter(store: Store, seq: number): ApiRecord[] {
  const found: ApiRecord[] = [];
  for (const event of store.scan('events')) {
    if ((store.seqOf('events', event.id) ?? 0) <= seq) break;
    found.push(event);
  }
  return found.reverse();
}

function loggedAfter(store: Store, number: number): RequestLog[] {
  const found: RequestLog[] = [];
  for (let last = number; ; ) {
    const entries = requestsAfter(store, last);
    const newest = entries.at(-1);
    if (newest === undefined) return found;
    found.push(...entries.map((entry) => requestLogObject(entry)));
    last = newest.number;
  }
}

function intentsOfEvents(events: readonly ApiRecord[]): string[] {
  return events.flatMap((event) => {
    const object = (event['data'] as { object?: ApiRecord } | undefined)?.object ?? {};
    return [object['id'], object['payment_intent']].filter(isIntentId);
  });
}

/** A changed amount or description sends no event. */
function intentsOfRequests(requests: readonly RequestLog[]): string[] {
  return requests
    .filter(({ method, status }) => method !== 'GET' && (status < 400 || status === 402))
    .flatMap(({ path }) => path.split('/').filter(isIntentId));
}

function isIntentId(value: unknown): value is string {
  return typeof value === 'string' && /^pi_\w+$/.test(value);
}

function newestFirst(store: Store, ids: ReadonlySet<string>): ApiRecord[] {
  const place = (id: string) => store.seqOf('payment_intents', id) ?? 0;
  return [...ids].sort((a, b) => place(b) - place(a)).flatMap((id) => store.get('payment_intents', id) ?? []);
}
