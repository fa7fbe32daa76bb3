import type { Agent as HttpAgent } from 'node:http';
import type { Stripe } from 'stripe';
import { placeholderPublishableKey } from '../domain/placeholder-keys.ts';
import { toQuery } from './form-encoding.ts';
import type { Answer, ApiRecord, Gateway, RequestMethod, RequestOptions, TargetName } from './gateway.ts';
import { failureKind, GatewayError, reasonOf } from './gateway-error.ts';
import { ProxyFailure, type WebProxy } from './proxy.ts';
import { apiOrigin } from './target.ts';

/** One finished request, for `--debug`. Never holds a body or a key. */
export interface RequestTrace {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly requestId: string | undefined;
}

/** The SDK's HTTP client interface, as far as a replacement has to fill it. */
export type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof Stripe>[1]>['httpClient']>;

export interface SdkOptions {
  readonly target: TargetName;
  readonly key: string;
  /** Stands in for the network: the emulator's transport. */
  readonly httpClient?: HttpClient;
  /** Origin of another server that speaks the API. */
  readonly apiBase?: string | undefined;
  /** Leads to it. */
  readonly proxy?: WebProxy | undefined;
  /** How long a request may take, in milliseconds; the SDK's 80 seconds unless given. */
  readonly timeoutMs?: number | undefined;
  /** How often the SDK itself tries again; twice on `test` unless given. */
  readonly retries?: number | undefined;
  readonly trace?: ((trace: RequestTrace) => void) | undefined;
  /** The API version that requests name; the SDK's unless given. */
  readonly apiVersion?: string | undefined;
}

/** Version of the SDK, and the API version it speaks. */
export interface SdkFacts {
  readonly version: string;
  readonly apiVersion: string;
}

export async function sdkFacts(): Promise<SdkFacts> {
  const { Stripe } = await import('stripe');
  return { version: Stripe.PACKAGE_VERSION, apiVersion: Stripe.API_VERSION };
}

/** Opens the official SDK. This is the only file that loads it. */
export async function openSdk(options: SdkOptions): Promise<Gateway> {
  const { Stripe } = await import('stripe');
  let closed = false;
  const agent = options.httpClient === undefined ? await openAgent(options) : undefined;
  const sdk = new Stripe(options.key, {
    telemetry: false,
    // Tells what people do with this program from what their apps do.
    appInfo: { name: 'payintent' },
    // The types know the newest version only; objects are passed on as they come, whatever their version.
    apiVersion: (options.apiVersion ?? Stripe.API_VERSION) as typeof Stripe.API_VERSION,
    maxNetworkRetries: options.retries ?? (options.target === 'test' ? 2 : 0),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    httpClient:
      options.httpClient ?? careful(Stripe.createNodeHttpClient(agent), options.proxy, () => closed),
    ...(options.apiBase === undefined ? {} : addressOf(options.apiBase)),
  });
  const { trace } = options;
  if (trace !== undefined) {
    sdk.on('response', (event: Stripe.ResponseEvent) => {
      trace({
        method: event.method,
        path: event.path.replace(/client_secret=[^&]*/g, 'client_secret=***'),
        status: event.status,
        milliseconds: event.elapsed,
        requestId: event.request_id,
      });
    });
  }
  return {
    target: options.target,
    async request(method, path, params = {}, requestOptions = {}) {
      try {
        return await send(sdk, method, path, params, requestOptions);
      } catch (error) {
        throw toGatewayError(error, options.proxy);
      }
    },
    async close() {
      // Ends what is under way: whoever closes wants no answer any more.
      closed = true;
      agent?.destroy();
    },
  };
}

/** As long as the SDK waits for an answer unless told otherwise, in milliseconds. */
const PATIENCE = 80_000;

async function openAgent({ apiBase, proxy, timeoutMs }: SdkOptions): Promise<HttpAgent> {
  if (proxy !== undefined) {
    const { openProxiedAgent } = await import('./proxied-agent.ts');
    return openProxiedAgent(apiOrigin(apiBase), proxy, timeoutMs ?? PATIENCE);
  }
  const plain = apiBase !== undefined && new URL(apiBase).protocol === 'http:';
  const { Agent } = await (plain ? import('node:http') : import('node:https'));
  return new Agent({ keepAlive: true });
}

/**
 * The SDK takes a JSON text or number for an object, fails outside of any promise, and never answers. Other servers than
 * Stripe's send such bodies. And it tries again of its own accord where a connection ends, even one that we have closed.
 */
function careful(client: HttpClient, proxy: WebProxy | undefined, closed: () => boolean): HttpClient {
  const send = client.makeRequest.bind(client);
  client.makeRequest = async (...request) => {
    if (closed()) throw new Error('the gateway is closed');
    let response: HttpClientResponse;
    try {
      response = await send(...request);
    } catch (error) {
      // Asking again would change nothing, and a wrong password given three times may lock the user out.
      if (error instanceof ProxyFailure && isRefusal(error.status)) return finalFailure(error);
      throw error;
    }
    if (proxy !== undefined && response.getStatusCode() === 407) {
      response.dispose?.();
      return finalFailure(
        new ProxyFailure(proxy, 'refused to lead on: 407 Proxy Authentication Required', 407),
      );
    }
    const read = response.toJSON.bind(response);
    response.toJSON = async () => {
      const value: unknown = await read().catch((error: unknown) => {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      });
      if (typeof value === 'object' && value !== null) return value;
      throw new NotJson(response.getStatusCode(), record(response.getHeaders()));
    };
    return response;
  };
  return client;
}

