import { createServer } from 'node:http';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { testKey } from './fake-stripe.ts';
import { openForTest, readRequest } from './test-server.ts';

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
  const server = createServer(async (request, response) => {
    const asked = await readRequest(request);
    const { method, url } = asked;
    requests.push(`${method} ${url}`);
    const answer = await engine.handle(asked);
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
  const port = await openForTest(server, () => engine.close());
  return {
    env: { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: `http://127.0.0.1:${port}` },
    requests,
    engine,
    slept: (milliseconds) => {
      now += milliseconds;
    },
    ask: async (path) =>
      JSON.parse(
        (
          await engine.handle({
            method: 'GET',
            url: path,
            headers: { authorization: `Bearer ${testKey}` },
            body: '',
          })
        ).body,
      ),
  };
}
