import type { ApiObject } from '../objects.ts';
import type { EndpointFacts } from '../operations/webhook-endpoints.ts';
import type { Store } from '../store/store.ts';
import type { DeliveryAttempt, WebhookDelivery } from '../webhook-listeners.ts';
import type { AttemptResult, Delivery, DeliveryStorage } from './delivery.ts';
import { eventBody } from './event-body.ts';
import { isAccepted } from './post.ts';

const OPEN = ['pending', 'failed'];

export interface EndpointStorageOptions {
  readonly store: Store;
  /** Real time in milliseconds. */
  readonly realNow: () => number;
  readonly timeoutMs: number | undefined;
  /** Whether this process is the one that delivers. */
  readonly mayDeliver: () => boolean;
}

/** The deliveries to registered webhook endpoints, kept in the state itself. A destination is the id of an endpoint. */
export function createEndpointStorage(options: EndpointStorageOptions): DeliveryStorage {
  const { store } = options;
  const find = (id: string) => store.get('webhook_deliveries', id) as WebhookDelivery | undefined;

  return {
    open(endpoint, after, limit) {
      const cursor = after === undefined ? 0 : (store.seqOf('webhook_deliveries', after) ?? 0);
      const { data } = store.list({
        collection: 'webhook_deliveries',
        where: { endpoint, status: OPEN },
        endingBefore: cursor,
        limit,
      });
      return data.reverse().map((row) => deliveryOf(row as WebhookDelivery));
    },
    parcel(delivery) {
      if (!options.mayDeliver()) return { kind: 'drop' };
      return store.read(() => {
        const row = find(delivery.id);
        const endpoint = store.get('webhook_endpoints', delivery.destination);
        const event = store.get('events', delivery.eventId);
        if (row === undefined || !OPEN.includes(row.status)) return { kind: 'drop' };
        if (endpoint === undefined || event === undefined) return { kind: 'drop' };
        if (endpoint['status'] !== 'enabled') return { kind: 'skip', reason: 'disabled' };
        const { secret } = (store.getFacts(endpoint.id) ?? {}) as Partial<EndpointFacts>;
        return {
          kind: 'send',
          parcel: {
            url: endpoint['url'] as string,
            body: eventBody(event, row.pending_webhooks),
            secrets: secret === undefined ? [] : [secret],
            ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
          },
        };
      });
    },
    async record(result) {
      store.transaction(() => {
        const row = find(result.delivery.id);
        if (row === undefined || !OPEN.includes(row.status)) return;
        store.update('webhook_deliveries', {
          ...row,
          attempts: result.number,
          failures: result.counts.failures,
          unreachable: result.counts.unreachable,
          last_attempt: attemptOf(result, options.realNow()),
          next_attempt: result.nextAttemptAt ?? null,
          status: result.status,
        });
        if (result.status === 'succeeded') countDown(store, row.event);
      });
      await store.committed();
    },
  };
}

function deliveryOf(row: WebhookDelivery): Delivery {
  return {
    id: row.id,
    destination: row.endpoint,
    eventId: row.event,
    eventType: row.event_type,
    attempts: row.attempts,
    failures: row.failures,
    unreachable: row.unreachable,
    notBefore: row.next_attempt ?? 0,
  };
}

function attemptOf({ outcome }: AttemptResult, at: number): DeliveryAttempt {
  if (outcome.kind !== 'answered') {
    const ms = outcome.kind === 'failed' ? Math.round(outcome.ms) : null;
    return { at, body_start: null, http_status: null, ms, reason: outcome.reason };
  }
  return {
    at,
    body_start: isAccepted(outcome) ? null : outcome.bodyStart.slice(0, 500),
    http_status: outcome.status,
    ms: Math.round(outcome.ms),
    reason: null,
  };
}

/** An endpoint has accepted the event: one less is pending. */
function countDown(store: Store, eventId: string): void {
  const event: ApiObject | undefined = store.get('events', eventId);
  if (event === undefined) return;
  const pending = event['pending_webhooks'] as number;
  store.update('events', { ...event, pending_webhooks: Math.max(0, pending - 1) });
}
