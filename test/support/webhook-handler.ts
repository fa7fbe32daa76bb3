import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Arrived {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly type: string;
  readonly id: string;
  /** `performance.now()`. */
  readonly at: number;
}

/** What a handler does with one delivery: answers with a status, says nothing, or cuts the connection. */
export type Reaction = number | 'hang' | 'reset';

export interface WebhookHandler {
  readonly url: string;
  /** Everything that arrived, whatever became of it. */
  readonly arrived: readonly Arrived[];
  /** Ids of events in the order in which they were accepted. */
  readonly accepted: readonly string[];
  /** Types of all that arrived. */
  types(): string[];
  /** Lets nobody in until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A webhook handler on a free port of the loopback interface.
 *
 * @param react asked for each delivery; 200 unless given
 */
export async function startHandler(
  react: (arrived: Arrived, count: number) => Reaction | Promise<Reaction> = () => 200,
): Promise<WebhookHandler> {
  const arrived: Arrived[] = [];
  const accepted: string[] = [];
  const sockets = new Set<Socket>();
  let server = createServer(receive);
  const port = await listenOn(server, 0);
  server.on('connection', track);

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  }

  function receive(
    request: NodeJS.ReadableStream & { headers: IncomingHttpHeaders },
    response: ServerResponse,
  ) {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void answer(Buffer.concat(chunks).toString('utf8'), request.headers, response));
  }

  async function answer(body: string, headers: IncomingHttpHeaders, response: ServerResponse): Promise<void> {
    const { id, type } = JSON.parse(body) as { id: string; type: string };
    const entry: Arrived = { body, headers, id, type, at: performance.now() };
    arrived.push(entry);
    const reaction = await react(entry, arrived.length);
    if (reaction === 'reset') response.socket?.resetAndDestroy();
    if (typeof reaction !== 'number') return;
    if (reaction >= 200 && reaction < 300) accepted.push(id);
    response.writeHead(reaction, { 'content-type': 'text/plain' });
    response.end(`answered ${reaction}`);
  }

  async function down(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }

  return {
    url: `http://127.0.0.1:${port}/webhook`,
    arrived,
    accepted,
    types: () => arrived.map(({ type }) => type),
    down,
    async up() {
      server = createServer(receive);
      server.on('connection', track);
      await listenOn(server, port);
    },
    close: down,
  };
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
