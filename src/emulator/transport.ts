import { Readable } from 'node:stream';
import type { ApiResponse, Handle } from './wire.ts';

/** What the SDK sends as header values; lists are joined the way HTTP joins repeated headers. */
type SdkHeaders = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** One answer as the SDK reads it: the shape of its `HttpClientResponse`. */
export interface TransportResponse {
  getStatusCode(): number;
  getHeaders(): Record<string, string>;
  /** The SDK writes `lastResponse` fields on this object, so it must be an object and nobody else's. */
  getRawResponse(): { statusCode: number; headers: Record<string, string> };
  toStream(streamCompleteCallback: () => void): Readable;
  toJSON(): Promise<unknown>;
  dispose(): void;
}

/** The shape of the SDK's `HttpClient`: pass it as `new Stripe(key, { httpClient })`. */
export interface Transport {
  getClientName(): string;
  makeRequest(
    host: string,
    port: string,
    path: string,
    method: string,
    headers: SdkHeaders,
    requestData: string | Uint8Array | null,
    protocol: string,
    /** Milliseconds; 0 or less waits for ever. */
    timeout: number,
  ): Promise<TransportResponse>;
}

export interface TransportOptions {
  /** Aborting it rejects what is under way and everything sent later. */
  readonly signal?: AbortSignal;
}

/**
 * The door in the same process: an HTTP client for the official SDK whose requests go to `handle()`, without a port.
 * Host, port and protocol are ignored. A request that takes longer than the SDK's timeout rejects with the error the SDK
 * turns into its timeout error; its effect, like that of a request lost on the network, may still happen.
 */
export function createTransport(handle: Handle, options: TransportOptions = {}): Transport {
  return {
    getClientName: () => 'payintent-emulator',
    async makeRequest(host, _port, path, method, headers, requestData, _protocol, timeout) {
      if (!path.startsWith('/')) throw new Error(`Only relative paths are supported, got: "${path}"`);
      options.signal?.throwIfAborted();
      const sent = handle({
        method,
        url: path,
        headers: { host, ...lowerCased(headers) },
        body: typeof requestData === 'string' ? requestData : Buffer.from(requestData ?? '').toString('utf8'),
      });
      return toSdkResponse(await withinLimits(sent, timeout, options.signal));
    },
  };
}

function lowerCased(headers: SdkHeaders): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null) continue;
    lower[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return lower;
}

/** Settles with `sent`, or rejects when time runs out or the signal fires, whichever comes first. */
function withinLimits<T>(sent: Promise<T>, timeout: number, signal: AbortSignal | undefined): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = timeout > 0 ? setTimeout(() => settle(() => reject(timeoutError())), timeout) : undefined;
    const onAbort = () => settle(() => reject(signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    function settle(how: () => void): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      how();
    }
    sent.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** The SDK tells a timeout from other connection errors by this code (stripe-node, `HttpClient.TIMEOUT_ERROR_CODE`). */
function timeoutError(): Error {
  return Object.assign(new TypeError('ETIMEDOUT'), { code: 'ETIMEDOUT' });
}

function toSdkResponse(response: ApiResponse): TransportResponse {
  const raw = { statusCode: response.status, headers: response.headers };
  return {
    getStatusCode: () => response.status,
    getHeaders: () => response.headers,
    getRawResponse: () => raw,
    toStream(streamCompleteCallback) {
      const stream = Readable.from([Buffer.from(response.body, 'utf8')]);
      stream.once('end', streamCompleteCallback);
      return stream;
    },
    async toJSON() {
      try {
        return JSON.parse(response.body);
      } catch (error) {
        throw error instanceof Error ? Object.assign(error, { rawBody: response.body }) : error;
      }
    },
    dispose() {},
  };
}
