import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createDoor, type DoorOptions, foreignHost, send } from './door.ts';
import { answerOnSocket, refusal } from './door-answer.ts';
import { createHostPolicy } from './host-policy.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.ts';
import { answerMalformed } from './malformed.ts';
import { PortInUseError } from './port-in-use-error.ts';
import { methodRefusal } from './request-checks.ts';

export interface ServerOptions extends DoorOptions {
  /** Loopback unless said otherwise: the emulator takes any test key, so it is not for a network. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly limits?: Partial<ServerLimits>;
  /** Names besides localhost and loopback addresses under which clients reach the server, without port. */
  readonly allowedHosts?: readonly string[];
  /** Takes over WebSocket upgrades, after the Host check. Without it an upgrade is refused. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
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
