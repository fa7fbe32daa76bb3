import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiResponse } from '../wire.ts';

/** Lets a page in a browser read the refusal, as it can read every answer of the API. */
const REFUSAL_HEADERS = {
  'content-type': 'application/json',
  'access-control-allow-origin': '*',
  'cache-control': 'no-cache, no-store',
} as const;

/**
 * A refusal that comes from the door, before the API proper: Stripe's error shape, with neither `code` nor
 * `request_log_url`, which such early refusals do not carry (recorded: unknown URL, bad version, missing key).
 */
export function refusal(status: number, message: string): ApiResponse {
  return errorAnswer(status, 'invalid_request_error', message);
}

/** The answer to a request that ran into a bug. The cause goes to the server's `onError`, not to the client. */
export function internalError(): ApiResponse {
  return errorAnswer(
    500,
    'api_error',
    'The emulator failed to answer this request. This is a bug in payintent.',
  );
}

function errorAnswer(status: number, type: string, message: string): ApiResponse {
  return {
    status,
    headers: { ...REFUSAL_HEADERS },
    body: `${JSON.stringify({ error: { message, type } }, null, 2)}\n`,
  };
}

/** Writes an answer on a bare socket and closes it: for requests that node:http could not parse. */
export function answerOnSocket(socket: Socket, response: ApiResponse): void {
  if (!socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const head = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? 'Error'}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
    `date: ${new Date().toUTCString()}`,
    'connection: close',
    `content-length: ${Buffer.byteLength(response.body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${response.body}`, () => lingerThenDestroy(socket));
}

const LINGER_MS = 500;

/**
 * Closing a socket while the client is still sending resets the connection, and the client may lose the answer.
 * So what still comes is read and dropped for a moment.
 */
function lingerThenDestroy(socket: Socket): void {
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}
