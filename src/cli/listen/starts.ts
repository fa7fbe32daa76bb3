import type { Cursor, EventSource, Gap } from '../../gateway/event-sources/source.ts';
import type { Forwarding } from '../../gateway/forwarding/forward.ts';
import type { ListenPlan } from './plan.ts';

/** A run that ended longer ago than this, in milliseconds, is not gone on with: nobody waits for those events any more. */
const TOO_LONG_AGO = 24 * 3600 * 1000;

/** Where a run begins to read. */
export interface Starts {
  /** Of the source: the earliest of all. */
  readonly source: Cursor;
  /** By key of the destination. */
  readonly destinations: ReadonlyMap<string, Cursor>;
  /** The time since an earlier run to the same destination, if there was one that did not come to its end. */
  readonly gap: Gap | undefined;
}

/** Finds where to begin: now, some time ago (`--backfill`), or where an earlier run stopped. */
export async function findStarts(
  source: EventSource,
  plan: ListenPlan,
  forwarding: Forwarding | undefined,
  now: number,
): Promise<Starts> {
  // Asked for in any case: it shows at once whether the key is good and the API can be reached.
  const head = await source.head();
  const fresh = plan.backfill === undefined ? head : await source.head(plan.backfill);
  const destinations = new Map<string, Cursor>();
  const cursors = [fresh];
  let gap: Gap | undefined;
  for (const { key } of plan.places) {
    const resumption = plan.fresh ? undefined : forwarding?.resumptions.get(key);
    if (resumption === undefined) {
      destinations.set(key, fresh);
      continue;
    }
    const { aliveAt } = resumption;
    const lost = now - aliveAt > TOO_LONG_AGO;
    const saved: Cursor = { ...resumption.cursor, readAt: aliveAt };
    const start = lost ? fresh : earlier(saved, fresh);
    destinations.set(key, start);
    cursors.push(start);
    if (gap !== undefined && gap.from <= aliveAt) continue;
    gap = {
      kind: 'gap',
      reason: 'restart',
      from: aliveAt,
      to: now,
      events: source.countAfter(saved),
      ...(lost && plan.backfill === undefined ? { lost } : {}),
    };
  }
  return { source: cursors.reduce(earlier), destinations, gap };
}

/** Positions of another era cannot be compared; the source finds by the time where that cursor is. */
function earlier(one: Cursor, other: Cursor): Cursor {
  if (one.era !== other.era) return one.readAt <= other.readAt ? one : other;
  const [low, high] = one.position <= other.position ? [one, other] : [other, one];
  // What had been there at the later time is new to whoever reads from the earlier one.
  return low.position === high.position
    ? { ...low, known: low.known.filter((id) => high.known.includes(id)) }
    : low;
}
