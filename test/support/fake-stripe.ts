import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createEngine } from '../../src/emulator/engine.ts';
import type { Certificate } from './certificate.ts';
import { openForTest, readRequest } from './test-server.ts';

export interface FakeStripe {
  /** The environment that sends commands there with a test-mode key. */
  readonly env: Readonly<Record<string, string>>;
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  readonly port: number;
}

/** A test-mode key that is none: made here so that no file holds one. */
export const testKey = ['sk', 'test', 'fakeFakeFakeFake1234'].join('_');

/** What Stripe answers to `payment_method_types` from this version on (its changelog); the emulator takes it from everybody. */
const NO_METHOD_TYPES_FROM = '2026-09-30';
const NO_METHOD_TYPES = {
  error: {
    code: 'payment_method_types_no_longer_supported',
    message: 'payment_method_types is no longer supported.',
    param: 'payment_method_types',
    type: 'invalid_request_error',
  },
};

/**
 * A server that stands for Stripe's test mode: real HTTP, real SDK client, the emulator's answers.
 *
 * @param options.strictVersions refuses what the version that a request names has no longer
 * @param options.tls speaks https with this certificate
 */
export async function fakeStripe({
  strictVersions = false,
  tls,
}: {
  readonly strictVersions?: boolean;
  readonly tls?: Certificate;
} = {}): Promise<FakeStripe> {
  const engine = createEngine({ realNow: () => Date.UTC(2026, 10, 22, 12) });
  const requests: string[] = [];
  const listener: RequestListener = async (request, response) => {
    const asked = await readRequest(request);
    requests.push(`${asked.method} ${asked.url}`);
    const isRefused =
      strictVersions &&
      (asked.headers['stripe-version'] ?? '9') >= NO_METHOD_TYPES_FROM &&
      asked.body.includes('payment_method_types');
    if (isRefused) {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(NO_METHOD_TYPES));
      return;
    }
    const answer = await engine.handle(asked);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const port = await openForTest(server, () => engine.close());
  const base = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return { env: { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: base }, requests, port };
}
