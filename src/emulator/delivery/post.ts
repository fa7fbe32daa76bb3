import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { constants, gunzipSync } from 'node:zlib';

export interface PostRequest {
  /** `http:` or `https:`. */
  readonly url: string;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** How long to wait for the head of the answer, and then for its body. Milliseconds. */
  readonly timeoutMs?: number;
  /** How much of the answer's body to keep, in bytes. */
  readonly keepBytes?: number;
  /** Whether certificates are left unchecked, for handlers with certificates of their own. */
  readonly skipVerify?: boolean;
  /** Ends the attempt, with the reason `stopped`. */
  readonly signal?: AbortSignal;
}

/**
 * Why there was no answer. `refused`, `unreachable` and `dns`: nobody was there. `reset` and `not_http`: the connection
 * ended, or something else than HTTP came back. `url`: nothing that can be sent to.
 */
export type FailureReason =
  | 'refused'
  | 'unreachable'
  | 'dns'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'not_http'
  | 'url'
  | 'stopped';

export type Outcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** From the start of the attempt to the head of the answer, in milliseconds with fractions. */
      readonly ms: number;
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      /** The start of the body as text; see `keepBytes`. */
      readonly bodyStart: string;
      /** Whether there was more than `bodyStart`. */
      readonly bodyCut: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      readonly message: string;
      readonly ms: number;
    };

/** Sends events. Keeps connections open between them. */
export interface Poster {
  /** Sends one body and waits for the answer; redirects are not followed. Never rejects. */
  post(request: PostRequest): Promise<Outcome>;
  /** Closes the connections. */
  close(): void;
}

export type Post = Poster['post'];

/** Stripe does not publish how long it waits; ten seconds is the least that people report. */
const DEFAULT_TIMEOUT_MS = 10_000;
const KEEP_BYTES = 4096;
/** A body longer than this is not read to its end. */
const READ_BYTES = 1 << 20;

/** Any answer of the 2xx kind accepts a delivery, and nothing else does (documented). */
export const isAccepted = (outcome: Outcome): boolean =>
  outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;

/** Whether nobody was there at all: a handler that is not running. */
export const isDown = (outcome: Outcome): boolean =>
  outcome.kind === 'failed' && ['refused', 'unreachable', 'dns'].includes(outcome.reason);

export function createPoster(): Poster {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const unchecked = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });
  return {
    async post(request) {
      const agents = { http, https: request.skipVerify === true ? unchecked : https };
      const first = await attempt(request, agents);
      // A kept connection that the other side has closed meanwhile says nothing about the handler.
      return first.stale ? (await attempt(request, agents)).outcome : first.outcome;
    },
    close() {
      for (const agent of [http, https, unchecked]) agent.destroy();
    },
  };
}

/** Sends one event over a connection of its own. Never rejects. */
export async function postEvent(request: PostRequest): Promise<Outcome> {
  const poster = createPoster();
  try {
    return await poster.post(request);
  } finally {
    poster.close();
  }
}

interface Attempted {
  readonly outcome: Outcome;
  /** The connection was an old one and broke before anything came back. */
  readonly stale: boolean;
}

function attempt(request: PostRequest, agents: { http: HttpAgent; https: HttpsAgent }): Promise<Attempted> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, keepBytes = KEEP_BYTES, signal } = request;
  const started = performance.now();
  return new Promise((resolve) => {
    let outgoing: ClientRequest | undefined;
    let answer: (IncomingMessage & { arrivedMs?: number }) | undefined;
    const kept: Buffer[] = [];
    let keptBytes = 0;
    let readBytes = 0;
    let over = false;

    const end = (outcome: Outcome, stale = false) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve({ outcome, stale });
    };
    const fail = (reason: FailureReason, message: string, stale = false) =>
      end({ kind: 'failed', reason, message, ms: performance.now() - started }, stale);
    const answered = (message: IncomingMessage, ms: number) =>
      end({
        kind: 'answered',
        status: message.statusCode ?? 0,
        ms,
        headers: message.headers,
        bodyStart: readable(Buffer.concat(kept), message.headers['content-encoding']).toString(
          'utf8',
          0,
          keepBytes,
        ),
        bodyCut: readBytes > keptBytes,
      });
    const giveUp = () => {
      if (answer !== undefined) answered(answer, answer.arrivedMs ?? timeoutMs);
      else fail('timeout', `no answer within ${timeoutMs} ms`);
      outgoing?.destroy();
    };
    const stop = () => {
      fail('stopped', 'the delivery was stopped');
      outgoing?.destroy();
    };
    let timer = setTimeout(giveUp, timeoutMs);
    if (signal?.aborted === true) return stop();
    signal?.addEventListener('abort', stop, { once: true });

    try {
      const url = new URL(request.url);
      const secure = url.protocol === 'https:';
      const bytes = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
      outgoing = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: secure ? agents.https : agents.http,
        headers: { ...request.headers, 'Content-Length': bytes.length },
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (answer !== undefined) return answered(answer, answer.arrivedMs ?? 0);
        const reason = reasonOf(error);
        fail(
          reason,
          error.message || String(error.code),
          reason === 'reset' && outgoing?.reusedSocket === true,
        );
      });
      outgoing.on('response', (message) => {
        const ms = performance.now() - started;
        answer = Object.assign(message, { arrivedMs: ms });
        clearTimeout(timer);
        timer = setTimeout(giveUp, timeoutMs);
        message.on('data', (chunk: Buffer) => {
          readBytes += chunk.length;
          const part = chunk.subarray(0, keepBytes - keptBytes);
          if (part.length > 0) kept.push(part);
          keptBytes += part.length;
          if (readBytes > READ_BYTES) {
            answered(message, ms);
            outgoing?.destroy();
          }
        });
        message.on('end', () => answered(message, ms));
        // The status has arrived: a body that breaks off changes nothing.
        message.on('error', () => answered(message, ms));
        message.on('close', () => answered(message, ms));
      });
      outgoing.end(bytes);
    } catch (error) {
      fail('url', error instanceof Error ? error.message : String(error));
    }
  });
}

/** Bytes as the handler meant them; deliveries say that they take gzip. */
function readable(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding !== 'gzip' || bytes.length === 0) return bytes;
  try {
    // Gives what there is of a body that was cut.
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: READ_BYTES });
  } catch {
    return bytes;
  }
}

function reasonOf(error: NodeJS.ErrnoException): FailureReason {
  const code = error.code ?? (error instanceof AggregateError ? codeOf(error.errors[0]) : '');
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') return 'dns';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'].includes(code))
    return 'unreachable';
  if (code.startsWith('HPE_')) return 'not_http';
  if (code === 'ERR_INVALID_PROTOCOL' || code === 'ERR_INVALID_URL' || code === 'ERR_INVALID_CHAR')
    return 'url';
  if (
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_SSL') ||
    code === 'EPROTO' ||
    /CERT|SIGNED/.test(code)
  )
    return 'tls';
  return 'reset';
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
