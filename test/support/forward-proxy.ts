import { createServer, type IncomingMessage, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ForwardProxy {
  readonly port: number;
  /** What was asked of it: `CONNECT api.stripe.com:443`, `GET http://api.example/v1/…`. */
  readonly asked: readonly string[];
  /** The `Proxy-Authorization` of each, decoded. */
  readonly credentials: readonly (string | undefined)[];
}

export interface ProxyRules {
  /** Whatever is asked for, this is where it leads: a port of this machine. */
  readonly leadsTo?: number;
  /** Refuses instead, with a status line's end: `407 Proxy Authentication Required`. */
  readonly refuses?: string;
  /** Takes connections and never answers. */
  readonly hangs?: boolean;
}

/** A proxy on this machine as offices have them, over real sockets. */
export async function forwardProxy({
  leadsTo = 0,
  refuses,
  hangs = false,
}: ProxyRules): Promise<ForwardProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const open = new Set<Socket>();
  const note = (request: IncomingMessage) => {
    asked.push(`${request.method} ${request.url}`);
    const sent = request.headers['proxy-authorization'];
    credentials.push(
      sent === undefined ? undefined : Buffer.from(sent.replace('Basic ', ''), 'base64').toString(),
    );
  };
  const server = createServer((request, response) => {
    note(request);
    if (hangs) return;
    if (refuses !== undefined) {
      response.writeHead(Number(refuses.slice(0, 3)), { 'content-type': 'text/html' }).end('<h1>No</h1>');
      return;
    }
    const { pathname, search } = new URL(request.url ?? '/');
    const { 'proxy-authorization': _kept, 'proxy-connection': _too, ...headers } = request.headers;
    const onward = send(
      { host: '127.0.0.1', port: leadsTo, method: request.method, path: pathname + search, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    socket.on('error', () => {});
    if (hangs) return;
    if (refuses !== undefined) {
      socket.end(`HTTP/1.1 ${refuses}\r\nContent-Type: text/html\r\n\r\n<h1>No</h1>`);
      return;
    }
    const onward = connect(leadsTo, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return { port: (server.address() as AddressInfo).port, asked, credentials };
}
