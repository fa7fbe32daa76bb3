import { maskForm, maskSecrets } from '../domain/secrets.ts';
import { successBody } from './answer.ts';
import { type KeyKind, keyKindOf } from './caller.ts';
import type { ApiHash } from './objects.ts';
import type { Store } from './store/store.ts';
import type { ApiRequest, ApiResponse } from './wire.ts';

/**
 * The log of requests. Each entry is one line of JSON, which tells the lengths of the two texts that follow it as they
 * are: turning an answer into JSON once more would cost as much as storing it.
 */

/** Characters kept of an answer's body; what is longer is cut. */
const KEPT_ANSWER = 16_384;
/** Characters kept of a request's body. */
const KEPT_BODY = 16_384;
/** Characters kept of a `User-Agent`. */
const KEPT_AGENT = 160;
/** Characters kept of an `Origin`: host names are no longer than that. */
const KEPT_ORIGIN = 300;

/** A request the emulator answered. Secrets are masked, also where the emulator itself still holds them. */
export interface LoggedRequest {
  /** Counts all requests of a state: the cursor of `requestsAfter`. */
  readonly number: number;
  readonly id: string;
  /** Unix seconds on the emulator's clock. */
  readonly created: number;
  /** Milliseconds from the request to its answer. */
  readonly ms: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number;
  /** The form that was sent. */
  readonly body: string;
  /** JSON, or its first `KEPT_ANSWER` characters; not here where `answerEvent` shows it (see `answerOf`). */
  readonly answer: string;
  /** Id of the event whose object was the answer. */
  readonly answerEvent: string | null;
  /** How long the answer's body was, in characters. */
  readonly answerLength: number;
  readonly apiVersion: string | null;
  readonly idempotencyKey: string | null;
  /** Connected account of the `Stripe-Account` header. */
  readonly account: string | null;
  /** Id of the first request with this idempotency key, when its answer was given again. */
  readonly replayOf: string | null;
  /** Who asked; null in what was logged before this was kept. */
  readonly client: LoggedClient | null;
}

/** What a request says of the program that sent it. */
export interface LoggedClient {
  /** Kind of the API key, as far as one was sent. */
  readonly key: KeyKind | null;
  /** Whether a `Stripe-Version` header was sent. */
  readonly namesVersion: boolean;
  /** The first `KEPT_AGENT` characters of the header. */
  readonly userAgent: string | null;
  /** Browsers send it. */
  readonly origin: string | null;
}

/** Lengths count characters. */
type Head = [
  ...[id: string, created: number, ms: number, method: string, url: string, status: number],
  ...[body: number, kept: number, answer: number],
  ...[event: string | 0, version: string | 0, key: string | 0, account: string | 0, replayOf: string | 0],
  ...[keyKind?: KeyKind | 0, namesVersion?: 0 | 1, agent?: string | 0, origin?: string | 0],
];

/** Requests of the emulator's own that only look are not worth a line. */
const isLogged = (request: ApiRequest) => request.method !== 'GET' || !request.url.startsWith('/_payintent/');

interface LogFacts {
  /** Unix seconds on the emulator's clock. */
  readonly created: number;
  /** How long the answer took, in milliseconds. */
  readonly ms: number;
  /** Id of an event of this state that shows exactly what was answered, so that it need not be stored twice. */
  readonly event: string | undefined;
}

/** Notes a request and its answer in the log of a state, in the transaction of the request where it has one. */
export function logRequest(
  store: Pick<Store, 'noteRequest'>,
  request: ApiRequest,
  answer: ApiResponse,
  facts: LogFacts,
): void {
  if (isLogged(request)) store.noteRequest(entryText(request, answer, facts));
}

/** A request as the log will show it, its number aside, with the whole answer; undefined for those that are not logged. */
export function loggedRequest(
  request: ApiRequest,
  answer: ApiResponse,
  facts: Omit<LogFacts, 'event'>,
): LoggedRequest | undefined {
  if (!isLogged(request)) return undefined;
  const [entry] = entriesOf(entryText(request, answer, { ...facts, event: undefined }), 0);
  return entry;
}

