import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER_MS, readAnswer, reasonOf } from './talk.ts';
import type { Answered } from './visit.ts';

/**
 * The address of a program for as long as a round takes: the program behind it may end and be started again. Notes what
 * came and what was answered.
 */
export interface Door {
  readonly url: string;
  /** Oldest first. */
  readonly visits: readonly Answered[];
  close(): Promise<void>;
}

/** @param behind address of the program; a text that says why there is none */
export async function openDoor(
  behind: () => Promise<{ readonly url: string } | { readonly sorry: string }>,
): Promise<Door> {
  const visits: Answered[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const started = performance.now();
    const body = await bodyOf(incoming);
    const { method = 'GET', url: path = '/' } = incoming;
    const passed = await pass(await behind(), incoming, body).catch((error: unknown) => ({
      status: 502,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      bytes: Buffer.from(`The program gave no answer: ${reasonOf(error)}\n`),
    }));
    visits.push({
      method,
      path: path.replace(/\?.*$/s, ''),
      ...contentOf(incoming, body),
      status: passed.status,
      answer: readAnswer(passed.bytes.toString('utf8')),
      ms: performance.now() - started,
    });
    outgoing.writeHead(passed.status, passed.headers).end(passed.bytes);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

interface Passed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Buffer;
}

/** Belong to one connection, or are written anew. */
const OWN_HEADERS = /^(?:host|connection|keep-alive|transfer-encoding|content-length|expect|upgrade)$/;

async function pass(
  place: { readonly url: string } | { readonly sorry: string },
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<Passed> {
  if ('sorry' in place) {
    const text = 'text/plain; charset=utf-8';
    return { status: 502, headers: { 'content-type': text }, bytes: Buffer.from(`${place.sorry}\n`) };
  }
  const handedOn = Object.entries(headers).flatMap(([name, value]) =>
    OWN_HEADERS.test(name) || value === undefined ? [] : [[name, String(value)] as const],
  );
  const response = await fetch(`${place.url}${url}`, {
    method,
    headers: Object.fromEntries(handedOn),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
  const kept = ['content-type', 'location'].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** A form, or an event. */
function contentOf({ headers, url = '/' }: IncomingMessage, body: Buffer): Pick<Answered, 'event' | 'form'> {
  const text = body.toString('utf8');
  const json = readAnswer(text);
  const type: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'type') : undefined;
  if (typeof type === 'string') return { event: type, form: {} };
  const query = new URL(url, 'http://localhost').searchParams;
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return {
    event: undefined,
    form: Object.fromEntries([...query, ...(isForm ? new URLSearchParams(text) : [])]),
  };
}
