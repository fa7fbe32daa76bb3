import { createEngine } from '../emulator/engine.ts';
import { listen } from '../emulator/listen.ts';
import { PortInUseError } from '../emulator/server/port-in-use-error.ts';
import type { ApiRequest, ApiResponse } from '../emulator/wire.ts';
import { DoorError } from './emulator-server.ts';
import { toQuery } from './form-encoding.ts';
import type { ApiRecord, RequestMethod } from './gateway.ts';

/** A request that came to the emulator's port from outside. */
export interface OutsideCall {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  readonly idempotencyKey: string | undefined;
}

/** An emulator of one's own, in memory: nothing of it is left when it is closed. */
export interface PrivateEmulator {
  /** Sends one request. @throws Error for an answer that is an error, unless `mayFail` */
  call(method: RequestMethod, path: string, params?: ApiRecord, mayFail?: boolean): Promise<ApiRecord>;
  /** The events since the last time, oldest first, as the API shows them. */
  takeEvents(): Promise<ApiRecord[]>;
  /** Moves its clock; what falls due happens. */
  advance(seconds: number): Promise<void>;
  /** Opens a port, so that an app can use it. @returns the base address @throws DoorError */
  serve(port: number): Promise<string>;
  /** What came in through the port so far. */
  readonly calls: readonly OutsideCall[];
  /** Answers everything that comes through the port with a 500, until it is told otherwise. */
  breakDown(broken: boolean): void;
  close(): Promise<void>;
}

const KEY = ['sk', 'test', 'payintentPrivate'].join('_');

/** @param now milliseconds since the epoch */
export function openPrivateEmulator(now: () => number): PrivateEmulator {
  const engine = createEngine({ realNow: now });
  const calls: OutsideCall[] = [];
  let broken = false;
  let newest: string | undefined;
  let stop = async (): Promise<void> => {};

  async function call(
    method: RequestMethod,
    path: string,
    params: ApiRecord = {},
    mayFail = false,
  ): Promise<ApiRecord> {
    const form = toQuery(params);
    const response = await engine.handle({
      method,
      url: method === 'POST' || form === '' ? path : `${path}?${form}`,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: method === 'POST' ? form : '',
    });
    const object: ApiRecord = JSON.parse(response.body);
    if (response.status >= 400 && !mayFail) throw new Error(`${method} ${path}: ${response.body}`);
    return object;
  }

  async function fromOutside(request: ApiRequest): Promise<ApiResponse> {
    const response = broken ? outage() : await engine.handle(request);
    calls.push({
      method: request.method,
      path: request.url.replace(/\?.*$/s, ''),
      status: response.status,
      idempotencyKey: request.headers['idempotency-key'],
    });
    return response;
  }

  return {
    calls,
    call,
    async takeEvents() {
      const taken: ApiRecord[] = [];
      for (let more = true; more; ) {
        const page = await call('GET', '/v1/events', {
          limit: 100,
          ...(newest === undefined ? {} : { ending_before: newest }),
        });
        const data = Array.isArray(page['data']) ? (page['data'] as ApiRecord[]) : [];
        // Without a cursor a page is the newest events; with one, those next to it. Newest first either way.
        taken.push(...data.reverse());
        const last = data.at(-1)?.['id'];
        if (typeof last === 'string') newest = last;
        more = page['has_more'] === true && data.length > 0 && taken.length < 10_000;
      }
      return taken;
    },
    async advance(seconds) {
      await engine.advance(seconds);
    },
    async serve(port) {
      const server = await listen({ handle: fromOutside, port }).catch((error: unknown) => {
        throw new DoorError(error instanceof PortInUseError ? 'in_use' : 'address', error);
      });
      engine.setBaseUrl(server.url);
      stop = () => server.close();
      return server.url;
    },
    breakDown(isBroken) {
      broken = isBroken;
    },
    async close() {
      await stop();
      engine.close();
    },
  };
}

/** What Stripe answers on a bad day. */
function outage(): ApiResponse {
  const error = { message: 'An unknown error occurred', type: 'api_error' };
  return {
    status: 500,
    headers: { 'content-type': 'application/json', 'stripe-should-retry': 'false' },
    body: JSON.stringify({ error }, null, 2),
  };
}
