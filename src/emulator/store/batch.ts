import type { SqlDatabase, SqlStatement } from '../sqlite.ts';
import { isFatal, toStateError } from './state-error.ts';

/**
 * Groups the writes of one turn of the event loop into one SQLite transaction (a batch), because a commit costs more
 * than the writes of a request. Inside a batch every `transaction` can be undone on its own.
 */
export interface Batches {
  /** True while a batch is open: this process holds the write lock, so nobody else changes anything. */
  readonly isOpen: boolean;
  /** Grows whenever what is cached from the database may have become stale. */
  readonly epoch: number;
  transaction<T>(work: () => T, keepOnError: (error: unknown) => boolean): T;
  read<T>(work: () => T): T;
  /** Must be called before every statement that writes. Outside `transaction` it opens a batch of its own accord. */
  beforeWrite(): void;
  /**
   * Runs a statement that does nothing but add a row. Needs no savepoint, which would cost about as much as the row.
   *
   * @param remove removes that row again; called only after the statement succeeded.
   */
  addRow<T>(add: () => T, remove: () => void): T;
  /** Runs a statement and turns SQLite's errors into `StateError`; gives the batch up when it cannot go on. */
  run<T>(statement: () => T): T;
  committed(): Promise<void>;
  flush(): void;
  /** Begins a batch unless another process holds the lock for longer than this. @returns whether one is open now */
  beginWithin(waitMs: number): boolean;
  /** Sets what is called inside each batch right before its commit, and when one was given up. */
  attach(followers: BatchFollowers): void;
  /** Makes everything cached stale. */
  invalidate(): void;
}

interface BatchFollowers {
  /** May write with plain statements; what it throws is the failure of the commit. */
  readonly beforeCommit: () => void;
  readonly abandoned: () => void;
}

interface Batch {
  failure: unknown;
  committed: Promise<void> | undefined;
  settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  immediate: NodeJS.Immediate;
}

/** One running `transaction`. */
interface Frame {
  readonly batch: Batch;
  /** Whether it has an SQLite savepoint, which it gets with its first write that is more than an added row. */
  saved: boolean;
  /** How to remove the rows that were added before the savepoint, in order. */
  readonly added: (() => void)[];
}

