import type { Socket } from 'node:net';
import type { ApiResponse } from '../wire.ts';
import { answerOnSocket, refusal } from './door-answer.ts';
import type { ServerLimits } from './limits.ts';
import { methodRefusal } from './request-checks.ts';

type ParserError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/** Answers what node:http could not read as a request, in Stripe's error shape, and closes the connection. */
export function answerMalformed(error: ParserError, socket: Socket, limits: ServerLimits): void {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') {
    socket.destroy();
    return;
  }
  // An answer is already on its way out: a second one would be read as the answer to something else.
  if (hasAnswerUnderWay(socket)) {
    socket.destroy();
    return;
  }
  answerOnSocket(socket, explain(error, limits));
}

function hasAnswerUnderWay(socket: Socket): boolean {
  const { _httpMessage: message } = socket as Socket & { _httpMessage?: { headersSent: boolean } | null };
  return message?.headersSent === true;
}

function explain(error: ParserError, limits: ServerLimits): ApiResponse {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refusal(408, 'The request took too long to arrive.');
    case 'HPE_HEADER_OVERFLOW':
      return isRequestLineTooLong(error.rawPacket, limits.urlBytes)
        ? urlTooLong(limits)
        : refusal(431, `The request headers are too large: the limit is ${limits.headerBytes} bytes.`);
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

function isRequestLineTooLong(packet: Buffer | undefined, limit: number): boolean {
  if (packet === undefined) return false;
  const end = packet.indexOf('\n');
  return (end === -1 ? packet.length : end) > limit && /^[A-Z]+ \//.test(packet.toString('latin1', 0, 32));
}

/** A request line that is fine but for its method is a 405; anything else that begins wrongly (TLS, noise) a 400. */
function unknownMethod(packet: Buffer | undefined): ApiResponse {
  const line = packet?.toString('latin1', 0, 256) ?? '';
  const method = /^([A-Za-z][A-Za-z-]{0,31}) \S+ HTTP\/1\.[01]\r?\n/.exec(line)?.[1];
  if (method !== undefined) return methodRefusal(method);
  if (packet?.[0] === 0x16)
    return refusal(400, 'This server speaks HTTP, not HTTPS: use an http:// address.');
  return refusal(400, 'The request could not be read: it is not well-formed HTTP/1.1.');
}
