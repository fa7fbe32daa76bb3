import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiResponse } from '../wire.ts';
import { answerOnSocket, refusal } from './door-answer.ts';
import type { ServerLimits } from './limits.ts';
import { isKnownMethod, methodRefusal } from './request-checks.ts';

type ParserError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/**
 * Answers what node:http could not read as a request, in Stripe's error shape, and closes the connection. Requests that
 * came before it on the same connection are answered first, so that nobody takes this answer for theirs.
 */
export function answerMalformed(error: ParserError, socket: Socket, limits: ServerLimits): void {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') {
    socket.destroy();
    return;
  }
  const answer = explain(error, limits);
  whenAnswered(socket, () => answerOnSocket(socket, answer));
}

/** The answer node:http is working on for a connection: an internal field, and the only way to know of it. */
interface Busy {
  readonly _httpMessage?: ServerResponse | null;
}

function whenAnswered(socket: Socket, then: () => void): void {
  const response = (socket as Socket & Busy)._httpMessage;
  if (response === undefined || response === null) {
    then();
  } else if (response.req.complete) {
    response.once('close', () => setImmediate(whenAnswered, socket, then));
  } else if (response.headersSent) {
    // The request that fails has been refused already, while it was still arriving.
    socket.destroy();
  } else {
    then();
  }
}

function explain(error: ParserError, limits: ServerLimits): ApiResponse {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refusal(408, 'The request took too long to arrive.');
    case 'HPE_HEADER_OVERFLOW':
      return isRequestLineTooLong(error.rawPacket, limits.urlBytes)
        ? urlTooLong(limits)
        : headersTooLarge(limits);
    case 'HPE_INVALID_METHOD':
      return unknownMethod(error.rawPacket);
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return refusal(413, 'The chunk extensions of the request body are too large.');
    default:
      return refusal(400, 'The request could not be read: it is not well-formed HTTP/1.1.');
  }
}

export function urlTooLong(limits: ServerLimits): ApiResponse {
  return refusal(414, `The request URL is too long: the limit is ${limits.urlBytes} bytes.`);
}

/** Newer versions of Node.js refuse too many headers in the parser, as they refuse headers that are too large. */
export function headersTooLarge(limits: ServerLimits): ApiResponse {
  return refusal(
    431,
    `The request has too many or too large headers: the limit is ${limits.headerCount} headers and ${limits.headerBytes} bytes.`,
  );
}

function isRequestLineTooLong(packet: Buffer | undefined, limit: number): boolean {
  if (packet === undefined) return false;
  const end = packet.indexOf('\n');
  return (end === -1 ? packet.length : end) > limit && /^[A-Z]+ \//.test(packet.toString('latin1', 0, 32));
}

/** A request line that is fine but for its method is a 405; anything else that begins wrongly (TLS, noise) a 400. */
function unknownMethod(packet: Buffer | undefined): ApiResponse {
  const line = packet?.toString('latin1', 0, 256) ?? '';
  const method = /^([A-Za-z][A-Za-z-]{0,31}) \S+ HTTP\/1\.[01]\r?\n/.exec(line)?.[1];
  // A packet may begin with requests that are fine; the failing one is not looked for.
  if (method !== undefined && !isKnownMethod(method)) return methodRefusal(method);
  if (packet?.[0] === 0x16)
    return refusal(400, 'This server speaks HTTP, not HTTPS: use an http:// address.');
  return refusal(400, 'The request could not be read: it is not well-formed HTTP/1.1.');
}
