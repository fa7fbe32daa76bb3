import { existsSync } from 'node:fs';
import { createClock } from '../emulator/clock.ts';
import { answerOf, type LoggedRequest, newestRequests } from '../emulator/request-log.ts';
import { requestLogObject } from '../emulator/request-log-object.ts';
import { openStore } from '../emulator/store/open-store.ts';
import type { Store } from '../emulator/store/store.ts';
import type { WebhookDelivery } from '../emulator/webhook-listeners.ts';
import { IN_MEMORY, type StateAccess, toOfflineError } from './emulator-access.ts';
import type { ApiRecord } from './gateway.ts';
import type { RequestLog } from './request-log.ts';

/** A logged request with what it was answered, for those who judge how an app uses the API. Secrets are masked. */
export interface LoggedCall extends RequestLog {
  /** The body of the answer, as far as it is about payments or an error, and was kept whole. */
  readonly answer: ApiRecord | undefined;
}

/** What became of an intent by now. */
export interface IntentNow {
  readonly status: string;
  readonly cancellationReason: string | null;
  /** Until when reserved money can be taken, in unix seconds; null where nothing is reserved. */
  readonly captureBefore: number | null;
}

/** What became of the delivery of an event to a registered webhook endpoint. */
export interface DeliveryNow {
  readonly eventType: string;
  /** Id of the endpoint. */
  readonly endpoint: string;
  readonly url: string;
  readonly status: string;
  readonly attempts: number;
  /** Of the last attempt: the status of its answer, why there was none, how many milliseconds it took. */
  readonly httpStatus: number | null;
  readonly reason: string | null;
  readonly ms: number | null;
}

/** The state of the account as it is when the log is read. */
export interface AccountNow {
  /** Unix seconds on the emulator's clock. */
  readonly now: number;
  /** The intents that the calls were about. */
  readonly intents: ReadonlyMap<string, IntentNow>;
  /** Newest first. */
  readonly deliveries: readonly DeliveryNow[];
}

export interface CallLog {
  /** Oldest first. */
  readonly calls: readonly LoggedCall[];
  readonly account: AccountNow;
  /** Whether the log goes further back than what was asked for. */
  readonly hasOlder: boolean;
}

/**
 * The calls of the log, and what became of what they were about. Makes no file where there is none.
 *
 * @param since unix seconds on the emulator's clock, asked for with the time it is there; all if it answers undefined
 * @throws OfflineStateError
 */
export function readCalls(access: StateAccess, since: (now: number) => number | undefined): CallLog {
  try {
    const store = openStore({ path: existsSync(access.statePath) ? access.statePath : IN_MEMORY });
    try {
      return store.read(() => {
        const now = createClock(store, access.now).now();
        const from = since(now) ?? Number.NEGATIVE_INFINITY;
        const calls: LoggedCall[] = [];
        let hasOlder = false;
        for (const entry of newestRequests(store)) {
          if (entry.created < from) {
            hasOlder = true;
            break;
          }
          calls.push(loggedCall(entry, () => answerOf(store, entry)));
        }
        calls.reverse();
        return { calls, hasOlder, account: accountNow(store, now, intentsOf(calls)) };
      });
    } finally {
      store.close();
    }
  } catch (error) {
    throw toOfflineError(error);
  }
}

/** @param answer asked for only where it matters */
export function loggedCall(entry: LoggedRequest, answer: () => string): LoggedCall {
  const telling = entry.status >= 400 || /^\/v1\/(?:customers|payment_intents|refunds)\b/.test(entry.url);
  return Object.assign(requestLogObject(entry), { answer: telling ? parsed(answer()) : undefined });
}

function parsed(json: string): ApiRecord | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as ApiRecord) : undefined;
  } catch {
    // Cut off, or forgotten.
    return undefined;
  }
}

/** Ids of the intents that calls name or got. */
export function intentsOf(calls: Iterable<LoggedCall>): Set<string> {
  const ids = new Set<string>();
  for (const { path, answer } of calls) {
    const named = /^\/v1\/payment_intents\/(pi_\w+)/.exec(path)?.[1];
    if (named !== undefined) ids.add(named);
    const id = answer?.['id'];
    if (typeof id === 'string' && id.startsWith('pi_')) ids.add(id);
  }
  return ids;
}

/** More deliveries than this are not looked through. */
const MOST_DELIVERIES = 1000;

/** @param now unix seconds on the emulator's clock */
export function accountNow(store: Store, now: number, ids: Iterable<string>): AccountNow {
  const intents = new Map<string, IntentNow>();
  for (const id of ids) {
    const intent = store.get('payment_intents', id);
    if (intent === undefined) continue;
    const status = String(intent['status']);
    intents.set(id, {
      status,
      cancellationReason: textOf(intent['cancellation_reason']),
      captureBefore: status === 'requires_capture' ? captureBefore(store, intent['latest_charge']) : null,
    });
  }
  const { data } = store.list({ collection: 'webhook_deliveries', limit: MOST_DELIVERIES });
  const deliveries = (data as WebhookDelivery[]).flatMap((delivery) => {
    const url = textOf(store.get('webhook_endpoints', delivery.endpoint)?.['url']);
    const { event_type: eventType, endpoint, status, attempts, last_attempt: last } = delivery;
    if (url === null) return [];
    const { http_status: httpStatus = null, reason = null, ms = null } = last ?? {};
    return [{ eventType, endpoint, url, status, attempts, httpStatus, reason, ms }];
  });
  return { now, intents, deliveries };
}

function captureBefore(store: Store, charge: unknown): number | null {
  if (typeof charge !== 'string') return null;
  const details = store.get('charges', charge)?.['payment_method_details'];
  const card = (details as { card?: { capture_before?: unknown } } | undefined)?.card;
  return typeof card?.capture_before === 'number' ? card.capture_before : null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
