import Stripe from 'stripe';
import { type Advice, createAdviser, type Finding } from '../../src/advice/adviser.ts';
import { RULES } from '../../src/advice/rules.ts';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { loggedRequest } from '../../src/emulator/request-log.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { ApiRequest, ApiResponse } from '../../src/emulator/wire.ts';
import { accountNow, intentsOf, type LoggedCall, loggedCall } from '../../src/gateway/logged-calls.ts';
import { PUBLISHABLE_KEY, TEST_KEY } from './emulator.ts';

/** An app in front of an emulator: its server, its page, and ways to send what no SDK would. */
export interface App {
  readonly stripe: Stripe;
  /** Stripe.js, as far as the API sees it. */
  readonly page: Stripe;
  readonly engine: Engine;
  /** Lets time pass on the emulator's clock, in seconds. */
  wait(seconds: number): Promise<void>;
  /** A request without any of the headers an SDK adds. */
  send(method: string, url: string, body?: string, headers?: Record<string, string>): Promise<ApiResponse>;
  /** The next request is answered like this, as when the API has trouble; the emulator never does. */
  trouble(status: number): void;
}

export interface Run {
  readonly advice: Advice;
  /** Findings as they were told while the app ran. */
  readonly live: readonly Finding[];
  readonly calls: readonly LoggedCall[];
}

/** Plays an app, and answers what there is to advise. */
export async function advisedRun(play: (app: App) => Promise<unknown>): Promise<Run> {
  let now = Date.UTC(2026, 0, 15, 12);
  const bugs: unknown[] = [];
  const engine = createEngine({ realNow: () => now, onBug: (error) => bugs.push(error) });
  const calls: LoggedCall[] = [];
  const live: Finding[] = [];
  const adviser = createAdviser(RULES, (finding) => live.push(finding));
  let trouble: number | undefined;
  const handle = async (request: ApiRequest): Promise<ApiResponse> => {
    const real = trouble === undefined ? await engine.handle(request) : undefined;
    const answer = real ?? troubled(trouble ?? 500, request);
    trouble = undefined;
    const entry = loggedRequest(request, answer, { created: engine.clock.now(), ms: 1 });
    if (entry !== undefined) {
      const call = loggedCall(entry, () => entry.answer);
      calls.push(call);
      adviser.see([call]);
    }
    return answer;
  };
  const sdk = (key: string) =>
    new Stripe(key, { httpClient: createTransport(handle), telemetry: false, maxNetworkRetries: 0 });
  try {
    await play({
      stripe: sdk(TEST_KEY),
      page: sdk(PUBLISHABLE_KEY),
      engine,
      async wait(seconds) {
        now += seconds * 1000;
        await engine.tick();
      },
      send: (method, url, body = '', headers = {}) =>
        handle({ method, url, body, headers: { authorization: `Bearer ${TEST_KEY}`, ...headers } }),
      trouble(status) {
        trouble = status;
      },
    });
    const advice = adviser.end(accountNow(engine.store, engine.clock.now(), intentsOf(calls)));
    if (bugs.length > 0) throw bugs[0];
    return { advice, live, calls };
  } finally {
    engine.close();
  }
}

function troubled(status: number, { headers }: ApiRequest): ApiResponse {
  const key = headers['idempotency-key'];
  return {
    status,
    headers: {
      'request-id': `req_trouble${status}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify({ error: { type: 'api_error', message: 'Something went wrong.' } }),
  };
}

/** What is thrown is part of the play. */
export const tolerating = (promise: Promise<unknown>): Promise<unknown> => promise.catch(() => undefined);
