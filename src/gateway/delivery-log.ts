import { existsSync } from 'node:fs';
import { openStore } from '../emulator/store/open-store.ts';
import type { WebhookDelivery } from '../emulator/webhook-listeners.ts';
import { type StateAccess, toOfflineError } from './emulator-access.ts';

/** A delivery of an event to a registered webhook endpoint. */
export interface LoggedDelivery {
  readonly event: string;
  readonly endpoint: string;
  readonly url: string | null;
  readonly status: string;
  readonly attempts: number;
}

/** More than this are not looked through. */
const MOST = 1000;

/** What became of these events at the registered endpoints, newest first. Makes no file where there is none. @throws OfflineStateError */
export function readDeliveries(access: StateAccess, events: ReadonlySet<string>): LoggedDelivery[] {
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
