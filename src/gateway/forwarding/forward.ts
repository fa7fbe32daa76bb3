import type { AttemptResult, DeliveryStorage } from '../../emulator/delivery/delivery.ts';
import { createFaults, FaultSyntaxError, type Faults, parseFaults } from '../../emulator/delivery/faults.ts';
import { createPoster } from '../../emulator/delivery/post.ts';
import { createQueue } from '../../emulator/delivery/queue.ts';
import type { Cursor, SourceEvent } from '../event-sources/source.ts';
import { retrySchedules, type ScheduleName } from '../retry-schedules.ts';
import { type DestinationFile, openDestinationFile, type Resumption } from './destination-file.ts';
import { openJournal } from './journal.ts';

/** A text of faults cannot be read. */
export class FaultsInvalid extends Error {
  override readonly name = 'FaultsInvalid';
}

/** Checks `duplicate=2,reorder,…`. @throws FaultsInvalid */
export function checkFaults(text: string): void {
  try {
    parseFaults(text);
  } catch (error) {
    throw error instanceof FaultSyntaxError ? new FaultsInvalid(error.message, { cause: error }) : error;
  }
}

/** Where events go. */
export interface Destination {
  /** Unique among the destinations of a run, and the same in the next run. */
  readonly key: string;
  readonly url: string;
  readonly secret: string;
  readonly wants: (event: SourceEvent) => boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** One attempt to deliver an event, and what came of it. */
export interface Attempt {
  readonly eventId: string;
  readonly eventType: string;
  readonly url: string;
  /** Counted from 1, those of earlier runs included. */
  readonly number: number;
  /** `failed`: it will be sent again; `dead`: it won't. */
  readonly status: 'succeeded' | 'failed' | 'dead';
  /** Of the answer; undefined where there was none. */
  readonly httpStatus: number | undefined;
  readonly milliseconds: number;
  /** Why there was no answer: `refused`, `timeout`, `reset`, … */
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** The start of the answer's body. */
  readonly body: string;
  /** Whether there was more. */
  readonly bodyCut: boolean;
  /** Milliseconds of real time; of `failed` ones. */
  readonly retryAt: number | undefined;
  /** Faults that were injected, by name. */
  readonly faults: readonly string[];
}

export interface ForwardingOptions {
  /** Where destinations keep what they have yet to get. */
  readonly directory: string;
  /** Of the event source. */
  readonly place: string;
  readonly destinations: readonly Destination[];
  readonly schedule: ScheduleName;
  /** Factor for the waits before retries. */
  readonly timeScale: number;
  /** Deliveries to one destination under way at once; 1 keeps them in order. */
  readonly concurrency: number;
  readonly faults: { readonly text: string; readonly seed: string } | undefined;
  readonly skipVerify: boolean;
  /** How long a destination may take to answer. */
  readonly timeoutMs: number | undefined;
  /** How much of an answer's body to keep, in bytes. */
  readonly keepBytes: number;
  /** Real time in milliseconds. */
  readonly now: () => number;
  readonly onAttempt: (attempt: Attempt) => void;
  readonly onTrouble: (error: unknown) => void;
}

/** Brings events to destinations; what is not settled is on disk. */
export interface Forwarding {
  /** By key of the destination: where an earlier run stopped. */
  readonly resumptions: ReadonlyMap<string, Resumption>;
  /** Begins a run at these positions of the source, by key. */
  begin(cursors: ReadonlyMap<string, Cursor>): void;
  /** Takes events in. @returns those that are new to at least one destination */
  accept(events: readonly SourceEvent[], cursor: Cursor): SourceEvent[];
  /** Sets out to deliver what was taken in. Apart from `accept`, so that events can be told before their deliveries. */
  poke(): void;
  /** Gives up what earlier runs have left, and no longer knows what they delivered. */
  forget(): void;
  /** How many deliveries are not settled. */
  countOpen(): number;
  /** Resolves when everything is settled, retries included. */
  idle(): Promise<void>;
  /** Begins nothing any more, and waits for what is under way, so many milliseconds at most. */
  stop(graceMs: number): Promise<void>;
  /** Says that this run is alive. */
  touch(): void;
  /** @param complete whether the run came to its end, so that the next one starts afresh */
  close(complete: boolean): void;
}

/** @throws DestinationBusy, FaultsInvalid */
export function openForwarding(options: ForwardingOptions): Forwarding {
  const { destinations, now } = options;
  const files = new Map<string, DestinationFile>();
  const byKey = new Map(destinations.map((destination) => [destination.key, destination]));
  const poster = createPoster();
  let closed = false;

  const fileOf = (key: string): DestinationFile => {
    const file = files.get(key);
    if (file === undefined) throw new Error(`no destination ${key}`);
    return file;
  };
  const closeFiles = (complete: boolean) => {
    for (const file of files.values()) file.close({ complete, now: now() });
  };

  try {
    for (const { key } of destinations) {
      files.set(key, openDestinationFile(options.directory, options.place, key));
    }
  } catch (error) {
    for (const file of files.values()) file.release();
    throw error;
  }
  const journal = openJournal(options.directory, options.place, options.onTrouble);

  const storage: DeliveryStorage = {
    open: (key, after, limit) => fileOf(key).open(after, limit),
    parcel(delivery) {
      const destination = byKey.get(delivery.destination);
      const body = fileOf(delivery.destination).body(delivery);
      if (destination === undefined || body === undefined) return { kind: 'drop' };
      const { url, secret, headers } = destination;
      const { skipVerify, keepBytes, timeoutMs } = options;
      const timeout = timeoutMs === undefined ? {} : { timeoutMs };
      const parcel = { url, body, secrets: [secret], headers, skipVerify, keepBytes, ...timeout };
      return { kind: 'send', parcel };
    },
    record(result) {
      if (!closed) fileOf(result.delivery.destination).record(result);
    },
  };
  const queue = createQueue({
    storage,
    post: poster.post,
    schedule: retrySchedules[options.schedule],
    timeScale: options.timeScale,
    concurrency: options.concurrency,
    now,
    signedAt: () => Math.floor(now() / 1000),
    ...(options.faults === undefined ? {} : { faults: faultsOf(options.faults) }),
    onAttempt: (result) => {
      const destination = byKey.get(result.delivery.destination);
      const attempt = attemptOf(result, destination?.url ?? '');
      const { eventId: event, url, status, number: attempts } = attempt;
      journal.note({ event, url, status, attempts });
      options.onAttempt(attempt);
    },
    onTrouble: options.onTrouble,
  });

  return {
    resumptions: new Map(
      [...files].flatMap(([key, { resumption }]) => (resumption === undefined ? [] : [[key, resumption]])),
    ),
    begin(cursors) {
      for (const [key, file] of files) {
        const cursor = cursors.get(key);
        if (cursor === undefined) throw new Error(`no cursor for ${key}`);
        file.begin(cursor);
      }
    },
    accept(events, cursor) {
      const fresh = new Set<SourceEvent>();
      for (const { key, wants } of destinations) {
        for (const event of fileOf(key).accept(events, cursor, wants)) fresh.add(event);
      }
      return events.filter((event) => fresh.has(event));
    },
    poke() {
      for (const { key } of destinations) queue.poke(key);
    },
    forget() {
      for (const file of files.values()) file.forget();
    },
    countOpen: () => [...files.values()].reduce((sum, file) => sum + file.countOpen(), 0),
    idle: () => queue.idle(),
    async stop(graceMs) {
      await queue.stop(graceMs);
      poster.close();
    },
    touch() {
      if (!closed) for (const file of files.values()) file.touch(now());
    },
    close(complete) {
      if (closed) return;
      closed = true;
      poster.close();
      journal.close();
      closeFiles(complete);
    },
  };
}

/** Deliveries are numbered on through all runs; faults count from the first one of this run, so that a seed repeats. */
function faultsOf({ text, seed }: { text: string; seed: string }): Faults {
  const faults = createFaults(parseFaults(text), seed);
  let first: number | undefined;
  return {
    plan(deliveryId, attempt) {
      first ??= Number(deliveryId);
      return faults.plan(String(Number(deliveryId) - first), attempt);
    },
  };
}

function attemptOf(result: AttemptResult, url: string): Attempt {
  const { delivery, outcome, plan } = result;
  const answered = outcome.kind === 'answered';
  const failed = outcome.kind === 'failed';
  return {
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    url: result.url ?? url,
    number: result.number,
    status: result.status,
    httpStatus: answered ? outcome.status : undefined,
    milliseconds: outcome.kind === 'skipped' ? 0 : Math.round(outcome.ms * 10) / 10,
    reason: answered ? undefined : outcome.reason,
    message: failed ? outcome.message : undefined,
    body: answered ? outcome.bodyStart : '',
    bodyCut: answered && outcome.bodyCut,
    retryAt: result.nextAttemptAt,
    faults:
      plan === undefined
        ? []
        : [
            ...(plan.copies > 1 ? [`duplicate=${plan.copies}`] : []),
            ...(plan.goesSecond ? ['reorder'] : []),
            ...(plan.delayMs > 0 ? [`delay=${plan.delayMs}ms`] : []),
            ...(plan.dropAck ? ['drop-ack'] : []),
            ...(plan.badSignature ? ['bad-signature'] : []),
          ],
  };
}
