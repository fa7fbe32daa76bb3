import { parseDuration } from '../domain/duration.ts';
import { noSuch } from './api-error.ts';
import { createDeliveries } from './delivery/deliveries.ts';
import { createEngine } from './engine.ts';
import { listen } from './listen.ts';
import type { ApiHash, ApiObject } from './objects.ts';
import { createStripeCliDoor } from './stripe-cli/sockets.ts';
import { startTicker } from './ticker.ts';
import { createTransport, type Transport } from './transport.ts';
import type { Handle } from './wire.ts';

export interface EmulatorOptions {
  /** A file that keeps the state, or `:memory:` (the default) for a state that ends with the emulator. */
  readonly state?: string;
  /** The real time in milliseconds, for tests that want a clock of their own; `Date.now` unless given. */
  readonly now?: () => number;
}

/** A running HTTP door. */
export interface EmulatorServer {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface EmulatorListenOptions {
  /**
   * Answers an API call over HTTP only after the events it caused have been sent to the webhook endpoints once: the order
   * that surprises handlers. False unless given.
   */
  readonly webhookBeforeResponse?: boolean;
  /** Factor for the waits before failed deliveries are made again (1, 3, 9 seconds and so on); 1 unless given. */
  readonly webhookTimeScale?: number;
}

/** A Stripe emulator inside your process. Nothing is shared between two of them. */
export interface Emulator {
  /** Pass it to the SDK: `new Stripe('sk_test_...', { httpClient: emulator.httpClient })`. No port, no network. */
  readonly httpClient: Transport;
  /** The request handler itself, for transports of your own. */
  readonly handle: Handle;
  /**
   * Serves the emulator over HTTP on the loopback interface, and delivers events to the webhook endpoints that were
   * registered (`POST /v1/webhook_endpoints`) for as long as it does.
   *
   * @param port 0 (the default) takes any free port
   * @throws PortInUseError when the port is taken
   */
  listen(port?: number, options?: EmulatorListenOptions): Promise<EmulatorServer>;
  /**
   * Moves the emulator's clock forward; payments settle, holds and keys expire, in the order of their times.
   *
   * @param time seconds, or a text such as `7d`, `24h`, `90s`, `1h30m`
   * @returns the new time in unix seconds
   * @throws TypeError for a text that is no duration
   */
  advance(time: number | string): Promise<number>;
  /** The emulator's time in unix seconds. */
  now(): number;
  /**
   * The events emitted so far, oldest first, as `GET /v1/events` shows them.
   *
   * @param type only events of this type
   */
  events(type?: string): ApiObject[];
  /**
   * Plays the customer: completes or fails what an intent in `requires_action` waits for.
   *
   * @returns the intent as it is then
   * @throws ApiError for an unknown intent, or one that waits for nothing
   */
  authenticate(intentId: string, outcome: 'fail' | 'succeed'): Promise<ApiHash>;
  /** Closes servers and state. What is asked of it afterwards fails; closing it again does nothing. */
  close(): Promise<void>;
}

/**
 * Creates an emulator.
 *
 * @throws StateError when the state file cannot be opened
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const engine = createEngine({
    ...(options.state === undefined ? {} : { state: options.state }),
    ...(options.now === undefined ? {} : { realNow: options.now }),
  });
  const servers = new Set<EmulatorServer>();
  let closed = false;
  const requireOpen = () => {
    if (closed) throw new Error('This emulator is closed; create another one.');
  };
  const handle: Handle = async (request) => {
    requireOpen();
    return engine.handle(request);
  };
  return {
    httpClient: createTransport(handle),
    handle,
    async listen(port = 0, { webhookBeforeResponse = false, webhookTimeScale = 1 } = {}) {
      requireOpen();
      const deliveries = createDeliveries(engine, {
        beforeResponse: webhookBeforeResponse,
        timeScale: webhookTimeScale,
      });
      const stripeCli = createStripeCliDoor(engine);
      const { onUpgrade } = stripeCli;
      const server = await listen({ handle: deliveries.wrap(engine.handle), port, onUpgrade });
      deliveries.start();
      const stopTicker = startTicker(engine, () => {});
      engine.setBaseUrl(server.url);
      const running: EmulatorServer = {
        url: server.url,
        port: server.port,
        async close() {
          stopTicker();
          servers.delete(running);
          await deliveries.stop();
          stripeCli.close();
          await server.close();
        },
      };
      servers.add(running);
      return running;
    },
    async advance(time) {
      requireOpen();
      const seconds = typeof time === 'number' ? time : parseDuration(time);
      if (seconds === undefined) throw new TypeError(`"${time}" is no duration: write 90s, 24h, 7d or 1h30m`);
      return engine.advance(seconds);
    },
    now: () => engine.clock.now(),
    events(type) {
      requireOpen();
      return [...engine.store.scan('events', type === undefined ? {} : { type })].reverse();
    },
    async authenticate(intentId, outcome) {
      requireOpen();
      const kind = intentId.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
      if (engine.store.get(kind, intentId) === undefined) {
        throw noSuch(kind === 'setup_intents' ? 'setupintent' : 'payment_intent', intentId, 'intent', 'path');
      }
      return engine.authenticate(intentId, outcome);
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([...servers].map((server) => server.close()));
      engine.close();
    },
  };
}
