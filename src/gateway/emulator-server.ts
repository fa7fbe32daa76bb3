import { createHash } from 'node:crypto';
import { createDeliveries } from '../emulator/delivery/deliveries.ts';
import type { AttemptResult } from '../emulator/delivery/delivery.ts';
import { createEngine, type Engine } from '../emulator/engine.ts';
import { listen } from '../emulator/listen.ts';
import { loggedRequest } from '../emulator/request-log.ts';
import { PortInUseError } from '../emulator/server/port-in-use-error.ts';
import { createStripeCliDoor } from '../emulator/stripe-cli/sockets.ts';
import { startTicker } from '../emulator/ticker.ts';
import type { Handle } from '../emulator/wire.ts';
import { withClockDoor } from './clock-door.ts';
import { IN_MEMORY, type StateAccess, toOfflineError } from './emulator-access.ts';
import { type AccountNow, accountNow, type LoggedCall, loggedCall } from './logged-calls.ts';
import { retrySchedules, type ScheduleName } from './retry-schedules.ts';
import { withStateDoor } from './state-door.ts';

/** One answered request. Holds no query: client secrets travel there. */
interface ServedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string | undefined;
}

/** One attempt to deliver an event to a registered webhook endpoint. */
export interface ServedDelivery {
  readonly eventId: string;
  readonly eventType: string;
  /** Where it was sent; undefined where nothing was sent. */
  readonly url: string | undefined;
  /** Counted from 1. */
  readonly attempt: number;
  /** `failed`: there will be another attempt; `dead`: there won't. */
  readonly outcome: 'succeeded' | 'failed' | 'dead';
  /** Status of the answer; undefined where there was none. */
  readonly status: number | undefined;
  /** Why there was no answer: `refused`, `timeout`, `reset`, …; `disabled` where the endpoint is. */
  readonly reason: string | undefined;
  readonly milliseconds: number | undefined;
  /** The start of an answer that did not accept it. */
  readonly bodyStart: string | undefined;
  /** Milliseconds until the next attempt. */
  readonly retryInMs: number | undefined;
}

export interface ServeOptions extends StateAccess {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Names besides localhost under which clients reach the server. */
  readonly allowedHosts?: readonly string[];
  readonly readyFile?: string | undefined;
  /** Whether an API call is answered only after the events it caused have been sent to the webhook endpoints. */
  readonly webhookBeforeResponse?: boolean;
  /** When deliveries that failed are made again; `local` unless given. */
  readonly webhookRetries?: ScheduleName | undefined;
  /** Factor for the waits before that. */
  readonly webhookTimeScale?: number;
  readonly onRequest?: (request: ServedRequest) => void;
  readonly onDelivery?: (delivery: ServedDelivery) => void;
  /** Told of each call once it is answered, as the log shows it. */
  readonly onCall?: ((call: LoggedCall) => void) | undefined;
  /** Told what went wrong inside the emulator; the client was answered with a 500. */
  readonly onTrouble?: (error: unknown) => void;
}

export interface ServedEmulator {
  /** Base address without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** What became of intents, and of deliveries. Not after `stop`. */
  account(intents: Iterable<string>): AccountNow;
  /** Stops accepting, finishes what is under way (two seconds at most), closes the state. */
  stop(): Promise<void>;
  /** Ends all connections at once. `stop` closes the state. */
  cut(): void;
}

/** The door could not be opened. */
export class DoorError extends Error {
  override readonly name = 'DoorError';
  readonly kind: 'address' | 'in_use' | 'ready_file';

  constructor(kind: DoorError['kind'], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.kind = kind;
  }
}

