import type { ApiObject } from '../objects.ts';
import { type LoggedRequest, requestsAfter } from '../request-log.ts';
import type { Store } from '../store/store.ts';
import { passesFilters } from './log-filters.ts';
import { requestLogId, requestLogMessage, webhookEventMessage } from './messages.ts';
import { lastResend, resendsAfter } from './resends.ts';
import type { CliSession, Feature } from './sessions.ts';

/** How many messages may be under way without an acknowledgement. */
const WINDOW = 200;

/** One thing to send, in the order of the state. */
interface Item {
  /** Its place: of an event or of a request; undefined for an event that is sent once more. */
  readonly place: number | undefined;
  /** What the acknowledgement of it names; undefined for what is passed over. */
  readonly key: string | undefined;
  readonly message: () => string;
}

export interface FeedOptions {
  readonly store: Store;
  readonly session: CliSession;
  readonly secret: string;
  /** Real time in milliseconds. */
  readonly realNow: () => number;
}

/** Seconds: events of a replaced state that are younger than this have just happened. */
const JUST_NOW = 5;

/**
 * What one session has been sent and has acknowledged. It goes on from connection to connection: what was under way when
 * one broke is sent again on the next, so nothing is lost, and what the CLI acknowledged late is not sent twice.
 */
export interface Feed {
  readonly feature: Feature;
  /** Messages to send now, oldest first: so many at most, and no more than the window allows. */
  take(limit: number): string[];
  /** What was sent and not acknowledged will be taken again. */
  rewind(): void;
  /** An acknowledgement has come. */
  acknowledge(key: string): void;
  /** Whether something waits for its acknowledgement. */
  readonly waits: boolean;
  /** Everything up to here needs no sending any more. */
  readonly cursor: number;
}

export function createFeed(options: FeedOptions): Feed {
  const { store, session, realNow } = options;
  let era = eraOf(store);
  let lookedAt = realNow();
  let read = session.cursor;
  let resent = lastResend(store);
  /** Sent and not acknowledged, by key. Insertion order is the order of the state. */
  const underWay = new Map<string, Item>();
  let again: Item[] = [];
  let acknowledges = false;

  /** A state that was replaced counts anew. An import brings events of the past, which nobody waits for. */
  function followEra(): void {
    const current = eraOf(store);
    if (current !== era) {
      era = current;
      underWay.clear();
      again = [];
      read = session.feature === 'webhooks' ? lastBefore(store, lookedAt / 1000 - JUST_NOW) : 0;
    }
    lookedAt = realNow();
  }

  /** Whether one more may be sent. Of a client that acknowledges nothing, sending is all there is to know. */
  function isRoom(): boolean {
    if (underWay.size < WINDOW) return true;
    if (acknowledges) return false;
    const [oldest] = underWay.keys();
    if (oldest !== undefined) underWay.delete(oldest);
    return true;
  }

  /** What was asked for again since the last time. What is under way anyway is not sent twice. */
  function noteResends(): void {
    if (session.feature !== 'webhooks') return;
    for (const { number, event: id } of resendsAfter(store, resent)) {
      resent = number;
      const event = store.get('events', id);
      if (event === undefined || underWay.has(id)) continue;
      const item = { place: undefined, key: id, message: () => messageOf(options, event) };
      underWay.set(id, item);
      again.push(item);
    }
  }

  return {
    feature: session.feature,
    take(limit) {
      followEra();
      noteResends();
      const messages = again.splice(0, limit).map((item) => item.message());
      while (messages.length < limit) {
        const items =
          session.feature === 'webhooks' ? eventsAfter(options, read) : entriesAfter(options, read);
        if (items.length === 0) return messages;
        for (const item of items) {
          if (item.key !== undefined) {
            if (messages.length >= limit || !isRoom()) return messages;
            underWay.set(item.key, item);
            messages.push(item.message());
          }
          read = item.place ?? read;
        }
      }
      return messages;
    },
    rewind() {
      again = [...underWay.values()];
    },
    acknowledge(key) {
      acknowledges = true;
      underWay.delete(key);
      const sentTwice = again.findIndex((item) => item.key === key);
      if (sentTwice >= 0) again.splice(sentTwice, 1);
    },
    get waits() {
      return underWay.size > 0;
    },
    get cursor() {
      const oldest = [...underWay.values()].find(({ place }) => place !== undefined)?.place;
      return oldest === undefined ? read : oldest - 1;
    },
  };
}

/** Grows with every reset and import. */
const eraOf = (store: Store): string => store.getMeta('generation') ?? '0';

const PAGE = 100;

function eventsAfter(options: FeedOptions, place: number): Item[] {
  const { store } = options;
  return store.read(() =>
    store
      .list({ collection: 'events', endingBefore: place, limit: PAGE })
      .data.reverse()
      .map((event: ApiObject) => ({
        place: store.seqOf('events', event.id) ?? place,
        key: event.id,
        message: () => messageOf(options, event),
      })),
  );
}

function messageOf({ session, secret, realNow }: FeedOptions, event: ApiObject): string {
  const signedAt = Math.floor(realNow() / 1000);
  return webhookEventMessage(event, { webhook: session.webhook, secret, signedAt });
}

function entriesAfter({ store, session }: FeedOptions, place: number): Item[] {
  return requestsAfter(store, place).map((entry: LoggedRequest) => ({
    place: entry.number,
    key: isShown(entry) && passesFilters(entry, session.filters) ? requestLogId(entry) : undefined,
    message: () => requestLogMessage(entry),
  }));
}

/** Requests that Stripe does not have are none of its CLI's business. */
const isShown = (entry: LoggedRequest) => !entry.url.startsWith('/_payintent/');

/** Place of the last event before a time in unix seconds; 0 when there is none. */
function lastBefore(store: Store, since: number): number {
  for (const event of store.scan('events')) {
    if (Number(event['created']) < since) return store.seqOf('events', event.id) ?? 0;
  }
  return 0;
}
