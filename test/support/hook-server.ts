import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One delivery as a handler got it. */
export interface Hook {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly path: string;
  /** Milliseconds. */
  readonly at: number;
}

type Answer = number | 'hang' | 'reset' | { readonly status: number; readonly body: string };

export interface HookServer {
  readonly url: string;
  readonly port: number;
  /** Every delivery, whatever it was answered, in order. */
  readonly hooks: readonly Hook[];
  /** Those that were answered with 2xx. */
  readonly accepted: readonly Hook[];
  /** What the next deliveries are answered. */
  answer: (hook: Hook, index: number) => Answer;
  /** Resolves when the condition holds, which is looked at after every answer. */
  until(holds: () => boolean, milliseconds?: number): Promise<void>;
  /** Stops listening and cuts all connections. */
  down(): Promise<void>;
  /** Listens again, at the same port. */
  up(): Promise<void>;
}

/** A small app with a webhook handler: a real server on a free port. */
export async function hookServer(port = 0): Promise<HookServer> {
  const hooks: Hook[] = [];
  const accepted: Hook[] = [];
  const sockets = new Set<Socket>();
  const look = new Set<() => void>();
  const told = () => {
    for (const one of look) one();
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { id, type } = JSON.parse(body) as { id: string; type: string };
      const hook = { id, type, body, headers: request.headers, path: request.url ?? '', at: Date.now() };
      hooks.push(hook);
      const answer = self.answer(hook, hooks.length - 1);
      if (answer === 'reset') request.socket.resetAndDestroy();
      else if (answer !== 'hang') {
        const { status, body: text } = typeof answer === 'number' ? { status: answer, body: '' } : answer;
        if (status >= 200 && status < 300) accepted.push(hook);
        response.writeHead(status).end(text);
      }
      told();
    });
  };
  let server = createServer(handle);
  const start = (on: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      server.once('error', reject);
      server.listen(on, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  const used = await start(port);
  const self: HookServer = {
    url: `http://127.0.0.1:${used}/hook`,
    port: used,
    hooks,
    accepted,
    answer: () => 200,
    until: (holds, milliseconds = 15_000) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!holds()) return;
          look.delete(check);
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(() => {
          look.delete(check);
          reject(new Error(`it did not happen; deliveries: ${hooks.map(({ type }) => type).join(' ')}`));
        }, milliseconds);
        look.add(check);
        check();
      }),
    async down() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
    async up() {
      server = createServer(handle);
      await start(used);
    },
  };
  return self;
}
