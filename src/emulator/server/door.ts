import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiRequest, ApiResponse, Handle } from '../wire.ts';
import { foreignOriginRefusal, preflightAnswer } from './cross-origin.ts';
import { answerOnSocket, internalError, refusal } from './door-answer.ts';
import type { ServerLimits } from './limits.ts';
import { headersTooLarge, urlTooLong } from './malformed.ts';
import { announcesBody, readBody } from './request-body.ts';
import { contentTypeRefusal, isKnownMethod, isWellEncoded, methodRefusal } from './request-checks.ts';

export interface DoorOptions {
  readonly handle: Handle;
  /** Hosted pages: asked for paths below `/_payintent/`, before `handle`; undefined means "not mine". */
  readonly page?: (request: ApiRequest) => Promise<ApiResponse> | undefined;
  /** Fields of `GET /_payintent/health` besides `status: "ok"`. */
  readonly health?: () => Readonly<Record<string, unknown>>;
  /** Told of bugs: what `handle` or a page threw. The client has been answered with a 500. */
  readonly onError?: (error: unknown) => void;
  /** Told of each answer; `ms` is the time it took. */
  readonly onAnswer?: (entry: {
    method: string;
    url: string;
    status: number;
    ms: number;
    requestId: string | undefined;
  }) => void;
}

/** What happens to each request: refusals of the door, then pages, then `handle`. */
export function createDoor(options: DoorOptions, limits: ServerLimits, isOurs: (host: string) => boolean) {
  const { handle, page, health, onError, onAnswer } = options;

  return (request: IncomingMessage, response: ServerResponse): void => {
    const method = request.method ?? 'GET';
    const { headers } = request;
    const target = splitTarget(request.url ?? '/', headers.host);
    const started = onAnswer === undefined ? 0 : performance.now();
    // A client that leaves while it is answered is no error of ours.
    response.on('error', ignore);

    const answer = (given: ApiResponse, stillSending = false) => {
      // Closing node:http's way would reset the connection, and the client might never read why.
      if (stillSending) answerOnSocket(request.socket, given);
      else send(response, given);
      onAnswer?.({
        method,
        url: target.url,
        status: given.status,
        ms: performance.now() - started,
        requestId: given.headers['request-id'],
      });
    };
    const refused = refuseHead(request, method, target, limits, isOurs);
    if (refused !== undefined) {
      refuseUnread(request, response, (stillSending) => answer(refused, stillSending));
      return;
    }
    if (method === 'OPTIONS') {
      answer(preflightAnswer(headers));
      return;
    }
    readBody(request, limits.bodyBytes, (result) => {
      if (result.kind === 'gone') return;
      if (result.kind === 'not-utf8') return answer(refusal(400, 'The request body is not valid UTF-8.'));
      if (result.kind === 'too-long') {
        return answer(bodyTooLarge(limits), !result.drained);
      }
      const call: ApiRequest = {
        method: method === 'HEAD' ? 'GET' : method,
        url: target.url,
        headers: headers as Record<string, string | undefined>,
        body: result.text,
      };
      const objection = refuseCall(call, isOurs);
      if (objection !== undefined) return answer(objection);
      route(call).then(
        (given) => answer(given),
        (error: unknown) => {
          onError?.(error);
          answer(internalError());
        },
      );
    });
  };

  async function route(call: ApiRequest): Promise<ApiResponse> {
    if (call.url.startsWith('/_payintent/')) {
      if (call.method === 'GET' && /^\/_payintent\/health(\?|$)/.test(call.url))
        return healthAnswer(health?.());
      const paged = page?.(call);
      if (paged !== undefined) return paged;
    }
    return handle(call);
  }
}

const ignore = () => {};

/** Refusals that need the request's head only. */
function refuseHead(
  request: IncomingMessage,
  method: string,
  target: { readonly url: string; readonly host: string | undefined },
  limits: ServerLimits,
  isOurs: (host: string) => boolean,
): ApiResponse | undefined {
  if (target.host === undefined) {
    if (request.httpVersion !== '1.0') return refusal(400, 'The Host header is missing.');
  } else if (!isOurs(target.host)) {
    return foreignHost(target.host);
  }
  if (!isKnownMethod(method)) return methodRefusal(method);
  if (target.url.length > limits.urlBytes) return urlTooLong(limits);
  if (request.rawHeaders.length > 2 * limits.headerCount) {
    return headersTooLarge(limits);
  }
  if (!isWellEncoded(target.url)) return refusal(400, 'The request URL has an invalid percent-encoding.');
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) {
    return bodyTooLarge(limits);
  }
  return undefined;
}

/** Refusals that need the body. */
function refuseCall(call: ApiRequest, isOurs: (host: string) => boolean): ApiResponse | undefined {
  const { headers, body } = call;
  if (body !== '' && call.url.startsWith('/v1')) {
    const wrongType = contentTypeRefusal(headers['content-type']);
    if (wrongType !== undefined) return wrongType;
    if (!isWellEncoded(body)) return refusal(400, 'The request body has an invalid percent-encoding.');
  }
  return headers['origin'] === undefined ? undefined : foreignOriginRefusal(call, isOurs);
}

/** Answers a request whose body is not wanted: reads and drops a body first, so that the client gets to read the answer. */
function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (stillSending: boolean) => void,
): void {
  const expectsContinue = request.headers.expect !== undefined;
  if (!announcesBody(request.headers) || expectsContinue) {
    if (expectsContinue) response.setHeader('connection', 'close');
    answer(false);
    return;
  }
  readBody(request, 0, (result) => {
    if (result.kind === 'gone') return;
    answer(result.kind === 'too-long' && !result.drained);
  });
}

/** Path and query, and the host they are asked of: a proxy-style absolute target names its own host. */
function splitTarget(url: string, host: string | undefined): { url: string; host: string | undefined } {
  if (url.charCodeAt(0) === 47 /* slash */) return { url, host };
  const absolute = /^https?:\/\/([^/?#]+)([^#]*)/i.exec(url);
  if (absolute === null) return { url: `/${url}`, host };
  const path = absolute[2] ?? '';
  return { url: path.startsWith('/') ? path : `/${path}`, host: absolute[1] };
}

function bodyTooLarge(limits: ServerLimits): ApiResponse {
  return refusal(413, `The request body is too large: the limit is ${limits.bodyBytes} bytes.`);
}

/** The refusal of a Host header that does not name this server. */
export function foreignHost(host: string | undefined): ApiResponse {
  return refusal(
    403,
    `The emulator answers to localhost and loopback addresses, not to the host "${host ?? ''}". Allow this host when you start the server if it should.`,
  );
}

function healthAnswer(facts: Readonly<Record<string, unknown>> | undefined): ApiResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store' },
    body: JSON.stringify({ status: 'ok', ...facts }, null, 2),
  };
}

/**
 * One write for head and body. A flat list of headers and encoded bytes are what node:http passes on with the least work
 * (measured: a fifth more answers a second than with an object and a string). An answer whose headers cannot be sent becomes
 * a 500.
 */
export function send(response: ServerResponse, answer: ApiResponse): void {
  if (response.headersSent || response.destroyed) return;
  try {
    writeAnswer(response, answer);
  } catch {
    writeAnswer(response, internalError());
  }
}

function writeAnswer(response: ServerResponse, answer: ApiResponse): void {
  const bytes = Buffer.from(answer.body, 'utf8');
  const head: (string | number)[] = [];
  for (const name in answer.headers) head.push(name, answer.headers[name] as string);
  head.push('content-length', bytes.length);
  response.writeHead(answer.status, head as string[]);
  response.end(bytes);
}