function entryText(request: ApiRequest, answer: ApiResponse, { created, ms, event }: LogFacts): string {
  const { headers } = answer;
  const { 'user-agent': agent, origin } = request.headers;
  const body = storable(beginning(request.body, KEPT_BODY));
  const kept = event === undefined ? beginning(answer.body, KEPT_ANSWER) : '';
  const head: Head = [
    headers['request-id'] ?? '',
    created,
    Math.round(ms * 10) / 10,
    request.method,
    storable(request.url),
    answer.status,
    body.length,
    kept.length,
    answer.body.length,
    event ?? 0,
    headers['stripe-version'] ?? 0,
    headers['idempotency-key'] ?? 0,
    headers['stripe-account'] ?? 0,
    headers['idempotent-replayed'] === undefined ? 0 : (headers['original-request'] ?? 0),
    keyKindOf(request.headers['authorization'], body) ?? 0,
    request.headers['stripe-version'] === undefined ? 0 : 1,
    agent === undefined ? 0 : storable(beginning(agent, KEPT_AGENT)),
    origin === undefined ? 0 : storable(beginning(origin, KEPT_ORIGIN)),
  ];
  return `${JSON.stringify(head)}\n${body}${kept}\n`;
}

const beginning = (text: string, length: number) => (text.length > length ? text.slice(0, length) : text);

/** Keys and numbers of cards never reach the disk. SQLite would end a text at a NUL. */
function storable(form: string): string {
  const masked = maskForm(form);
  return masked.includes('\0') ? masked.replaceAll('\0', '%00') : masked;
}

function* entriesOf(text: string, firstNumber: number): Generator<LoggedRequest> {
  let at = 0;
  for (let number = firstNumber; at < text.length; number += 1) {
    const end = text.indexOf('\n', at);
    const head = JSON.parse(text.slice(at, end)) as Head;
    const [id, created, ms, method, url, status, bodyLength, keptLength, answerLength, ...rest] = head;
    const [event, version, key, account, replayOf, keyKind, namesVersion, agent, origin] = rest;
    const answerAt = end + 1 + bodyLength;
    yield {
      number,
      id,
      created,
      ms,
      method,
      url: maskSecrets(url),
      status,
      body: maskSecrets(text.slice(end + 1, answerAt)),
      answer: maskSecrets(text.slice(answerAt, answerAt + keptLength)),
      answerEvent: event || null,
      answerLength,
      apiVersion: version || null,
      idempotencyKey: key || null,
      account: account || null,
      replayOf: replayOf || null,
      client:
        namesVersion === undefined
          ? null
          : {
              key: keyKind || null,
              namesVersion: namesVersion === 1,
              userAgent: agent ? maskSecrets(agent) : null,
              origin: origin || null,
            },
    };
    at = answerAt + keptLength + 1;
  }
}

/** Rows read at a time. */
const CHUNK = 100;

/** The log, newest first, read as far as it is asked for. */
export function* newestRequests(store: Pick<Store, 'requestsBelow'>): Generator<LoggedRequest> {
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = store.requestsBelow(below, CHUNK);
    for (const { number, count, text } of rows) yield* [...entriesOf(text, number - count + 1)].reverse();
    const last = rows[CHUNK - 1];
    if (last === undefined) return;
    below = last.number - last.count + 1;
  }
}

/** What was logged since a request number, oldest first; a part of it when it is much. */
export function requestsAfter(store: Pick<Store, 'requestsAbove'>, number: number): LoggedRequest[] {
  return store
    .requestsAbove(number, CHUNK)
    .flatMap((row) => [...entriesOf(row.text, row.number - row.count + 1)])
    .filter((entry) => entry.number > number);
}

/** One request by its id, `req_...`, also when it is too young to be written. */
export function findRequest(
  store: Pick<Store, 'requestsWith' | 'unwrittenRequests'>,
  id: string,
): LoggedRequest | undefined {
  for (const text of [store.unwrittenRequests(), ...store.requestsWith(`["${id}"`)])
    for (const entry of entriesOf(text, 0)) if (entry.id === id) return entry;
  return undefined;
}

/** The body of a logged answer: JSON, or the beginning of one that was too long to keep. Secrets are masked. */
export function answerOf(store: Pick<Store, 'get'>, entry: LoggedRequest): string {
  if (entry.answerEvent === null) return entry.answer;
  const data = store.get('events', entry.answerEvent)?.['data'] as { object: ApiHash } | undefined;
  return data === undefined ? '' : maskSecrets(successBody(data.object));
}
