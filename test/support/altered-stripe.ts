import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { testKey } from './fake-stripe.ts';

/** An answer on its way, with its body parsed. */
export interface Passing {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape
  body: any;
  /** The emulator's time, milliseconds since the epoch. */
  readonly now: number;
}

export interface AlteredStripe {
  readonly env: Readonly<Record<string, string>>;
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  readonly engine: Engine;
  /** For `runCli`: time passes here as it passes there. */
  readonly slept: (milliseconds: number) => void;
  /** Asks the emulator itself, past the alterations. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape
  readonly ask: (path: string) => Promise<any>;
}

/** 22 November 2026, 12:00 UTC, where `runCli` begins too. */
const START = Date.UTC(2026, 10, 22, 12);

/** Stands for Stripe's test mode, over HTTP: the emulator, with every answer altered on its way out. */
export async function alteredStripe(alter: (passing: Passing) => void = () => {}): Promise<AlteredStripe> {
  let now = START;
  const engine = createEngine({ realNow: () => now });
  const requests: string[] = [];
  const handle = async (
    method: string,
    url: string,
    headers: Record<string, string | undefined>,
    body: string,
  ) => engine.handle({ method, url, headers, body });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const [method, url] = [request.method ?? 'GET', request.url ?? '/'];
      requests.push(`${method} ${url}`);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : value,
        ]),
      );
      const answer = await handle(method, url, headers, Buffer.concat(chunks).toString('utf8'));
      const passing: Passing = {
        method,
        path: url.replace(/\?.*$/s, ''),
        status: answer.status,
        headers: { ...answer.headers },
        body: JSON.parse(answer.body),
        now,
      };
      alter(passing);
      delete passing.headers['content-length'];
      response.writeHead(passing.status, passing.headers).end(JSON.stringify(passing.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    engine.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    env: { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: `http://127.0.0.1:${port}` },
    requests,
    engine,
    slept: (milliseconds) => {
      now += milliseconds;
    },
    ask: async (path) =>
      JSON.parse((await handle('GET', path, { authorization: `Bearer ${testKey}` }, '')).body),
  };
}
