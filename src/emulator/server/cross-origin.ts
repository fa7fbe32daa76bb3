import type { IncomingMessage } from 'node:http';
import type { ApiResponse } from '../wire.ts';
import { refusal } from './door-answer.ts';

/**
 * The answer to a browser's preflight. The API is open to every origin (recorded: `Access-Control-Allow-Origin: *`), because
 * pages call it with publishable keys.
 */
export function preflightAnswer(headers: IncomingMessage['headers']): ApiResponse {
  const answer: Record<string, string> = {
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, HEAD, PUT, PATCH, POST, DELETE',
    'access-control-allow-origin': '*',
    'access-control-max-age': '300',
    allow: 'GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS',
    vary: 'Origin, Access-Control-Request-Headers',
  };
  const wanted = headers['access-control-request-headers'];
  if (wanted !== undefined) answer['access-control-allow-headers'] = wanted;
  return { status: 200, headers: answer, body: '' };
}

/**
 * Refuses what a page of a foreign site must not do with an emulator that happens to run on the visitor's machine: use a
 * secret key (any test key is accepted, so a page could make one up) or the emulator's own controls. Publishable keys pass,
 * as on Stripe. Requests from programs carry no `Origin` and pass.
 *
 * @param isOurs whether a host names this server (see host-policy)
 */
export function foreignOriginRefusal(
  request: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string },
  isOurs: (host: string) => boolean,
): ApiResponse | undefined {
  const origin = request.headers.origin;
  if (origin === undefined || isOurs(origin.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''))) return undefined;
  const controls = request.url.startsWith('/_payintent/');
  if (!controls && !usesSecretKey(request)) return undefined;
  return refusal(
    403,
    `A page of another site (${origin}) may not ${controls ? "use the emulator's controls" : 'use a secret API key'}. Use a publishable key (pk_test_...) in browsers, or allow this host when you start the server.`,
  );
}

function usesSecretKey(request: {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}): boolean {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return !/^bearer\s+pk_test_/i.test(authorization);
  return /(?:^|[?&])key=(?!pk_test_)/.test(request.body) || /[?&]key=(?!pk_test_)/.test(request.url);
}
