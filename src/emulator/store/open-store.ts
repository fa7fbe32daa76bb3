import { renameSync, statSync } from 'node:fs';
import { createBatches } from './batch.ts';
import { COLLECTION_NAMES, type Collection } from './collections.ts';
import { createObjectTables } from './object-tables.ts';
import { IN_MEMORY, openDatabase } from './open-database.ts';
import { emptyTables, exportLines, importLines } from './portable.ts';
import { createRequestRows } from './request-rows.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { createSideTables } from './side-tables.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** File to open or create, or `:memory:`. */
  readonly path: string;
  /** How long to wait for other processes that write, in milliseconds. */
  readonly busyTimeoutMs?: number;
  /** Keeps the file from growing beyond this many pages of 4 KiB; then writes fail with `STATE_FULL`. */
  readonly maxPages?: number;
}

const BUSY_TIMEOUT_MS = 10_000;
const GENERATION = 'generation';

/** Belongs to the file, not to what it holds: the secret that apps were told to verify with. */
const KEPT_META = ['stripe_cli_secret'];

/** Opens the state, creating or upgrading the file as needed. @throws StateError; the file is then left as it is. */
export function openStore(options: StoreOptions): Store {
  const { path } = options;
  const { busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  const db = openDatabase({ ...options, busyTimeoutMs });
  const batches = createBatches(db, path, busyTimeoutMs);
  const objects = createObjectTables(db, batches);
  const side = createSideTables(db, batches);
  const requests = createRequestRows(db, batches);
  batches.attach({ beforeCommit: requests.write, abandoned: requests.forget });
  const dataVersion = db.prepare('PRAGMA data_version');
  const totalChanges = db.prepare('SELECT total_changes() AS n');
  let closed = false;

  const generation = () => Number(side.getMeta(GENERATION) ?? 0);

  /** Replaces all content in a transaction of its own. */
  function replaceAll(fill: () => void): void {
    batches.flush();
    batches.transaction(
      () => {
        const next = generation() + 1;
        const kept = KEPT_META.map((key) => [key, side.getMeta(key)] as const);
        batches.beforeWrite();
        batches.run(() => emptyTables(db));
        fill();
        batches.invalidate();
        side.setMeta(GENERATION, String(next));
        for (const [key, value] of kept) if (value !== undefined) side.setMeta(key, value);
      },
      () => false,
    );
    batches.flush();
    batches.invalidate();
  }

  return {
    ...side,
    ...requests.rows,
    get: objects.get,
    getDeleted: objects.getDeleted,
    insert: objects.insert,
    update: objects.update,
    remove: objects.remove,
    seqOf: objects.seqOf,
    list: objects.list,
    scan: objects.scan,
    count: objects.count,
    latestCreated: objects.latestCreated,
    transaction: (work, keepOnError = () => false) => batches.transaction(work, keepOnError),
    read: batches.read,
    committed: batches.committed,
    flush: batches.flush,
    close() {
      if (closed) return;
      closed = true;
      try {
        batches.flush();
        requests.finish();
      } finally {
        db.close();
      }
    },
    reset: () => replaceAll(() => undefined),
    info: () =>
      batches.read(() => ({
        path,
        sizeBytes: sizeOf(path),
        schema: SCHEMA_VERSION,
        generation: generation(),
        counts: Object.fromEntries(COLLECTION_NAMES.map((name) => [name, objects.count(name)])) as Record<
          Collection,
          number
        >,
        jobs: side.listJobs().length,
      })),
    version: () =>
      `${String(batches.run(() => dataVersion.get()?.['data_version']))}.${String(totalChanges.get()?.['n'])}`,
    exportState: () => exportLines(db, batches),
    importState: (lines) => replaceAll(() => importLines(db, batches, path, lines)),
  };
}

function sizeOf(path: string): number {
  if (path === IN_MEMORY) return 0;
  return [path, `${path}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/**
 * Moves a state file that cannot be opened out of the way, its log with it, and returns its new path. Nothing is lost.
 *
 * @param stamp tells one such file from another, e.g. `20261122T071500Z`.
 */
export function moveStateAside(path: string, stamp: string): string {
  const aside = `${path}.corrupt-${stamp}`;
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) {
    if (statSync(path + suffix, { throwIfNoEntry: false }) !== undefined)
      renameSync(path + suffix, aside + suffix);
  }
  return aside;
}
