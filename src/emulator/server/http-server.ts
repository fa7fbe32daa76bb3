import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ApiRequest, ApiResponse, Handle } from '../wire.ts';
import { foreignOriginRefusal, preflightAnswer } from './cross-origin.ts';
import { answerOnSocket, internalError, refusal } from './door-answer.ts';
import { createHostPolicy } from './host-policy.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.ts';
import { answerMalformed, headersTooLarge, urlTooLong } from './malformed.ts';
import { PortInUseError } from './port-in-use-error.ts';
import { announcesBody, readBody } from './request-body.ts';
import { contentTypeRefusal, isKnownMethod, isWellEncoded, methodRefusal } from './request-checks.ts';

export interface ServerOptions {
  readonly handle: Handle;
  /** Loopback unless said otherwise: the emulator takes any test key, so it is not for a network. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly limits?: Partial<ServerLimits>;
  /** Names besides localhost and loopback addresses under which clients reach the server, without port. */
  readonly allowedHosts?: readonly string[];
  /** Hosted pages: asked for paths below `/_payintent/`, before `handle`; undefined means "not mine". */
  readonly page?: (request: ApiRequest) => Promise<ApiResponse> | undefined;
  /** Fields of `GET /_payintent/health` besides `status: "ok"`. */
  readonly health?: () => Readonly<Record<string, unknown>>;
  /** Takes over WebSocket upgrades, after the Host check. Without it an upgrade is refused. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Told of bugs: what `handle` or a page threw. The client has been answered with a 500. */
  readonly onError?: (error: unknown) => void;
  /** Told of each answer; `ms` is the time it took. */
  readonly onAnswer?: (entry: {
    method: string;
    url: string;
    status: number;
    ms: number;
    requestId: string | undefined;
  }) => void;
}

export interface RunningServer {
  /** Base address without a trailing slash, e.g. `http://127.0.0.1:12111`. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets requests under way finish, closes idle connections. Settles within two seconds. */
  close(): Promise<void>;
  /** Ends all connections at once; a close under way then settles. */
  cut(): void;
}

/**
 * The HTTP door: `handle()` behind node:http. What cannot be a request of the API is answered here, in Stripe's error shape;
 * everything else goes to `handle()`.
 *
 * @throws PortInUseError when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 12111 } = options;
  const limits: ServerLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const isOurs = createHostPolicy(host, options.allowedHosts);
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: Math.min(1_000, Math.max(50, limits.headersMs / 2)),
    requireHostHeader: false,
    noDelay: true,
  });
  // node:http drops headers beyond its maximum without a word; one more than ours is enough to notice.
  server.maxHeadersCount = limits.headerCount + 1;
  const door = createDoor(options, limits, isOurs);
  const listener = (request: IncomingMessage, response: ServerResponse) => door(request, response);
  server.on('request', listener);
  server.on('checkContinue', (request, response) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced <= limits.bodyBytes) response.writeContinue();
    listener(request, response);
  });
  server.on('checkExpectation', (_request, response) =>
    send(response, refusal(417, 'Unsupported Expect header.')),
  );
  server.on('connect', (_request, socket) => answerOnSocket(socket as Socket, methodRefusal('CONNECT')));
  server.on('upgrade', (request, socket, head) => {
    const acceptable = request.headers.host !== undefined && isOurs(request.headers.host);
    if (!acceptable) answerOnSocket(socket as Socket, foreignHost(request.headers.host));
    else if (options.onUpgrade !== undefined) options.onUpgrade(request, socket, head);
    else answerOnSocket(socket as Socket, refusal(400, 'This path takes no WebSocket connection.'));
  });
  server.on('clientError', (error, socket) => answerMalformed(error, socket as Socket, limits));
  const sockets = trackSockets(server);

  const actualPort = await listen(server, host, port);
  server.on('error', (error) => options.onError?.(error));
  return {
    url: baseUrl(host, actualPort),
    port: actualPort,
    close: () => close(server, sockets, limits.closeGraceMs),
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What happens to each request: refusals of the door, then pages, then `handle`. */
function createDoor(options: ServerOptions, limits: ServerLimits, isOurs: (host: string) => boolean) {
  const { handle, page, health, onError, onAnswer } = options;

  return (request: IncomingMessage, response: ServerResponse): void => {
    const method = request.method ?? 'GET';
    const { headers } = request;
    const target = splitTarget(request.url ?? '/', headers.host);
    const started = onAnswer === undefined ? 0 : performance.now();
    // A client that leaves while it is answered is no error of ours.
    response.on('error', ignore);

    const answer = (given: ApiResponse) => {
      send(response, given);
      onAnswer?.({
        method,
        url: target.url,
        status: given.status,
        ms: performance.now() - started,
        requestId: given.headers['request-id'],
      });
    };
    const refused = refuseHead(request, method, target, limits, isOurs);
    if (refused !== undefined) {
      refuseUnread(request, response, () => answer(refused));
      return;
    }
    if (method === 'OPTIONS') {
      answer(preflightAnswer(headers));
      return;
    }
    readBody(request, limits.bodyBytes, (result) => {
      if (result.kind === 'gone') return;
      if (result.kind === 'not-utf8') return answer(refusal(400, 'The request body is not valid UTF-8.'));
      if (result.kind === 'too-long') {
        if (!result.drained) response.setHeader('connection', 'close');
        return answer(refusal(413, `The request body is too large: the limit is ${limits.bodyBytes} bytes.`));
      }
      const call: ApiRequest = {
        method: method === 'HEAD' ? 'GET' : method,
        url: target.url,
        headers: headers as Record<string, string | undefined>,
        body: result.text,
      };
      const objection = refuseCall(call, isOurs);
      if (objection !== undefined) return answer(objection);
      route(call).then(answer, (error: unknown) => {
        onError?.(error);
        answer(internalError());
      });
    });
  };

  async function route(call: ApiRequest): Promise<ApiResponse> {
    if (call.url.startsWith('/_payintent/')) {
      if (call.method === 'GET' && /^\/_payintent\/health(\?|$)/.test(call.url))
        return healthAnswer(health?.());
      const paged = page?.(call);
      if (paged !== undefined) return paged;
    }
    return handle(call);
  }
}

