import { existsSync } from 'node:fs';
import { watchStore } from '../emulator/delivery/watch.ts';
import {
  answerOf,
  findRequest,
  type LoggedRequest,
  newestRequests,
  requestsAfter,
} from '../emulator/request-log.ts';
import { type RequestLogObject, requestLogObject } from '../emulator/request-log-object.ts';
import { openStore } from '../emulator/store/open-store.ts';
import type { Store } from '../emulator/store/store.ts';
import { IN_MEMORY, type StateAccess, toOfflineError } from './emulator-access.ts';

/** A request the emulator answered, secrets masked: fields as JSON shows them. */
export type RequestLog = RequestLogObject;

export interface LogFilter {
  /** Only those that were refused or declined. */
  readonly failed?: boolean;
  /** In capitals. */
  readonly method?: string | undefined;
  /** A path, or the beginning of one before a slash. */
  readonly path?: string | undefined;
  /** `404`, or `4xx` for all of a hundred. */
  readonly status?: string | undefined;
}

/** The newest requests, newest first, without their answers. Makes no file where there is none. @throws OfflineStateError */
export function readRequestLog(access: StateAccess, filter: LogFilter, limit: number): RequestLog[] {
  return withLog(access, (store) => newest(store, filter, limit));
}

function newest(store: Store, filter: LogFilter, limit: number): RequestLog[] {
  const found: RequestLog[] = [];
  if (limit === 0) return found;
  for (const entry of newestRequests(store)) {
    if (passes(entry, filter)) found.push(requestLogObject(entry));
    if (found.length === limit) break;
  }
  return found;
}

/** One request with its answer. @throws OfflineStateError */
export function readLoggedRequest(access: StateAccess, id: string): RequestLog | undefined {
  return withLog(access, (store) => {
    const entry = findRequest(store, id);
    return entry === undefined ? undefined : requestLogObject(entry, answerOf(store, entry));
  });
}

/**
 * Hands on requests as they are answered, whichever process answers them, oldest first. Makes the state where there is none.
 *
 * @param past how many of those before to begin with
 * @param onTrouble told when the state cannot be read for a moment
 * @returns resolves when the signal aborts. @throws OfflineStateError when the state cannot be opened
 */
export async function followRequestLog(
  access: StateAccess,
  filter: LogFilter,
  onRequest: (request: RequestLog) => void,
  {
    past,
    signal,
    onTrouble,
  }: {
    readonly past: number;
    readonly signal: AbortSignal;
    readonly onTrouble: (error: unknown) => void;
  },
): Promise<void> {
  const store = opened(access.statePath);
  let last = 0;
  for (const request of store
    .read(() => {
      last = store.lastRequestNumber();
      return newest(store, filter, past);
    })
    .reverse())
    onRequest(request);
  const look = () => {
    // Numbers start again when the state was reset or replaced.
    if (store.lastRequestNumber() < last) last = 0;
    for (;;) {
      const entries = requestsAfter(store, last);
      for (const entry of entries) {
        last = entry.number;
        if (passes(entry, filter)) onRequest(requestLogObject(entry));
      }
      if (entries.length === 0) return;
    }
  };
  const watch = watchStore(store, look, (error) => onTrouble(toOfflineError(error)));
  try {
    await new Promise<void>((resolve) => {
      // Without something that is waited for, the process would end.
      const alive = setInterval(() => {}, 60_000);
      const end = () => {
        clearInterval(alive);
        resolve();
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
  } finally {
    watch.stop();
    store.close();
  }
}

function passes(entry: LoggedRequest, { failed, method, path, status }: LogFilter): boolean {
  if (failed === true && entry.status < 400) return false;
  if (method !== undefined && entry.method !== method) return false;
  if (status !== undefined && !new RegExp(`^${status.replace(/x/gi, '\\d')}$`).test(String(entry.status)))
    return false;
  if (path === undefined) return true;
  const asked = entry.url.replace(/\?.*$/s, '');
  return asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function withLog<T>(access: StateAccess, read: (store: Store) => T): T {
  const store = opened(existsSync(access.statePath) ? access.statePath : IN_MEMORY);
  try {
    return read(store);
  } catch (error) {
    throw toOfflineError(error);
  } finally {
    store.close();
  }
}

function opened(path: string): Store {
  try {
    return openStore({ path });
  } catch (error) {
    throw toOfflineError(error);
  }
}
