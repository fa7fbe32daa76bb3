import { ChildError, type ReadChild, startReading } from '../child.ts';
import type { ApiRecord, Gateway } from '../gateway.ts';
import { GatewayError } from '../gateway-error.ts';
import { jsonPieces } from './json-pieces.ts';
import { openPollingSource } from './polling.ts';
import {
  type Cursor,
  type EventSource,
  pause,
  type SourceEvent,
  type SourceItem,
  sourceEvent,
} from './source.ts';
import { walkEvents } from './walk-events.ts';

export interface StripeCliSourceOptions {
  /** The program, by name or path. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** A test-mode key; the program gets it in its environment. */
  readonly key: string;
  readonly apiBase: string | undefined;
  /** Fetches what happened while the program was not connected. */
  readonly gateway: Gateway;
  readonly place: string;
  readonly now: () => number;
}

/** Stripe's CLI cannot be run, or does not come up. */
export class StripeCliError extends Error {
  override readonly name = 'StripeCliError';
  readonly kind: 'ended' | 'missing';

  constructor(kind: StripeCliError['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.kind = kind;
  }
}

/** How it is asked for all events; older versions know another way only. */
const ALL_EVENTS: readonly string[] = ['--all-snapshot'];
const ALL_EVENTS_BEFORE: readonly string[] = ['--events', '*'];
const LATE = 120;
const LONGEST_WAIT = 30_000;
/** An end this soon after the start is no lost connection, but something that the next start will meet again. */
const LONG_ENOUGH = 2000;

/** Events as Stripe's own CLI receives them: `stripe listen` runs beside this program and prints them as JSON. */
export function openStripeCliSource(options: StripeCliSourceOptions): EventSource {
  const { gateway, now } = options;
  const seen = new Map<string, number>();
  let newest = 0;
  let child: ReadChild | undefined;

  const cursor = (): Cursor => ({ era: '', position: newest, margin: LATE, known: [], readAt: now() });

  /** Those that were not handed on before. */
  function fresh(events: readonly SourceEvent[]): SourceEvent[] {
    const unknown = events.filter(({ id }) => !seen.has(id));
    for (const { id, created } of unknown) {
      seen.set(id, created);
      newest = Math.max(newest, created);
    }
    if (seen.size > 5000) for (const [id, created] of seen) if (created < newest - 2 * LATE) seen.delete(id);
    return unknown;
  }

  async function* read(start: Cursor, signal: AbortSignal): AsyncGenerator<SourceItem> {
    newest = start.position;
    for (const id of start.known) seen.set(id, start.position);
    let heardAt = start.readAt;
    let everything = ALL_EVENTS;
    for (let failures = 0; !signal.aborted; ) {
      const startedAt = now();
      const heard = listenOnce(options, everything, signal, (running) => {
        child = running;
      });
      let reason = '';
      for await (const item of heard) {
        if (item.kind === 'ended') {
          reason = item.reason;
          break;
        }
        if (item.kind === 'ready') {
          const missed = fresh(await missedSince(gateway, newest - LATE, seen));
          if (failures > 0 || missed.length > 0) {
            const detail = reason === '' ? {} : { detail: reason };
            const why = failures > 0 ? 'source' : 'restart';
            yield { kind: 'gap', reason: why, from: heardAt, to: now(), events: missed.length, ...detail };
          }
          failures = 0;
          if (missed.length > 0) yield { kind: 'events', events: missed, cursor: cursor() };
        } else {
          const events = fresh([item.event]);
          if (events.length > 0) yield { kind: 'events', events, cursor: cursor() };
        }
        heardAt = now();
      }
      if (signal.aborted) return;
      if (everything === ALL_EVENTS && reason.includes('unknown flag')) {
        everything = ALL_EVENTS_BEFORE;
        continue;
      }
      failures += 1;
      if (now() - startedAt < LONG_ENOUGH && failures > 1) throw new StripeCliError('ended', reason);
      yield { kind: 'note', text: `Stripe's CLI ended: ${reason} Starting it again.`, silent: true };
      await pause(Math.min(500 * 2 ** failures, LONGEST_WAIT), signal);
    }
  }

  return {
    name: 'stripe-cli',
    place: options.place,
    head: (pastMs) => openPollingSource(options).head(pastMs),
    countAfter: () => undefined,
    read,
    async close() {
      child?.send('SIGTERM');
    },
  };
}

type Heard =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: SourceEvent }
  | { readonly kind: 'ended'; readonly reason: string };

