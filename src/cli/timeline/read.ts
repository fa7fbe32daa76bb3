import { type LoggedDelivery, readDeliveries } from '../../gateway/delivery-log.ts';
import { type ApiRecord, type Gateway, pathTo } from '../../gateway/gateway.ts';
import { type RequestLog, readLoggedRequest, readRequestLog } from '../../gateway/request-log.ts';
import { withArrays } from '../../scenario/form-arrays.ts';
import type { Context } from '../context.ts';
import { listenDirectory } from '../directories.ts';
import { valueAt } from '../view.ts';

/** One thing that happened to an intent: a request, or what time, a bank or a customer did. */
export interface Moment {
  /** Unix seconds. */
  readonly created: number;
  readonly title: string;
  readonly request: {
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly params: unknown;
    /** Of the HTTP answer. */
    readonly status: number;
    readonly error: string | null;
  } | null;
  /** Of the intent, afterwards. */
  readonly status: string | null;
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly deliveries: readonly Omit<LoggedDelivery, 'event'>[];
  }[];
}

const PAGE = 100;
/** Pages of events that are looked through, newest first. */
const MOST_PAGES = 30;
const LOGGED = 10_000;

/** Everything that is known to have happened to an intent, oldest first. @throws GatewayError */
export async function readTimeline(context: Context, id: string): Promise<Moment[]> {
  const gateway = await context.gateway();
  const { object: intent } = await gateway.request('GET', pathTo('payment_intents', id));
  const events = await eventsOf(gateway, intent);
  const offline = gateway.target === 'offline' && context.statePath !== ':memory:';
  const access = { statePath: context.statePath, now: () => context.host.now() };
  const deliveries = offline
    ? readDeliveries(
        access,
        listenDirectory(context.directories),
        new Set(events.map((event) => String(event['id']))),
      )
    : [];
  const causes = new Set(events.flatMap((event) => requestOf(event) ?? []));
  const requests = offline
    ? readRequestLog(access, {}, LOGGED)
        .filter(
          ({ id: request, method, path }) => method !== 'GET' && (causes.has(request) || path.includes(id)),
        )
        .reverse()
    : [];
  const groups = new Map<string, { request: RequestLog | undefined; events: ApiRecord[] }>();
  for (const request of requests) groups.set(request.id, { request, events: [] });
  for (const event of events) {
    const key = requestOf(event) ?? `at ${String(event['created'])}`;
    const group = groups.get(key) ?? { request: undefined, events: [] };
    group.events.push(event);
    groups.set(key, group);
  }
  const whole = (request: RequestLog) => readLoggedRequest(access, request.id);
  let status: string | null = null;
  return [...groups.values()].sort(byTime).map(({ request, events: sent }) => {
    status = statusAfter(id, request === undefined ? undefined : whole(request), sent) ?? status;
    return {
      created: createdOf({ request, events: sent }),
      title: titleOf(request, sent),
      request:
        request === undefined
          ? null
          : {
              id: request.id,
              method: request.method,
              path: request.path,
              params: withArrays(request.params),
              status: request.status,
              error: request.error?.message ?? null,
            },
      status,
      events: sent.map((event) => ({
        id: String(event['id']),
        type: String(event['type']),
        deliveries: deliveries
          .filter(({ event: of }) => of === event['id'])
          .map(({ event: _event, ...delivery }) => delivery),
      })),
    };
  });
}

interface Group {
  readonly request: RequestLog | undefined;
  readonly events: readonly ApiRecord[];
}

const createdOf = ({ request, events }: Group): number =>
  request?.created ?? Number(events[0]?.['created'] ?? 0);

const byTime = (left: Group, right: Group): number => createdOf(left) - createdOf(right);

/** The events about an intent, about what belongs to it, and all others that its requests sent; oldest first. */
async function eventsOf(gateway: Gateway, intent: ApiRecord): Promise<ApiRecord[]> {
  const found: ApiRecord[] = [];
  let after: ApiRecord = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { object } = await gateway.request('GET', '/v1/events', { limit: PAGE, ...after });
    const data = Array.isArray(object['data']) ? (object['data'] as ApiRecord[]) : [];
    found.push(...data);
    const last = data.at(-1);
    // Nothing happened to it before it was made.
    if (object['has_more'] !== true || last === undefined) break;
    if (Number(last['created']) < Number(intent['created'])) break;
    after = { starting_after: last['id'] };
  }
  const about = (event: ApiRecord) => isAbout(event, String(intent['id']));
  const causes = new Set(found.filter(about).flatMap((event) => requestOf(event) ?? []));
  const mandates = mandatesIn(found, found.filter(about));
  return found
    .filter((event) => about(event) || causes.has(requestOf(event) ?? '') || mandates.has(event))
    .reverse();
}

/** A bank that ends a mandate with a debit says so in the same second, without naming the intent. */
function mandatesIn(all: readonly ApiRecord[], own: readonly ApiRecord[]): ReadonlySet<ApiRecord> {
  const key = (event: ApiRecord, field: string) => `${event['created']} ${valueAt(event, field)}`;
  const debited = new Set(
    own
      .filter((event) => requestOf(event) === undefined)
      .map((event) => key(event, 'data.object.payment_method')),
  );
  return new Set(
    all.filter(
      (event) =>
        valueAt(event, 'data.object.object') === 'mandate' &&
        requestOf(event) === undefined &&
        debited.has(key(event, 'data.object.payment_method')),
    ),
  );
}

function isAbout(event: ApiRecord, id: string): boolean {
  const object = valueAt(event, 'data.object');
  const link = valueAt(object, 'payment_intent');
  return valueAt(object, 'id') === id || link === id || valueAt(link, 'id') === id;
}

function requestOf(event: ApiRecord): string | undefined {
  const id = valueAt(event, 'request.id');
  return typeof id === 'string' ? id : undefined;
}

/** The status that a group leaves the intent in, as far as its answer or its events tell. */
function statusAfter(
  id: string,
  request: RequestLog | undefined,
  events: readonly ApiRecord[],
): string | undefined {
  const seen = [
    ...events.map((event) => valueAt(event, 'data.object')),
    request?.response,
    valueAt(request?.response, 'error.payment_intent'),
  ].filter((object) => valueAt(object, 'id') === id);
  const status = valueAt(seen.at(-1), 'status');
  return typeof status === 'string' ? status : undefined;
}

function titleOf(request: RequestLog | undefined, events: readonly ApiRecord[]): string {
  if (request !== undefined) return `${request.method} ${request.path}`;
  const types = events.map((event) => String(event['type']));
  return types.some((type) => type.startsWith('charge.dispute'))
    ? "The cardholder's bank acts"
    : 'Time passes';
}
