import { aboutIntent } from './about-intent.ts';
import { answerHeaders, errorBody, successBody } from './answer.ts';
import { validateParams } from './api/validate.ts';
import { ApiError, invalidRequest, unsupported } from './api-error.ts';
import { readApiVersion } from './api-version.ts';
import { dropBrowserParams } from './browser-params.ts';
import { type Caller, identifyCaller, identifyVisitor, requirePublishable } from './caller.ts';
import { expandAnswer } from './expansion.ts';
import { type FirstAnswer, findFirstAnswer, fingerprintParams } from './idempotency.ts';
import type { Ids } from './ids.ts';
import type { ApiHash, Params } from './objects.ts';
import { EMULATOR_ENDPOINTS } from './operations/emulator.ts';
import { publicView } from './public-view.ts';
import { logRequest } from './request-log.ts';
import { parseFormParams } from './request-params.ts';
import { createRouter, type Router } from './router.ts';
import { API_ENDPOINTS, KNOWN_ENDPOINTS, OPERATIONS } from './routes.ts';
import type { Store } from './store/store.ts';
import type { ApiRequest, ApiResponse, Handle } from './wire.ts';
import { type Setup, World } from './world.ts';

export interface HandleParts {
  readonly store: Store;
  readonly ids: Ids;
  readonly setup: Setup;
  /** Unix seconds on the emulator's clock. */
  readonly now: () => number;
  /** Runs what has fallen due; called inside the request's transaction. */
  readonly runDueJobs: () => void;
  /** Told of failures that are the emulator's own fault, with the request that met them. */
  readonly onBug: (error: unknown, request: ApiRequest) => void;
}

/** Paths of the emulator's own, which Stripe does not have. */
const OWN_PREFIX = '/_payintent/';

/** What is known of a request while it is worked on: enough to answer it at any point. */
interface Progress {
  readonly method: string;
  readonly pathname: string;
  readonly query: string;
  readonly host: string | undefined;
  readonly requestId: string;
  version: string | undefined;
  caller: Caller | undefined;
  idempotencyKey: string | null;
  executed: boolean;
  replayOf?: string;
  /** Id of the event that shows what is answered. */
  answerEvent?: string;
}