/** Serves a state over HTTP and lets its time pass. @throws DoorError, OfflineStateError */
export async function serveEmulator(options: ServeOptions): Promise<ServedEmulator> {
  const { onTrouble = () => {}, onRequest } = options;
  const trouble = (error: unknown) => onTrouble(toOfflineError(error));
  let engine: ReturnType<typeof createEngine>;
  try {
    engine = createEngine({ state: options.statePath, realNow: options.now, onBug: trouble });
  } catch (error) {
    throw toOfflineError(error);
  }
  const { onDelivery } = options;
  const deliveries = createDeliveries(engine, {
    onTrouble: trouble,
    schedule: retrySchedules[options.webhookRetries ?? 'local'],
    ...(options.webhookBeforeResponse === true ? { beforeResponse: true } : {}),
    ...(options.webhookTimeScale === undefined ? {} : { timeScale: options.webhookTimeScale }),
    ...(onDelivery === undefined ? {} : { onAttempt: (result) => onDelivery(servedDelivery(result)) }),
  });
  const stripeCli = createStripeCliDoor(engine, trouble);
  try {
    const server = await listen({
      onUpgrade: stripeCli.onUpgrade,
      handle: told(
        deliveries.wrap(withStateDoor(engine, withClockDoor(engine))),
        engine,
        options.onCall,
        trouble,
      ),
      host: options.host,
      port: options.port,
      allowedHosts: options.allowedHosts ?? [],
      health: () => ({ state: stateMark(options.statePath) }),
      onError: trouble,
      ...(options.readyFile === undefined ? {} : { readyFile: options.readyFile }),
      ...(onRequest === undefined
        ? {}
        : {
            onAnswer: ({ method, url, status, ms, requestId }) =>
              onRequest({
                method,
                path: url.replace(/\?.*$/s, ''),
                status,
                milliseconds: Math.round(ms),
                requestId,
              }),
          }),
    });
    engine.setBaseUrl(server.url);
    deliveries.start();
    let stopped = false;
    const stopTicker = startTicker(engine, (error) => {
      // A tick under way at the end finds the state closed.
      if (!stopped) trouble(error);
    });
    return {
      url: server.url,
      port: server.port,
      account: (intents) => engine.store.read(() => accountNow(engine.store, engine.clock.now(), intents)),
      async stop() {
        stopped = true;
        stopTicker();
        // While the door is still open: endpoints that are at work may ask for something.
        await deliveries.stop(DELIVERY_GRACE_MS);
        stripeCli.close();
        await server.close();
        engine.close();
      },
      cut() {
        void deliveries.stop(0);
        server.cut();
      },
    };
  } catch (error) {
    engine.close();
    throw doorError(error, options.readyFile);
  }
}

const DELIVERY_GRACE_MS = 1500;

/** Whoever listens to the calls can neither change nor break an answer. */
function told(
  handle: Handle,
  engine: Engine,
  onCall: ((call: LoggedCall) => void) | undefined,
  onTrouble: (error: unknown) => void,
): Handle {
  if (onCall === undefined) return handle;
  return async (request) => {
    const started = performance.now();
    const created = engine.clock.now();
    const answer = await handle(request);
    const ms = performance.now() - started;
    // Once the answer is on its way.
    setImmediate(() => {
      try {
        const entry = loggedRequest(request, answer, { created, ms });
        if (entry !== undefined) onCall(loggedCall(entry, () => entry.answer));
      } catch (error) {
        onTrouble(error);
      }
    });
    return answer;
  };
}

function servedDelivery({
  delivery,
  number,
  outcome,
  status,
  url,
  retryInMs,
}: AttemptResult): ServedDelivery {
  const answered = outcome.kind === 'answered' ? outcome : undefined;
  return {
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    url,
    attempt: number,
    outcome: status,
    status: answered?.status,
    reason: outcome.kind === 'answered' ? undefined : outcome.reason,
    milliseconds: outcome.kind === 'skipped' ? undefined : Math.round(outcome.ms),
    bodyStart: status === 'succeeded' ? undefined : answered?.bodyStart.slice(0, 500),
    retryInMs,
  };
}

function doorError(error: unknown, readyFile: string | undefined): unknown {
  if (error instanceof PortInUseError) return new DoorError('in_use', error);
  const { syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'bind' || syscall?.startsWith('getaddrinfo') === true)
    return new DoorError('address', error);
  return readyFile !== undefined && syscall !== undefined ? new DoorError('ready_file', error) : error;
}

/** Tells two states apart without saying where they are: whoever reaches the server can read it. */
export function stateMark(statePath: string): string {
  if (statePath === IN_MEMORY) return 'memory';
  return createHash('sha256').update(statePath).digest('hex').slice(0, 16);
}

export interface ServerFacts {
  readonly pid: number | undefined;
  /** See `stateMark`. */
  readonly state: string | undefined;
}

/** Who answers at an address: an emulator, another program, or nobody (undefined). Never throws. */
export async function probeServer(url: string, timeoutMs = 500): Promise<ServerFacts | 'other' | undefined> {
  let response: Response;
  try {
    response = await fetch(`${url}/_payintent/health`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
    });
  } catch (error) {
    return reached(error) ? 'other' : undefined;
  }
  try {
    const facts: unknown = await response.json();
    if (typeof facts !== 'object' || facts === null || Reflect.get(facts, 'status') !== 'ok') return 'other';
    const pid: unknown = Reflect.get(facts, 'pid');
    const state: unknown = Reflect.get(facts, 'state');
    return {
      pid: typeof pid === 'number' ? pid : undefined,
      state: typeof state === 'string' ? state : undefined,
    };
  } catch {
    return 'other';
  }
}

/** Whether something took the connection, though it did not answer as a web server would. */
function reached(error: unknown): boolean {
  if (error instanceof Error && error.name === 'TimeoutError') return true;
  const cause = error instanceof Error ? error.cause : undefined;
  // Node 24 gives no code with it, Node 20 one of `HPE_…`.
  if (cause instanceof Error && cause.name === 'HTTPParserError') return true;
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return (
    typeof code === 'string' &&
    (code.startsWith('HPE_') || code === 'UND_ERR_SOCKET' || code === 'ECONNRESET')
  );
}