const ignore = () => {};

/** Refusals that need the request's head only. */
function refuseHead(
  request: IncomingMessage,
  method: string,
  target: { readonly url: string; readonly host: string | undefined },
  limits: ServerLimits,
  isOurs: (host: string) => boolean,
): ApiResponse | undefined {
  if (target.host === undefined) {
    if (request.httpVersion !== '1.0') return refusal(400, 'The Host header is missing.');
  } else if (!isOurs(target.host)) {
    return foreignHost(target.host);
  }
  if (!isKnownMethod(method)) return methodRefusal(method);
  if (target.url.length > limits.urlBytes) return urlTooLong(limits);
  if (request.rawHeaders.length > 2 * limits.headerCount) {
    return headersTooLarge(limits);
  }
  if (!isWellEncoded(target.url)) return refusal(400, 'The request URL has an invalid percent-encoding.');
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) {
    return refusal(413, `The request body is too large: the limit is ${limits.bodyBytes} bytes.`);
  }
  return undefined;
}

/** Refusals that need the body. */
function refuseCall(call: ApiRequest, isOurs: (host: string) => boolean): ApiResponse | undefined {
  const { headers, body } = call;
  if (body !== '' && call.url.startsWith('/v1')) {
    const wrongType = contentTypeRefusal(headers['content-type']);
    if (wrongType !== undefined) return wrongType;
    if (!isWellEncoded(body)) return refusal(400, 'The request body has an invalid percent-encoding.');
  }
  return headers['origin'] === undefined ? undefined : foreignOriginRefusal(call, isOurs);
}

/** Answers a request whose body is not wanted: reads and drops a body first, so that the client gets to read the answer. */
function refuseUnread(request: IncomingMessage, response: ServerResponse, answer: () => void): void {
  const expectsContinue = request.headers.expect !== undefined;
  if (!announcesBody(request.headers) || expectsContinue) {
    if (expectsContinue) response.setHeader('connection', 'close');
    answer();
    return;
  }
  readBody(request, 0, (result) => {
    if (result.kind === 'gone') return;
    if (result.kind === 'too-long' && !result.drained) response.setHeader('connection', 'close');
    answer();
  });
}

/** Path and query, and the host they are asked of: a proxy-style absolute target names its own host. */
function splitTarget(url: string, host: string | undefined): { url: string; host: string | undefined } {
  if (url.charCodeAt(0) === 47 /* slash */) return { url, host };
  const absolute = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(url);
  if (absolute === null) return { url: `/${url}`, host };
  const path = absolute[2] ?? '';
  return { url: path.startsWith('/') ? path : `/${path}`, host: absolute[1] };
}

function foreignHost(host: string | undefined): ApiResponse {
  return refusal(
    403,
    `The emulator answers to localhost and loopback addresses, not to the host "${host ?? ''}". Allow this host when you start the server if it should.`,
  );
}

function healthAnswer(facts: Readonly<Record<string, unknown>> | undefined): ApiResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store' },
    body: JSON.stringify({ status: 'ok', ...facts }, null, 2),
  };
}

/**
 * One write for head and body. A flat list of headers and encoded bytes are what node:http passes on with the least work
 * (measured: a fifth more answers a second than with an object and a string). An answer whose headers cannot be sent becomes
 * a 500.
 */
function send(response: ServerResponse, answer: ApiResponse): void {
  if (response.headersSent || response.destroyed) return;
  try {
    writeAnswer(response, answer);
  } catch {
    writeAnswer(response, internalError());
  }
}

function writeAnswer(response: ServerResponse, answer: ApiResponse): void {
  const bytes = Buffer.from(answer.body, 'utf8');
  const head: (string | number)[] = [];
  for (const name in answer.headers) head.push(name, answer.headers[name] as string);
  head.push('content-length', bytes.length);
  response.writeHead(answer.status, head as string[]);
  response.end(bytes);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(host, port, error) : error);
    });
    server.listen({ host, port, backlog: 511 }, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function baseUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** All open connections, also those that an upgrade took away from node:http. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

const IDLE_SWEEP_MS = 25;

function close(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // node:http keeps a connection open when its last answer ends after the close began.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, graceMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
