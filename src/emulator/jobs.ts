import type { Ids } from './ids.ts';
import type { ApiHash } from './objects.ts';
import type { Store } from './store/store.ts';
import { BY_TIME, type Setup, World } from './world.ts';

/** What happens when a job falls due. `subject` is the id of the object it is about; it may have changed since. */
export type JobHandler = (world: World, subject: string, payload: ApiHash) => void;

export type JobHandlers = Readonly<Record<string, JobHandler>>;

/**
 * Runs every job due at `now`, oldest first, each at its own due time, so that what happens while nobody looks carries
 * the time at which it would have happened. Jobs that a job files are run too when they are due.
 *
 * @throws Error for a job kind nobody handles (state of a newer program).
 */
export function runDueJobs(
  parts: { store: Store; ids: Ids; setup: Setup },
  handlers: JobHandlers,
  now: number,
): void {
  for (let job = parts.store.takeDueJob(now); job !== undefined; job = parts.store.takeDueJob(now)) {
    const handler = handlers[job.kind];
    if (handler === undefined) throw new Error(`no handler for the job ${job.kind}`);
    const world = new World({ ...parts, now: job.due, cause: BY_TIME });
    handler(world, job.subject, job.payload as ApiHash);
  }
}
