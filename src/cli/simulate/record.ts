import type { ApiRecord } from '../../gateway/gateway.ts';
import { pathTo } from '../../gateway/gateway.ts';
import { type RequestLog, readLoggedRequest, readRequestLog } from '../../gateway/request-log.ts';
import { withArrays } from '../../scenario/form-arrays.ts';
import { type Recorded, recordScenario } from '../../scenario/record.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import type { Result } from '../spec.ts';
import { type Moment, readTimeline } from '../timeline/read.ts';
import { itemsOf } from '../views/intent-list-view.ts';

const LOGGED = 10_000;

/** What was done with an intent, the newest one unless named, as a scenario file on stdout. */
export async function recordResult(context: Context, id: string | undefined): Promise<Result> {
  const gateway = await context.gateway();
  if (gateway.target === 'test' || context.statePath === ':memory:') {
    throw new CliError('FLAGS_CONFLICT', 'Only what was done offline, in a state file, can be recorded', {
      why: 'Requests are read from the log of the emulator.',
      fix: ['payintent simulate --record --offline'],
    });
  }
  const intent = id ?? (await newest(context));
  const moments = await readTimeline(context, intent);
  const file = recordScenario('recorded', await new Recorder(context).record(moments));
  const { writeScenarioFile } = await import('../../scenario/file-format.ts');
  const { json } = context.globals;
  return { raw: [json ? `${JSON.stringify(file, undefined, 2)}\n` : writeScenarioFile(file)] };
}

async function newest(context: Context): Promise<string> {
  const gateway = await context.gateway();
  const { object } = await gateway.request('GET', pathTo('payment_intents'), { limit: 1 });
  const [intent] = itemsOf(object);
  if (intent !== undefined) return String(intent['id']);
  throw new CliError('OBJECT_NOT_FOUND', 'There is no intent to record yet', {
    fix: ['payintent create --amount 2000 --currency usd', 'payintent simulate --list'],
  });
}

/** An id that the emulator made, wherever it stands. */
const IDS = /\b[a-z]+_0\w{8,}/g;

class Recorder {
  readonly #context: Context;
  readonly #access;
  /** Requests that change something, oldest first. */
  readonly #log: readonly RequestLog[];

  constructor(context: Context) {
    this.#context = context;
    this.#access = { statePath: context.statePath, now: () => context.host.now() };
    this.#log = readRequestLog(this.#access, {}, LOGGED)
      .filter(({ method }) => method !== 'GET')
      .reverse();
  }

  /** What happened to an intent, with what was done before and in between to what it refers to. */
  async record(moments: readonly Moment[]): Promise<Recorded[]> {
    const recorded: Recorded[] = [];
    const others = this.#relatedTo(moments);
    for (const moment of moments) {
      const at = this.#log.findIndex(({ id }) => id === moment.request?.id);
      while (others[0] !== undefined && isBefore(others[0], at, moment))
        recorded.push(await this.#other(others.shift() as Numbered));
      recorded.push({
        created: moment.created,
        status: moment.status,
        events: moment.events.map(({ type }) => type),
        request: moment.request === null ? null : this.#requestOf(moment.request),
      });
    }
    return recorded;
  }

  /** Requests that are not about the intent itself, and made or changed something that its own refer to. */
  #relatedTo(moments: readonly Moment[]): Numbered[] {
    const own = new Set(moments.map(({ request }) => request?.id));
    const wanted = new Set(
      moments.flatMap(({ request }) => JSON.stringify([request?.path, request?.params]).match(IDS) ?? []),
    );
    const found: Numbered[] = [];
    for (const [at, entry] of [...this.#log.entries()].toReversed()) {
      if (own.has(entry.id) || entry.path.startsWith('/v1/payment_intents') || entry.status >= 400) continue;
      const answer = this.#answerTo(entry.id);
      const makes =
        wanted.has(String(answer['id'])) ||
        (entry.path.startsWith('/v1/setup_intents') && wanted.has(String(answer['payment_method'])));
      if (!makes && !entry.path.split('/').some((part) => wanted.has(part))) continue;
      for (const id of JSON.stringify([entry.path, entry.params]).match(IDS) ?? []) wanted.add(id);
      found.unshift({ at, entry });
    }
    return found;
  }

  async #other({ entry }: Numbered): Promise<Recorded> {
    return {
      created: entry.created,
      status: null,
      events: await this.#eventsOf(entry),
      request: this.#requestOf(entry),
    };
  }

  #requestOf(request: Pick<RequestLog, 'id' | 'method' | 'path' | 'status'> & { readonly params: unknown }) {
    const { id, method, path, status, params } = request;
    return {
      method,
      path,
      status,
      params: withArrays(params) as ApiRecord,
      idempotencyKey: this.#log.find((entry) => entry.id === id)?.idempotency_key ?? null,
      answer: this.#answerTo(id),
    };
  }

  #answerTo(request: string): ApiRecord {
    const response = readLoggedRequest(this.#access, request)?.response;
    return (typeof response === 'object' && response !== null ? response : {}) as ApiRecord;
  }

  /** Types of the events that a request sent. */
  async #eventsOf({ id, created }: RequestLog): Promise<string[]> {
    const gateway = await this.#context.gateway();
    const second = { gte: created, lte: created + 1 };
    const { object } = await gateway.request('GET', '/v1/events', { limit: 100, created: second });
    return itemsOf(object)
      .filter((event) => (event['request'] as ApiRecord | null)?.['id'] === id)
      .map((event) => String(event['type']))
      .reverse();
  }
}

/** A request with its place in the log. */
interface Numbered {
  readonly at: number;
  readonly entry: RequestLog;
}

/** @param at place of the moment's request in the log; negative where it has none */
function isBefore({ at: other, entry }: Numbered, at: number, moment: Moment): boolean {
  return at < 0 ? entry.created < moment.created : other < at;
}
