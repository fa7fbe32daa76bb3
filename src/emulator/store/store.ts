import type { ApiObject } from '../objects.ts';
import type { Collection } from './collections.ts';
import type { ListQuery, Page, Where } from './object-tables.ts';
import type { RequestRows } from './request-rows.ts';
import type { SideTables } from './side-tables.ts';

export type { CreatedRange, ListQuery, Where } from './object-tables.ts';
export type { IdempotentRecord } from './side-tables.ts';

interface StoreInfo {
  /** File, or `:memory:`. */
  readonly path: string;
  /** Bytes on disk, the write-ahead log included; 0 in memory. */
  readonly sizeBytes: number;
  readonly schema: number;
  /** Grows with every reset and import: cursors from before mean nothing after it. */
  readonly generation: number;
  /** Live objects by collection. */
  readonly counts: Readonly<Record<Collection, number>>;
  readonly jobs: number;
}

/**
 * The emulator's state. Everything is synchronous except `committed`. Several processes may have the same file open;
 * what one of them commits, the others see at once. Methods throw `StateError` when the file cannot be read or written.
 */
export interface Store extends SideTables, RequestRows {
  /** A live object, freshly parsed: the caller may change it and hand it to `update`. */
  get(collection: Collection, id: string): ApiObject | undefined;
  /** Whether an object with this id existed and was removed. */
  getDeleted(collection: Collection, id: string): boolean;
  /** Appends an object; its place in lists is after all that were inserted before. @throws Error for an id that exists. */
  insert(collection: Collection, object: ApiObject): void;
  /** Replaces a live object. @throws Error when there is none with this id. */
  update(collection: Collection, object: ApiObject): void;
  /** Removes an object; its id remains known to `seqOf` and `getDeleted`. @throws Error when there is none with this id. */
  remove(collection: Collection, id: string): void;
  /** Position of an object, live or removed, in the order of insertion: the cursor that `list` takes. */
  seqOf(collection: Collection, id: string): number | undefined;
  /** One page, newest first. @throws Error for a filter the collection does not have (see `collections.ts`). */
  list(query: ListQuery): Page;
  /** All live objects, newest first, read in pieces: what is inserted during the scan does not appear. */
  scan(collection: Collection, where?: Where): Iterable<ApiObject>;
  count(collection: Collection, where?: Where): number;
  /** The latest `created` of all that is stored: no clock may show less. Unix seconds, 0 for an empty state. */
  latestCreated(): number;
  /**
   * Runs `work` so that it can be undone: joins the open batch of this turn of the event loop, or takes the write lock
   * and begins one. What `work` wrote is rolled back when it throws, unless `keepOnError` says otherwise; the error is
   * thrown on either way. Transactions nest. Call `committed` before telling anybody that it happened.
   */
  transaction<T>(work: () => T, keepOnError?: (error: unknown) => boolean): T;
  /**
   * Runs `work`, which must not write, on one consistent view of the state, without the write lock (inside the batch if
   * one is open).
   */
  read<T>(work: () => T): T;
  /**
   * Resolves when the open batch, if there is one, is committed, at the end of this turn of the event loop. To be called
   * in the same turn as the transaction. Rejects with `StateError` when nothing of the batch was kept.
   */
  committed(): Promise<void>;
  /** Commits the open batch now. @throws StateError when it could not be kept. */
  flush(): void;
  /** Commits and closes. Safe to call twice. */
  close(): void;
  /** Removes everything, meta and private facts included, for all processes that have the file open. */
  reset(): void;
  info(): StoreInfo;
  /** A text that differs after any process committed anything: cheap to poll. */
  version(): string;
  /** The whole state as JSON Lines (without line ends), one consistent view; see `portable.ts`. */
  exportState(): Iterable<string>;
  /** Replaces the whole state by an exported one, or changes nothing. @throws StateError `STATE_IMPORT_INVALID`, `STATE_NEWER`. */
  importState(lines: Iterable<string>): void;
}
