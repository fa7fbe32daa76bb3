import { ApiError } from './api-error.ts';
import type { ApiHash } from './objects.ts';
import type { LoggedRequest } from './request-log.ts';
import { parseFormParams } from './request-params.ts';

/** A logged request as JSON: what `GET /_payintent/logs/{id}` answers and `payintent logs` prints. */
export interface RequestLogObject extends ApiHash {
  id: string;
  object: 'request_log';
  /** Connected account of the `Stripe-Account` header. */
  account: string | null;
  api_version: string | null;
  /** Whether the request named its API version; null in requests of older versions of this program, as below. */
  api_version_named: boolean | null;
  /** Unix seconds on the emulator's clock. */
  created: number;
  /** Milliseconds. */
  duration: number;
  error: { code: string | null; message: string; type: string } | null;
  idempotency_key: string | null;
  /** Kind of the API key that was sent. */
  key_type: 'publishable' | 'restricted' | 'secret' | null;
  method: string;
  /** Origin of the page that asked, where a browser did. */
  origin: string | null;
  /** The first request with this idempotency key, whose answer was given again. */
  original_request: string | null;
  params: ApiHash;
  path: string;
  /** The answer's body; the beginning of it, as text, where it was too long to be kept. Only where one request is shown. */
  response?: unknown;
  /** How long the answer's body was, in characters. */
  response_size: number;
  status: number;
  user_agent: string | null;
}

/** @param answer body of the answer; left out where many requests are listed */
export function requestLogObject(entry: LoggedRequest, answer?: string): RequestLogObject {
  const [path = '', query = ''] = splitOnce(entry.url, '?');
  const inQuery = entry.method === 'GET' || entry.method === 'DELETE';
  const form = inQuery ? [query, entry.body].filter((part) => part !== '').join('&') : entry.body;
  return {
    id: entry.id,
    object: 'request_log',
    account: entry.account,
    api_version: entry.apiVersion,
    api_version_named: entry.client?.namesVersion ?? null,
    created: entry.created,
    duration: entry.ms,
    error: entry.status < 400 ? null : errorOf(entry.answer),
    idempotency_key: entry.idempotencyKey,
    key_type: entry.client?.key ?? null,
    method: entry.method,
    origin: entry.client?.origin ?? null,
    original_request: entry.replayOf,
    params: paramsOf(form),
    path,
    ...(answer === undefined ? {} : { response: parsed(answer) ?? answer }),
    response_size: entry.answerLength,
    status: entry.status,
    user_agent: entry.client?.userAgent ?? null,
  };
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Parameters as they were understood; what could not be understood stands under an empty name. */
function paramsOf(form: string): ApiHash {
  try {
    return { ...parseFormParams(form) };
  } catch (error) {
    if (error instanceof ApiError) return { '': form };
    throw error;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function errorOf(answer: string): RequestLogObject['error'] {
  const error = (parsed(answer) as { error?: Record<string, unknown> } | undefined)?.error;
  if (error !== undefined)
    return {
      code: typeof error['code'] === 'string' ? error['code'] : null,
      message: String(error['message']),
      type: String(error['type']),
    };
  // Cut off before its end: the message stands near the beginning.
  const field = (name: string) => {
    const found = new RegExp(`"${name}": ("(?:[^"\\\\]|\\\\.)*")`).exec(answer)?.[1];
    return found === undefined ? undefined : (JSON.parse(found) as string);
  };
  const message = field('message');
  if (message === undefined) return null;
  return { code: field('code') ?? null, message, type: field('type') ?? '' };
}
