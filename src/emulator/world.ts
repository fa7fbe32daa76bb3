import type { Caller } from './caller.ts';
import type { Ids } from './ids.ts';
import type { ApiHash, ApiObject } from './objects.ts';
import { previousAttributes } from './previous-attributes.ts';
import type { Collection } from './store/collections.ts';
import type { Store } from './store/store.ts';
import { fileDeliveries, listenersOf } from './webhook-listeners.ts';

/** What caused a change: an API request, or (both null) Stripe itself as time passes. */
export interface Cause {
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

export const BY_TIME: Cause = { requestId: null, idempotencyKey: null };

/** Settings of one emulator that operations may read. */
export interface Setup {
  /** Newest API version: the shape of all objects. */
  readonly apiVersion: string;
  /** Where hosted pages (3D Secure, vouchers) are served, without a trailing slash. */
  readonly baseUrl: () => string;
  /** How many `stripe listen` are connected to this process. */
  readonly cliListeners: () => number;
}

/**
 * The emulated account at one moment, as an operation sees it: stored objects, the time, ids, events, things to come.
 * A world lives for one request or one job; all it writes commits together.
 */
export class World {
  readonly store: Store;
  readonly ids: Ids;
  /** Unix seconds on the emulator's clock. */
  readonly now: number;
  readonly cause: Cause;
  readonly setup: Setup;
  /** Objects as events of this world show them, with the event's id, as long as they have not changed since. */
  readonly #snapshots = new Map<ApiHash, string>();

  constructor(parts: { store: Store; ids: Ids; now: number; cause: Cause; setup: Setup }) {
    this.store = parts.store;
    this.ids = parts.ids;
    this.now = parts.now;
    this.cause = parts.cause;
    this.setup = parts.setup;
  }

  get(collection: Collection, id: unknown): ApiObject | undefined {
    return typeof id === 'string' ? this.store.get(collection, id) : undefined;
  }

  /** An object that must exist because another one refers to it. @throws Error when the state is inconsistent (a bug). */
  require(collection: Collection, id: unknown): ApiObject {
    const object = this.get(collection, id);
    if (object === undefined) throw new Error(`${collection} ${String(id)} is referred to but not stored`);
    return object;
  }

  insert(collection: Collection, object: ApiObject): ApiObject {
    this.#snapshots.delete(object);
    this.store.insert(collection, object);
    return object;
  }

  update(collection: Collection, object: ApiObject): ApiObject {
    this.#snapshots.delete(object);
    this.store.update(collection, object);
    return object;
  }

  /** Private facts about an object, which the API never shows; an empty hash where there are none. */
  facts<F extends object>(id: string): Partial<F> {
    return (this.store.getFacts(id) ?? {}) as Partial<F>;
  }

  /** Merges `changes` into the private facts of an object. */
  remember<F extends object>(id: string, changes: Partial<F>): void {
    this.store.putFacts(id, { ...(this.store.getFacts(id) ?? {}), ...changes });
  }

  /** Files a job that runs when the emulator's clock reaches `now + afterSeconds`. */
  schedule(kind: string, subject: string, afterSeconds: number, payload: ApiHash = {}): void {
    this.store.addJob({ due: this.now + afterSeconds, kind, subject, payload });
  }

  /**
   * Writes an event with a snapshot of `object` as it is now, and its deliveries to webhook endpoints. Events of an intent and of what it caused share the
   * intent's id characters (recorded).
   *
   * @param before the object before the change, for `*.updated` and the like: becomes `previous_attributes`.
   */
  emit(type: string, object: ApiHash, before?: ApiHash): void {
    const kin = intentOf(object);
    const id = kin === undefined ? this.ids.plain('evt', this.now) : this.ids.related('evt', kin);
    const listeners = listenersOf(this.store, type);
    const event: ApiObject = {
      id,
      object: 'event',
      api_version: this.setup.apiVersion,
      created: this.now,
      data:
        before === undefined
          ? { object }
          : { object, previous_attributes: previousAttributes(before, object) },
      livemode: false,
      pending_webhooks: listeners.length,
      request: { id: this.cause.requestId, idempotency_key: this.cause.idempotencyKey },
      type,
    };
    this.store.insert('events', event);
    this.#snapshots.set(object, id);
    fileDeliveries(this, event, listeners);
  }

  /** Id of an event of this world whose object is this very one, unchanged. */
  snapshotOf(object: ApiHash): string | undefined {
    return this.#snapshots.get(object);
  }
}

function intentOf(object: ApiHash): string | undefined {
  if (object['object'] === 'payment_intent') return object['id'] as string;
  const intent = object['payment_intent'];
  return typeof intent === 'string' ? intent : undefined;
}

/** One request as an operation sees it. */
export interface Call {
  readonly world: World;
  /** Validated parameters, `expand` left out. */
  readonly params: ApiHash;
  /** Values of the path's placeholders, in order. */
  readonly path: readonly string[];
  readonly caller: Caller;
  /** Path of the request without its query: the `url` of lists. */
  readonly url: string;
  /** The `Host` header: how the client reaches the server. Undefined inside a process. */
  readonly host: string | undefined;
}

/** What an endpoint does. @throws ApiError */
export type Operation = (call: Call) => ApiHash;

/** Rows of the route table: operation id, as in the generated tables, to what it does. */
export type Operations = Readonly<Record<string, Operation>>;