const unrecognized = (method: string, pathname: string) =>
  invalidRequest(
    `Unrecognized request URL (${method}: ${pathname}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    {},
    { status: 404, whileReading: true, logged: false },
  );

/**
 * Builds the request handler: parse, authenticate, route, replay or validate, run inside one transaction, expand, print.
 * The returned promise resolves when what the request wrote is committed.
 */
export function createHandle(parts: HandleParts): Handle {
  const routes = createRouter([...API_ENDPOINTS, ...EMULATOR_ENDPOINTS]);
  const known = createRouter(KNOWN_ENDPOINTS);
  return async (request) => {
    const started = performance.now();
    const created = parts.now();
    const progress = begin(request, parts.ids.request(created));
    const answer = answerRequest(parts, routes, known, request, progress);
    const log = (given: ApiResponse, event: string | undefined) =>
      logRequest(parts.store, request, given, { created, ms: performance.now() - started, event });
    log(answer, progress.answerEvent);
    try {
      await parts.store.committed();
    } catch (error) {
      parts.onBug(error, request);
      const failed = failure(parts, request, `The emulator could not save its state: ${messageOf(error)}`);
      log(failed, undefined);
      return failed;
    }
    return answer;
  };
}

function begin(request: ApiRequest, requestId: string): Progress {
  const [pathname = '', query = ''] = splitUrl(request.url);
  return {
    method: request.method,
    pathname,
    query,
    host: request.headers['host'],
    requestId,
    version: undefined,
    caller: undefined,
    idempotencyKey: null,
    executed: false,
  };
}

function answerRequest(
  parts: HandleParts,
  routes: Router,
  known: Router,
  request: ApiRequest,
  progress: Progress,
): ApiResponse {
  const { pathname, query } = progress;
  try {
    const raw = parseFormParams(
      request.method === 'GET' || request.method === 'DELETE' ? joinQuery(query, request.body) : request.body,
    );
    progress.caller = pathname.startsWith(OWN_PREFIX)
      ? identifyVisitor(request.headers)
      : identifyCaller(request.headers, raw['key']);
    progress.version = readApiVersion(request.headers['stripe-version'], parts.setup.apiVersion);
    const key = request.headers['idempotency-key'];
    if (request.method !== 'GET' && key !== undefined && key !== '') progress.idempotencyKey = key;
    const match = routes(request.method, pathname);
    if (match === undefined) {
      throw known(request.method, pathname) === undefined
        ? unrecognized(request.method, pathname)
        : unsupported(`${request.method} ${pathname}`);
    }
    return runOperation(parts, match, raw, progress);
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(parts, progress, error);
    parts.onBug(error, request);
    return failure(
      parts,
      request,
      `The emulator failed on this request. This is a bug in payintent: ${messageOf(error)}`,
    );
  }
}

function runOperation(
  parts: HandleParts,
  match: { id: string; path: readonly string[] },
  raw: Params,
  progress: Progress,
): ApiResponse {
  const { store } = parts;
  const caller = progress.caller as Caller;
  const own = match.id.startsWith('emulator.');
  if (caller.kind === 'publishable' && !own) requirePublishable(match.id);
  dropBrowserParams(raw);
  if (progress.method === 'GET' && !mintsOnRead(match)) {
    const due = store.nextDue();
    if (due !== undefined && due <= parts.now()) store.transaction(parts.runDueJobs);
    return store.read(() => success(progress, perform(parts, match, raw, progress)));
  }
  const key = progress.method === 'POST' ? progress.idempotencyKey : null;
  const bodyHash = key === null ? '' : fingerprintParams(raw);
  let outcome: ApiResponse | undefined;
  try {
    return store.transaction(() => {
      parts.runDueJobs();
      if (key !== null) {
        const first = findFirstAnswer(store, {
          key,
          method: progress.method,
          path: progress.pathname,
          bodyHash,
          now: parts.now(),
        });
        if (first !== undefined) return replay(progress, first);
      }
      try {
        outcome = success(progress, perform(parts, match, raw, progress));
      } catch (error) {
        if (!(error instanceof ApiError) || !error.keepsState) throw error;
        outcome = errorAnswer(parts, progress, error);
      }
      if (key !== null) remember(parts, progress, key, bodyHash, outcome);
      return outcome;
    });
  } catch (error) {
    if (
      !(error instanceof ApiError) ||
      key === null ||
      error.whileReading ||
      error.error.type === 'idempotency_error'
    )
      throw error;
    // The operation's writes are rolled back, but its refusal is what this key answers from now on.
    const refusal = errorAnswer(parts, progress, error);
    store.transaction(() => remember(parts, progress, key, bodyHash, refusal));
    return refusal;
  }
}

/** Retrieving a test id such as `pm_card_visa` makes a new method each time (recorded): a read that writes. */
const mintsOnRead = (match: { id: string }) =>
  match.id === 'payment_methods.retrieve' || match.id === 'tokens.retrieve';

function perform(
  parts: HandleParts,
  match: { id: string; path: readonly string[] },
  raw: Params,
  progress: Progress,
): ApiHash {
  const caller = progress.caller as Caller;
  const operation = OPERATIONS[match.id];
  if (operation === undefined) throw unsupported(`${progress.method} ${progress.pathname}`);
  const clientSecret = raw['client_secret'];
  if (caller.kind === 'publishable') delete raw['client_secret'];
  const about = (error: unknown) => aboutIntent(parts.store, match, caller, clientSecret, error);
  const { expand, ...params } = match.id.startsWith('emulator.')
    ? raw
    : orElse(about, () => validateParams(match.id, raw));
  if (caller.kind === 'publishable' && clientSecret !== undefined) params['client_secret'] = clientSecret;
  const world = new World({
    store: parts.store,
    ids: parts.ids,
    now: parts.now(),
    cause: { requestId: progress.requestId, idempotencyKey: progress.idempotencyKey },
    setup: parts.setup,
  });
  progress.executed = true;
  const { pathname: url, host } = progress;
  const result = orElse(about, () => operation({ world, params, path: match.path, caller, url, host }));
  const answer = expand === undefined ? result : expandAnswer(world, result, expand as string[]);
  if (caller.kind === 'publishable') return publicView(answer);
  const event = world.snapshotOf(answer);
  if (event !== undefined) progress.answerEvent = event;
  return answer;
}

/** What `act` returns; what it throws instead goes through `translate` first. */
function orElse<T>(translate: (error: unknown) => unknown, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw translate(error);
  }
}

function remember(
  parts: HandleParts,
  progress: Progress,
  key: string,
  bodyHash: string,
  answer: ApiResponse,
): void {
  parts.store.putIdempotent({
    key,
    createdAt: parts.now(),
    method: progress.method,
    path: progress.pathname,
    bodyHash,
    status: answer.status,
    body: answer.body,
    requestId: progress.requestId,
  });
}

function headersOf(progress: Progress, executed: boolean): Record<string, string> {
  return answerHeaders({
    method: progress.method,
    requestId: progress.requestId,
    version: progress.version,
    idempotencyKey: progress.idempotencyKey,
    stripeAccount: progress.caller?.stripeAccount,
    executed,
    ...(progress.replayOf === undefined ? {} : { replayOf: progress.replayOf }),
  });
}

function success(progress: Progress, object: ApiHash): ApiResponse {
  return { status: 200, headers: headersOf(progress, true), body: successBody(object) };
}

function replay(progress: Progress, first: FirstAnswer): ApiResponse {
  progress.replayOf = first.requestId;
  return { status: first.status, headers: headersOf(progress, true), body: first.body };
}

function errorAnswer(parts: HandleParts, progress: Progress, problem: ApiError): ApiResponse {
  const logUrl = `${parts.setup.baseUrl()}/_payintent/logs/${progress.requestId}`;
  const shown = progress.caller?.kind === 'publishable' ? withPublicObjects(problem) : problem;
  return {
    status: problem.status,
    headers: headersOf(progress, progress.executed && !problem.whileReading),
    body: errorBody(shown, logUrl),
  };
}

function withPublicObjects(problem: ApiError): ApiError {
  const error = { ...problem.error };
  if (error.payment_intent !== undefined)
    error.payment_intent = publicView(error.payment_intent) as typeof error.payment_intent;
  if (error.setup_intent !== undefined)
    error.setup_intent = publicView(error.setup_intent) as typeof error.setup_intent;
  return new ApiError(error, problem);
}

function failure(parts: HandleParts, request: ApiRequest, message: string): ApiResponse {
  return {
    status: 500,
    headers: answerHeaders({
      method: request.method === 'POST' ? 'GET' : request.method,
      requestId: parts.ids.request(parts.now()),
      version: undefined,
      idempotencyKey: null,
      stripeAccount: undefined,
      executed: false,
    }),
    body: errorBody(new ApiError({ message, type: 'api_error' }, { status: 500 }), undefined),
  };
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

const joinQuery = (query: string, body: string) =>
  query === '' ? body : body === '' ? query : `${query}&${body}`;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
