import { type ApiRecord, pathTo } from '../../gateway/gateway.ts';
import { readLoggedRequest, readRequestLog } from '../../gateway/request-log.ts';
import { withArrays } from '../../scenario/form-arrays.ts';
import { type Recorded, recordScenario } from '../../scenario/record.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import type { Result } from '../spec.ts';
import { readTimeline } from '../timeline/read.ts';
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
  const access = { statePath: context.statePath, now: () => context.host.now() };
  const answerTo = (request: string) => {
    const response = readLoggedRequest(access, request)?.response;
    return (typeof response === 'object' && response !== null ? response : {}) as ApiRecord;
  };
  const happened: Recorded[] = moments.map(({ created, request, status, events }) => ({
    created,
    status,
    events: events.map(({ type }) => type),
    request:
      request === null
        ? null
        : { ...request, params: request.params as ApiRecord, answer: answerTo(request.id) },
  }));
  const file = recordScenario('recorded', [...(await makersOf(happened, context)), ...happened]);
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

/** The requests that made what the recorded ones refer to: a customer, a payment method. */
async function makersOf(happened: readonly Recorded[], context: Context): Promise<Recorded[]> {
  const access = { statePath: context.statePath, now: () => context.host.now() };
  const wanted = new Set(
    happened.flatMap(
      ({ request }) => JSON.stringify([request?.path, request?.params]).match(/\b(cus|pm)_0\w+/g) ?? [],
    ),
  );
  const [gateway, found] = [await context.gateway(), [] as Recorded[]];
  for (const entry of wanted.size === 0 ? [] : readRequestLog(access, { method: 'POST' }, LOGGED)) {
    if (!/^\/v1\/(customers|payment_methods)$/.test(entry.path)) continue;
    const answer = readLoggedRequest(access, entry.id)?.response as ApiRecord | undefined;
    if (typeof answer !== 'object' || !wanted.has(String(answer['id']))) continue;
    const { object } = await gateway.request('GET', '/v1/events', { limit: 100 });
    const events = itemsOf(object).filter(
      (event) => (event['request'] as ApiRecord | null)?.['id'] === entry.id,
    );
    found.unshift({
      created: entry.created,
      status: null,
      events: events.map((event) => String(event['type'])).reverse(),
      request: {
        method: entry.method,
        path: entry.path,
        params: withArrays(entry.params) as ApiRecord,
        status: entry.status,
        answer,
      },
    });
  }
  return found;
}
