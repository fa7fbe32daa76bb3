import { existsSync } from 'node:fs';
import { isDelivered } from '../emulator/delivery/lease.ts';
import { openStore } from '../emulator/store/open-store.ts';
import type { WebhookDelivery } from '../emulator/webhook-listeners.ts';
import { type StateAccess, toOfflineError } from './emulator-access.ts';
import { offlinePlace } from './event-sources/place.ts';
import { readJournal } from './forwarding/journal.ts';

/** A delivery of an event to a registered webhook endpoint, or to where `listen` forwards. */
export interface LoggedDelivery {
  readonly event: string;
  /** Id of the endpoint; `listen` for what was forwarded. */
  readonly endpoint: string;
  readonly url: string | null;
  readonly status: string;
  readonly attempts: number;
}

/** More than this are not looked through. */
const MOST = 1000;

/**
 * What became of these events, at the registered endpoints and where `listen` forwarded them. Makes no file where there is
 * none.
 *
 * @param listenDirectory where `listen` keeps its files
 * @throws OfflineStateError
 */
export function readDeliveries(
  access: StateAccess,
  listenDirectory: string,
  events: ReadonlySet<string>,
): LoggedDelivery[] {
  const forwarded = readJournal(listenDirectory, offlinePlace(access.statePath), events);
  return [...toEndpoints(access, events), ...forwarded.map((entry) => ({ endpoint: 'listen', ...entry }))];
}

/** Whether a server delivers the events of the state to its webhook endpoints. @throws OfflineStateError */
export function deliversNow({ statePath, now }: StateAccess): boolean {
  if (!existsSync(statePath)) return false;
  try {
    const store = openStore({ path: statePath });
    try {
      return isDelivered(store, now());
    } finally {
      store.close();
    }
  } catch (error) {
    throw toOfflineError(error);
  }
}

function toEndpoints(access: StateAccess, events: ReadonlySet<string>): LoggedDelivery[] {
  if (!existsSync(access.statePath)) return [];
  try {
    const store = openStore({ path: access.statePath });
    try {
      const { data } = store.list({ collection: 'webhook_deliveries', limit: MOST });
      return (data as WebhookDelivery[])
        .filter(({ event }) => events.has(event))
        .map(({ event, endpoint, status, attempts }) => {
          const url = store.get('webhook_endpoints', endpoint)?.['url'];
          return { event, endpoint, url: typeof url === 'string' ? url : null, status, attempts };
        });
    } finally {
      store.close();
    }
  } catch (error) {
    throw toOfflineError(error);
  }
}
