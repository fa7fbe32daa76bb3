import type { Gateway } from '../gateway.ts';
import { GatewayError } from '../gateway-error.ts';
import { type Cursor, type EventSource, pause, type SourceEvent, type SourceItem } from './source.ts';
import { eventPage, walkEvents } from './walk-events.ts';

export interface PollingSourceOptions {
  readonly gateway: Gateway;
  /** Tells the account from others, without its key. */
  readonly place: string;
  /** Real time in milliseconds. */
  readonly now: () => number;
  /** Milliseconds between two looks; for tests. */
  readonly waits?: { readonly busy: number; readonly idle: number };
}

/** How often to ask while something happens and otherwise, in milliseconds: far below the 25 reads a second of test mode. */
const WAITS = { busy: 1000, idle: 2000 };
const BUSY_FOR = 60_000;
/** An event can show up in the list this much after the time it bears, in seconds. */
const LATE = 120;
/** How often to look through the whole of that time, in milliseconds. */
const THOROUGH_EVERY = 10_000;
/** A pause longer than this many looks is told: the machine slept, or the network was away. */
const GAP_AFTER = 5;
const SHORTEST_GAP = 10_000;
const LONGEST_WAIT = 30_000;
const LONGEST_ANSWER = 30_000;

/** `/v1/events` of a test-mode account, asked again and again: what happened while nobody could ask is fetched later. */
export function openPollingSource(options: PollingSourceOptions): EventSource {
  const { gateway, place, now, waits = WAITS } = options;
  const seen = new Map<string, number>();
  let newest = 0;

  const cursor = (): Cursor => ({ era: '', position: newest, margin: LATE, known: [], readAt: now() });

  function note(events: readonly SourceEvent[]): void {
    for (const { id, created } of events) {
      seen.set(id, created);
      newest = Math.max(newest, created);
    }
    // Twice the window, so that nothing at its edge comes back.
    if (seen.size > 5000) for (const [id, created] of seen) if (created < newest - 2 * LATE) seen.delete(id);
  }

  async function* read(start: Cursor, signal: AbortSignal): AsyncGenerator<SourceItem> {
    newest = start.position;
    for (const id of start.known) seen.set(id, start.position);
    let heardAt = start.readAt;
    let busyUntil = 0;
    let thoroughAt = 0;
    let failures = 0;
    let trouble: string | undefined;
    const allowed = Math.max(SHORTEST_GAP, GAP_AFTER * waits.idle);
    let isFirst = true;
    while (!signal.aborted) {
      const askedAt = now();
      const silence = askedAt - heardAt;
      const wasAway = !isFirst && (silence > allowed || trouble !== undefined);
      let events: SourceEvent[];
      try {
        const thorough = wasAway || isFirst || askedAt >= thoroughAt;
        events = await untilAborted(
          walkEvents(gateway, {
            since: Math.max(0, newest - LATE),
            known: (id) => seen.has(id),
            thorough,
          }),
          signal,
        );
        if (thorough) thoroughAt = now() + THOROUGH_EVERY;
      } catch (error) {
        if (signal.aborted) return;
        if (!isPassing(error)) throw error;
        failures += 1;
        const text = error instanceof Error ? error.message : String(error);
        if (trouble === undefined)
          yield { kind: 'note', text: `No events at the moment: ${text} Trying on.`, silent: true };
        trouble = text;
        await pause(Math.min(waits.busy * 2 ** Math.min(failures, 6), LONGEST_WAIT), signal);
        continue;
      }
      if (wasAway) {
        yield {
          kind: 'gap',
          reason: trouble === undefined ? 'sleep' : 'network',
          from: heardAt,
          to: now(),
          events: events.length,
          ...(trouble === undefined ? {} : { detail: trouble }),
        };
      }
      failures = 0;
      trouble = undefined;
      isFirst = false;
      heardAt = now();
      note(events);
      if (events.length > 0) {
        busyUntil = now() + BUSY_FOR;
        yield { kind: 'events', events, cursor: cursor() };
      }
      await pause(now() < busyUntil ? waits.busy : waits.idle, signal);
    }
  }

  return {
    name: 'test',
    place,
    async head(pastMs) {
      // The time of the account, not of this machine, whose clock may be wrong.
      const { events } = await eventPage(gateway, { limit: 100 });
      const last = events[0]?.created ?? 0;
      const base: Cursor = {
        era: '',
        position: last,
        margin: LATE,
        known: events.filter(({ created }) => created >= last - LATE).map(({ id }) => id),
        readAt: now(),
      };
      if (pastMs === undefined) return base;
      return {
        ...base,
        position: Math.floor((now() - pastMs) / 1000) + LATE,
        known: [],
      };
    },
    countAfter: () => undefined,
    read,
    async close() {},
  };
}

/** Trouble that passes: the network, rate limits, errors of the API itself. A refused key does not. */
function isPassing(error: unknown): boolean {
  return error instanceof GatewayError && ['api', 'network', 'rate_limited'].includes(error.kind);
}

/** The SDK waits for more than a minute before it finds a connection dead; that is too long to say nothing. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  const given = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
    timer = setTimeout(() => {
      const message = `The API did not answer within ${LONGEST_ANSWER / 1000}s.`;
      reject(new GatewayError(message, { kind: 'network', body: {} }));
    }, LONGEST_ANSWER);
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