/** An answer that is no JSON object: of a proxy or a balancer, which has a status all the same. */
class NotJson extends SyntaxError {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;

  constructor(status: number, headers: Readonly<Record<string, unknown>>) {
    super(`The answer is not JSON (HTTP ${status})`);
    this.status = status;
    this.headers = headers;
  }
}

type HttpClientResponse = Awaited<ReturnType<HttpClient['makeRequest']>>;

const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500;

/** An answer that has the SDK fail at once: of failed connections it tries each once more. */
function finalFailure(failure: ProxyFailure): HttpClientResponse {
  return {
    getStatusCode: () => failure.status ?? 0,
    getHeaders: () => ({ 'stripe-should-retry': 'false' }),
    getRawResponse: () => ({}),
    toStream: () => ({}),
    toJSON: () => Promise.reject(failure),
  };
}

async function send(
  sdk: Stripe,
  method: RequestMethod,
  path: string,
  params: ApiRecord,
  { idempotencyKey, publishable }: RequestOptions,
): Promise<Answer> {
  const options = {
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(publishable === true ? { apiKey: placeholderPublishableKey } : {}),
  };
  const query = method === 'POST' ? '' : toQuery(params);
  const object =
    method === 'POST'
      ? await sdk.rawRequest(method, path, params, options)
      : await sdk.rawRequest(method, query === '' ? path : `${path}?${query}`, undefined, options);
  const { headers, requestId } = object.lastResponse;
  return {
    object,
    requestId,
    replayed: headers['idempotent-replayed'] === 'true',
    date: text(headers['date']),
    apiVersion: text(headers['stripe-version']),
  };
}

function addressOf(apiBase: string): { host: string; port: string; protocol: 'http' | 'https' } {
  const url = new URL(apiBase);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  // An address of IPv6 stands in brackets in a URL, and nowhere else.
  const host = url.hostname.replace(/^\[(.+)\]$/, '$1');
  return { host, port: url.port || (protocol === 'http' ? '80' : '443'), protocol };
}

/** SDK errors are told by shape: their classes would load the SDK wherever an error is looked at. */
function toGatewayError(error: unknown, proxy: WebProxy | undefined): unknown {
  if (!(error instanceof Error) || !('type' in error) || !('raw' in error)) return error;
  const raw = record(error.raw);
  const failure = [raw['detail'], raw['exception']].find((one) => one instanceof ProxyFailure);
  if (failure !== undefined) {
    const { proxy, status } = failure;
    const facts = { variable: proxy.variable, ...(status === undefined ? {} : { status }) };
    return new GatewayError(failure.message, { kind: 'network', body: {}, proxy: facts }, error);
  }
  if (error.type === 'StripeConnectionError') {
    const cause = raw['detail'];
    const detail = cause instanceof Error ? ` (${reasonOf(cause)})` : '';
    const way =
      proxy === undefined ? '' : ` It was on its way through the proxy ${proxy.shown} (${proxy.variable}).`;
    const facts = proxy === undefined ? {} : { proxy: { variable: proxy.variable } };
    const networkCode = text(record(cause)['code']);
    return new GatewayError(
      `${error.message}${detail}${way}`,
      { kind: 'network', networkCode, body: {}, ...facts },
      error,
    );
  }
  const other = [raw['detail'], raw['exception']].find((one) => one instanceof NotJson);
  if (other !== undefined) {
    const { message, status, headers } = other;
    const kind = status === 429 ? 'rate_limited' : 'api';
    return new GatewayError(message, { kind, status, retryAfterMs: retryAfterOf(headers), body: {} }, error);
  }
  const status = typeof raw['statusCode'] === 'number' ? raw['statusCode'] : 0;
  if (status === 0) return new GatewayError(error.message, { kind: 'api', body: {} }, error);
  const { headers: sent, statusCode: _status, requestId, ...body } = raw;
  const headers = record(sent);
  const code = text(raw['code']);
  const type = text(raw['type']);
  return new GatewayError(
    error.message,
    {
      kind: failureKind(status, type, code),
      status,
      type,
      code,
      declineCode: text(raw['decline_code']),
      param: text(raw['param']),
      requestId: text(requestId),
      replayed: headers['idempotent-replayed'] === 'true',
      retryAfterMs: retryAfterOf(headers),
      date: text(headers['date']),
      apiVersion: text(headers['stripe-version']),
      body,
    },
    error,
  );
}

/** Seconds are asked for; dates, which the header may hold too, are not. */
function retryAfterOf(headers: Readonly<Record<string, unknown>>): number | undefined {
  const asked = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(asked) && asked >= 0 ? asked * 1000 : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
