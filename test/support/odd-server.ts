import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { testKey } from './fake-stripe.ts';
import { openForTest } from './test-server.ts';

export interface OddServer {
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly requests: string[];
}

export type OddAnswer = (request: IncomingMessage, response: ServerResponse, index: number) => void;

/** A server that answers as it likes, standing where Stripe's test mode would. */
export async function oddServer(answer: OddAnswer): Promise<OddServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      requests.push(`${request.method} ${request.url}`);
      answer(request, response, requests.length - 1);
    });
  });
  const url = `http://127.0.0.1:${await openForTest(server)}`;
  return { env: { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: url }, url, requests };
}

/** Answers JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_odd' })
    .end(JSON.stringify(body));
}
