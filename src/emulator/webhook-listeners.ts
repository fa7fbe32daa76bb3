import type { Ids } from './ids.ts';
import type { ApiObject } from './objects.ts';
import type { Store } from './store/store.ts';

/**
 * An event on its way to a webhook endpoint, as it is stored (collection `webhook_deliveries`; the API does not show it).
 * It is written together with the event, so that nothing gets lost between the two.
 */
export interface WebhookDelivery extends ApiObject {
  object: 'webhook_delivery';
  /** Attempts so far; those that failed while somebody was there; those that met nobody. */
  attempts: number;
  failures: number;
  unreachable: number;
  /** Unix seconds on the emulator's clock. */
  created: number;
  /** Ids. */
  endpoint: string;
  event: string;
  event_type: string;
  /** When the next attempt is due, in milliseconds on the emulator's clock; null when there will be none. */
  next_attempt: number | null;
  last_attempt: DeliveryAttempt | null;
  /** What the body says of `pending_webhooks`: the number at the time of the event. */
  pending_webhooks: number;
  /** Id of the API request that caused the event. */
  request: string | null;
  /** `failed`: the last attempt failed and there will be another one. `dead`: given up. */
  status: 'pending' | 'failed' | 'succeeded' | 'dead';
}

export interface DeliveryAttempt {
  /** Unix milliseconds in real time. */
  at: number;
  ms: number | null;
  /** Status of the answer; null where there was none. */
  http_status: number | null;
  /** Why there was no answer, or why nothing was sent. */
  reason: string | null;
  /** The start of the answer's body, where it was not accepted. */
  body_start: string | null;
}

/** The enabled webhook endpoints that want this type of event, the oldest first. */
export function listenersOf(store: Store, type: string): ApiObject[] {
  const listeners: ApiObject[] = [];
  for (const endpoint of store.scan('webhook_endpoints')) {
    const wanted = endpoint['enabled_events'] as string[];
    if (endpoint['status'] === 'enabled' && (wanted.includes('*') || wanted.includes(type))) {
      listeners.unshift(endpoint);
    }
  }
  return listeners;
}

/**
 * Files the delivery of a stored event to endpoints. To be called in the transaction that stores the event.
 *
 * @param now unix seconds on the emulator's clock
 */
export function fileDeliveries(
  { store, ids, now }: { store: Store; ids: Ids; now: number },
  event: ApiObject,
  endpoints: readonly ApiObject[],
): void {
  const { id: request } = event['request'] as { id: string | null };
  for (const endpoint of endpoints) {
    const delivery: WebhookDelivery = {
      id: ids.plain('whd', now),
      object: 'webhook_delivery',
      attempts: 0,
      failures: 0,
      unreachable: 0,
      created: now,
      endpoint: endpoint.id,
      event: event.id,
      event_type: event['type'] as string,
      next_attempt: now * 1000,
      last_attempt: null,
      pending_webhooks: event['pending_webhooks'] as number,
      request,
      status: 'pending',
    };
    store.insert('webhook_deliveries', delivery);
  }
}

/** How many deliveries are given up at a time. */
const PAGE = 100;

/** Gives up everything that is on its way to an endpoint: it was deleted. */
export function abandonDeliveries(store: Store, endpoint: string): void {
  for (;;) {
    const where = { endpoint, status: ['pending', 'failed'] };
    const { data } = store.list({ collection: 'webhook_deliveries', where, limit: PAGE });
    for (const delivery of data) {
      store.update('webhook_deliveries', { ...delivery, next_attempt: null, status: 'dead' });
    }
    if (data.length < PAGE) return;
  }
}
