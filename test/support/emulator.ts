import Stripe from 'stripe';
import { checkObject } from '../../src/emulator/api/check-object.ts';
import { objectTable } from '../../src/emulator/api/tables.ts';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { ApiRequest, ApiResponse } from '../../src/emulator/wire.ts';

/** A fixed start, so that tests never depend on the day: 2026-01-15T12:00:00Z, in milliseconds. */
const START_MS = Date.UTC(2026, 0, 15, 12);

export const TEST_KEY = ['sk', 'test', 'unit0emulator'].join('_');
export const PUBLISHABLE_KEY = ['pk', 'test', 'unit0emulator'].join('_');

export interface TestEmulator {
  readonly stripe: Stripe;
  /** The SDK as a browser would hold it, with a publishable key. */
  readonly browser: Stripe;
  readonly engine: Engine;
  /** Every answer is held against the generated tables; deviations end up here and fail the test at `close`. */
  readonly deviations: string[];
  /** Moves the emulator's clock, in seconds. */
  advance(seconds: number): Promise<number>;
  /** Types of all events so far, oldest first; `about` keeps those whose object has this id or belongs to this intent. */
  eventTypes(about?: string): string[];
  /** A raw request, for what the SDK would not send. Form text in, JSON out. */
  raw(
    method: string,
    url: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Record<string, string>; json: Record<string, unknown> }>;
  /** Fails when any answer deviated from the tables, or the emulator reported a bug of its own. */
  close(): void;
}

/** An emulator in memory whose real time stands still, with the official SDK in front of it. */
export function createTestEmulator(): TestEmulator {
  const bugs: unknown[] = [];
  const deviations: string[] = [];
  const engine = createEngine({ realNow: () => START_MS, onBug: (error) => bugs.push(error) });
  const handle = async (request: ApiRequest): Promise<ApiResponse> => {
    const response = await engine.handle(request);
    deviations.push(...deviationsOf(request, response));
    return response;
  };
  const sdk = (key: string) =>
    new Stripe(key, { httpClient: createTransport(handle), telemetry: false, maxNetworkRetries: 0 });
  return {
    stripe: sdk(TEST_KEY),
    browser: sdk(PUBLISHABLE_KEY),
    engine,
    deviations,
    advance: (seconds) => engine.advance(seconds),
    eventTypes(about) {
      const all = [...engine.store.scan('events')].reverse();
      const mine = all.filter((event) => {
        const { object } = event['data'] as { object: Record<string, unknown> };
        return about === undefined || object['id'] === about || object['payment_intent'] === about;
      });
      return mine.map((event) => event['type'] as string);
    },
    async raw(method, url, body = '', headers = {}) {
      const response = await handle({
        method,
        url,
        body,
        headers: { authorization: `Bearer ${TEST_KEY}`, ...headers },
      });
      return { status: response.status, headers: response.headers, json: JSON.parse(response.body) };
    },
    close() {
      for (const event of engine.store.scan('events')) {
        const { object } = event['data'] as { object: { object: string } };
        if (objectTable(object.object) === undefined) continue;
        deviations.push(
          ...checkObject(object.object, object).map((text) => `event ${String(event['type'])}: ${text}`),
        );
      }
      engine.close();
      if (bugs.length > 0) throw bugs[0];
      if (deviations.length > 0)
        throw new Error(`answers deviate from the API tables:\n${deviations.join('\n')}`);
    },
  };
}

/** Holds each whole object of an answer, also inside lists and errors, against the generated tables. */
function deviationsOf(request: ApiRequest, response: ApiResponse): string[] {
  if (
    request.url.startsWith('/_payintent/') ||
    request.headers['authorization']?.includes('pk_test') === true
  )
    return [];
  const json = JSON.parse(response.body) as Record<string, unknown>;
  const error = json['error'] as Record<string, unknown> | undefined;
  const found =
    error === undefined
      ? [json]
      : [error['payment_intent'], error['setup_intent'], error['payment_method']].filter(
          (object) => object !== undefined,
        );
  return found.flatMap((object) => {
    const { object: kind, deleted } = object as { object?: string; deleted?: boolean };
    if (kind === undefined || kind === 'list' || kind === 'search_result') return elementDeviations(object);
    const name = deleted === true ? `deleted_${kind}` : kind;
    return checkObject(name, object).map((text) => `${request.method} ${request.url}: ${name}: ${text}`);
  });
}

function elementDeviations(list: unknown): string[] {
  const { data } = list as { data?: { object: string }[] };
  return (data ?? []).flatMap((element) =>
    checkObject(element.object, element).map((text) => `list: ${text}`),
  );
}
