import Stripe from 'stripe';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { type ListenOptions, listen } from '../../src/emulator/listen.ts';
import type { RunningServer } from '../../src/emulator/server/http-server.ts';

export interface LiveEmulator {
  readonly engine: Engine;
  readonly server: RunningServer;
  /** The official SDK, over HTTP, without retries. */
  readonly stripe: Stripe;
  /** What the emulator reported as its own fault; must stay empty. */
  readonly bugs: unknown[];
  stop(): Promise<void>;
}

const TEST_KEY = ['sk', 'test', 'live0emulator'].join('_');
export const PUBLISHABLE_KEY = ['pk', 'test', 'live0emulator'].join('_');

/** A whole emulator on a free port, with its state in memory unless `state` names a file. */
export async function startLiveEmulator(
  options: Partial<ListenOptions> & { readonly state?: string } = {},
): Promise<LiveEmulator> {
  const bugs: unknown[] = [];
  const { state, ...rest } = options;
  const engine = createEngine({
    ...(state === undefined ? {} : { state }),
    onBug: (error) => bugs.push(error),
  });
  const server = await listen({
    handle: engine.handle,
    port: 0,
    onError: (error) => bugs.push(error),
    ...rest,
  });
  engine.setBaseUrl(server.url);
  return {
    engine,
    server,
    bugs,
    stripe: stripeAt(server.url),
    async stop() {
      await server.close();
      engine.close();
    },
  };
}

/** The official SDK pointed at a base address. */
export function stripeAt(url: string, key: string = TEST_KEY): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}