/** @param busyTimeoutMs how long to wait for the write lock; set on the connection already */
export function createBatches(db: SqlDatabase, path: string, busyTimeoutMs: number): Batches {
  const prepared = new Map<string, SqlStatement>();
  const frames: Frame[] = [];
  let batch: Batch | undefined;
  let epoch = 0;
  let reading = 0;
  let unreported: unknown;
  let followers: BatchFollowers | undefined;

  const execute = (sql: string) => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    statement.run();
  };

  function begin(): Batch {
    if (batch !== undefined) return batch;
    if (unreported !== undefined) {
      const failure = unreported;
      unreported = undefined;
      throw failure;
    }
    try {
      execute('BEGIN IMMEDIATE');
    } catch (error) {
      throw toStateError(error, path);
    }
    epoch += 1;
    batch = {
      failure: undefined,
      committed: undefined,
      settle: undefined,
      immediate: setImmediate(flushQuietly),
    };
    return batch;
  }

  /** Gives the whole batch up: everybody who waits for it learns that nothing was kept. */
  function abandon(failure: unknown): void {
    const lost = batch;
    if (lost === undefined) return;
    batch = undefined;
    epoch += 1;
    clearImmediate(lost.immediate);
    lost.failure = failure;
    try {
      execute('ROLLBACK');
    } catch {
      // SQLite has rolled back on its own, as it does after some errors.
    }
    followers?.abandoned();
    lost.settle?.reject(failure);
  }

  function commit(): void {
    const done = batch;
    if (done === undefined) return;
    try {
      followers?.beforeCommit();
      execute('COMMIT');
    } catch (error) {
      const failure = toStateError(error, path);
      abandon(failure);
      throw failure;
    }
    batch = undefined;
    clearImmediate(done.immediate);
    done.settle?.resolve();
  }

  /** The end of the turn. A failure nobody waits for is thrown by the next transaction instead of getting lost. */
  function flushQuietly(): void {
    const hadWaiters = batch?.settle !== undefined;
    try {
      commit();
    } catch (error) {
      if (!hadWaiters) unreported = error;
    }
  }

  function run<T>(statement: () => T): T {
    try {
      return statement();
    } catch (error) {
      const failure = toStateError(error, path);
      if (isFatal(error)) abandon(failure);
      throw failure;
    }
  }

  /** The innermost transaction when it has to take note of what is written: it has no savepoint yet. */
  function frameToTell(): Frame | undefined {
    if (reading > 0) throw new Error('the store was written to inside read()');
    const innermost = frames.at(-1);
    if (innermost === undefined) {
      begin();
      return undefined;
    }
    if (innermost.batch !== batch) throw innermost.batch.failure;
    return innermost.saved ? undefined : innermost;
  }

  function beforeWrite(): void {
    if (frameToTell() === undefined) return;
    for (const [depth, frame] of frames.entries()) {
      if (frame.saved) continue;
      run(() => execute(`SAVEPOINT s${depth}`));
      frame.saved = true;
      // What the transactions inside this one have added so far is older than its savepoint as well.
      for (const inner of frames.slice(depth + 1)) frame.added.push(...inner.added);
    }
  }

  function undo(frame: Frame, depth: number): void {
    if (frame.batch !== batch) return;
    epoch += 1;
    run(() => {
      if (frame.saved) {
        execute(`ROLLBACK TO s${depth}`);
        execute(`RELEASE s${depth}`);
      }
      for (const remove of frame.added.reverse()) remove();
    });
  }

  function keepWritten(frame: Frame, depth: number): void {
    if (frame.batch !== batch) return;
    if (frame.saved) run(() => execute(`RELEASE s${depth}`));
    const outer = frames.at(-1);
    if (!frame.saved && outer?.saved === false) outer.added.push(...frame.added);
  }

  return {
    get isOpen() {
      return batch !== undefined;
    },
    get epoch() {
      return epoch;
    },
    transaction(work, keepOnError) {
      if (reading > 0) throw new Error('a transaction was begun inside read()');
      const frame: Frame = { batch: begin(), saved: false, added: [] };
      const depth = frames.push(frame) - 1;
      let keep = true;
      try {
        const result = work();
        if (result instanceof Promise) {
          keep = false;
          throw new Error('work inside a store transaction must be synchronous');
        }
        if (frame.batch !== batch) throw frame.batch.failure;
        return result;
      } catch (error) {
        keep = keep && frame.batch === batch && keepOnError(error);
        throw error;
      } finally {
        frames.pop();
        if (!keep) undo(frame, depth);
        else keepWritten(frame, depth);
      }
    },
    read(work) {
      if (batch !== undefined || reading > 0) return work();
      run(() => execute('BEGIN'));
      reading += 1;
      try {
        return work();
      } finally {
        reading -= 1;
        run(() => execute('COMMIT'));
      }
    },
    beforeWrite,
    addRow(add, remove) {
      const frame = frameToTell();
      const result = run(add);
      frame?.added.push(remove);
      return result;
    },
    run,
    committed() {
      if (batch === undefined) return Promise.resolve();
      const open = batch;
      open.committed ??= new Promise<void>((resolve, reject) => {
        open.settle = { resolve, reject };
      });
      return open.committed;
    },
    flush() {
      if (frames.length > 0) throw new Error('flush() inside a transaction');
      commit();
    },
    beginWithin(waitMs) {
      if (batch !== undefined) return true;
      if (unreported !== undefined) return false;
      db.exec(`PRAGMA busy_timeout = ${waitMs}`);
      try {
        begin();
        return true;
      } catch {
        return false;
      } finally {
        db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
      }
    },
    attach(given) {
      followers = given;
    },
    invalidate() {
      epoch += 1;
    },
  };
}