/** One run of `stripe listen`. */
async function* listenOnce(
  options: StripeCliSourceOptions,
  everything: readonly string[],
  signal: AbortSignal,
  onStart: (child: ReadChild) => void,
): AsyncGenerator<Heard> {
  const base = options.apiBase === undefined ? [] : ['--api-base', options.apiBase];
  const plain = options.apiBase?.startsWith('http:') === true ? ['--no-wss'] : [];
  const words = [
    'listen',
    ...everything,
    '--format',
    'JSON',
    '--skip-update',
    '--color',
    'off',
    ...base,
    ...plain,
  ];
  const child = await startReading(options.program, words, {
    cwd: options.cwd,
    env: { ...options.env, STRIPE_API_KEY: options.key, STRIPE_CLI_TELEMETRY_OPTOUT: '1' },
  });
  onStart(child);
  const waiting: Heard[] = [];
  let wake: () => void = () => {};
  const tell = (heard: Heard) => {
    waiting.push(heard);
    wake();
  };
  const stop = () => {
    child.send('SIGTERM');
    tell({ kind: 'ended', reason: 'it was stopped.' });
  };
  signal.addEventListener('abort', stop, { once: true });

  let said = '';
  const follow = async () => {
    const decoder = new TextDecoder();
    for await (const piece of child.stderr) {
      const before = said;
      said = (said + decoder.decode(piece, { stream: true })).slice(-2000);
      if (!/\bReady!/.test(before) && /\bReady!/.test(said)) tell({ kind: 'ready' });
    }
  };
  const readEvents = async () => {
    const decoder = new TextDecoder();
    const pieces = jsonPieces();
    for await (const piece of child.stdout) {
      for (const text of pieces.push(decoder.decode(piece, { stream: true }))) {
        const event = eventOf(text);
        if (event !== undefined) tell({ kind: 'event', event });
      }
    }
  };
  const ended = async () => {
    await Promise.allSettled([follow(), readEvents()]);
    const code = await child.exit;
    tell({ kind: 'ended', reason: lastLine(said) ?? `it exited with ${code}.` });
  };
  ended().catch((error: unknown) => {
    failure = error;
    tell({ kind: 'ended', reason: String(error) });
  });
  let failure: unknown;

  try {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) {
        if (next.kind === 'ended' && failure !== undefined) throw missing(failure, options.program);
        yield next;
        if (next.kind === 'ended') return;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    child.send('SIGTERM');
  }
}

function missing(error: unknown, program: string): unknown {
  if (!(error instanceof ChildError)) return error;
  return new StripeCliError('missing', `${program} cannot be run: ${error.message}`, error);
}

function lastLine(text: string): string | undefined {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line !== '').at(-1);
}

function eventOf(text: string): SourceEvent | undefined {
  try {
    const event = JSON.parse(text) as ApiRecord;
    return event['object'] === 'event' ? sourceEvent(event, Number(event['created'])) : undefined;
  } catch {
    return undefined;
  }
}

/** What the list of events has; nothing where it cannot be asked, as with a key that may not read events. */
async function missedSince(
  gateway: Gateway,
  since: number,
  seen: ReadonlyMap<string, number>,
): Promise<SourceEvent[]> {
  try {
    return await walkEvents(gateway, {
      since: Math.max(0, since),
      known: (id) => seen.has(id),
      thorough: true,
    });
  } catch (error) {
    if (error instanceof GatewayError) return [];
    throw error;
  }
}
