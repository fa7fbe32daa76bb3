import { formatDuration } from '../domain/duration.ts';
import { callIds, findCall } from '../gateway/api-calls.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { RecordedNames } from './recorded-names.ts';

/** Something that happened and is to be a step. */
export interface Recorded {
  /** Unix seconds. */
  readonly created: number;
  /** Null where time, a bank or a customer did it. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly params: ApiRecord;
    readonly idempotencyKey: string | null;
    /** Of the HTTP answer. */
    readonly status: number;
    /** What was answered, as far as it was kept. */
    readonly answer: ApiRecord;
  } | null;
  /** Of the intent, afterwards. */
  readonly status: string | null;
  /** Types of events; undefined where they are not known. */
  readonly events: readonly string[] | undefined;
}

/** A scenario as a file holds it. */
export interface ScenarioFile {
  readonly name: string;
  readonly title: string;
  readonly teaches: string;
  readonly steps: readonly ApiRecord[];
}

/** Makes a scenario of what was done: ids become references to the steps that made the objects. */
export function recordScenario(name: string, happened: readonly Recorded[]): ScenarioFile {
  const names = new RecordedNames();
  const keys = happened.flatMap(({ request }) => request?.idempotencyKey ?? []);
  // A key that was sent once is one that the SDK made.
  const repeated = new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
  let clock = happened[0]?.created ?? 0;
  const steps = joined(happened).flatMap((one) => {
    const made =
      one.request === null
        ? [{ title: 'Time passes', advance: formatDuration(Math.max(1, one.created - clock)) }]
        : requestSteps(one.request, names, repeated);
    clock = one.created;
    return made.map((step, index) =>
      index < made.length - 1 ? step : { ...step, expect: expectationOf(one) },
    );
  });
  return { name, title: 'A recorded story', teaches: 'What was done, step by step.', steps };
}

/** What a bank does in the very second of a request came with it: nobody waited. */
function joined(happened: readonly Recorded[]): Recorded[] {
  const all: Recorded[] = [];
  for (const one of happened) {
    const before = all.at(-1);
    if (one.request !== null || before === undefined || one.created > before.created) all.push(one);
    else {
      const events = [...(before.events ?? []), ...(one.events ?? [])];
      all[all.length - 1] = { ...before, status: one.status, events };
    }
  }
  return all;
}

/** The step that sends a request, after one that looks up what it is about where nobody has named that. */
function requestSteps(
  { method, path, params, idempotencyKey, status, answer }: NonNullable<Recorded['request']>,
  names: RecordedNames,
  repeated: ReadonlySet<string>,
): ApiRecord[] {
  const played = /_intents\/([^/]+)\/authenticate$/.exec(path);
  if (played !== null) {
    const outcome = params['outcome'] === 'fail' ? 'fail' : 'succeed';
    const authenticate = names.referred(played[1] ?? '');
    names.note(answer);
    return [
      {
        title: outcome === 'fail' ? 'The customer fails' : 'The customer passes',
        authenticate,
        outcome,
      },
    ];
  }
  const found = locate(method, path);
  const lookUp = disputeStep(found?.ids[0] ?? '', answer, names);
  const on = found?.ids.map((id) => names.referred(id)) ?? [];
  const call = found?.call ?? `${method} ${path}`;
  // Whoever has the secret key needs none of one intent, and it is masked where it was logged.
  const { client_secret: _, ...sent } = params;
  const written = names.written(sent) as ApiRecord;
  const embedded = answer['error'] as ApiRecord | undefined;
  const made = status < 400 ? answer : (embedded?.['payment_intent'] ?? embedded?.['setup_intent']);
  const as = names.note(made);
  return [
    ...lookUp,
    {
      title: titleOf(call),
      call,
      ...(on.length === 0 ? {} : { on: on.length === 1 ? on[0] : on }),
      ...(Object.keys(written).length === 0 ? {} : { params: written }),
      ...(as === undefined ? {} : { as }),
      ...(idempotencyKey !== null && repeated.has(idempotencyKey) ? { idempotency_key: idempotencyKey } : {}),
    },
  ];
}

/** Nobody makes a dispute, so that it has to be found before something is done with it. */
function disputeStep(id: string, answer: ApiRecord, names: RecordedNames): ApiRecord[] {
  if (answer['object'] !== 'dispute' || answer['id'] !== id || names.knows(id)) return [];
  const params = names.written({ payment_intent: answer['payment_intent'] }) as ApiRecord;
  const as = names.note({ object: 'list', id: 'disputes', data: [{ object: 'dispute', id }] });
  return [{ title: 'Look the dispute up', call: 'disputes.list', params, as }];
}

/** `payment_intents.confirm` as `Confirm the payment intent`. */
function titleOf(call: string): string {
  const [resource = '', verb = ''] = call.split('.').slice(-2);
  const thing = resource.replaceAll('_', ' ').replace(/s$/, '');
  if (verb === 'create') return `Create the ${thing}`;
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1).replaceAll('_', ' ')}${verb.includes('_') ? ':' : ' the'} ${thing}`;
}

function locate(method: string, path: string): { call: string; ids: string[] } | undefined {
  for (const call of callIds()) {
    const row = findCall(call);
    if (row?.method !== method) continue;
    const found = new RegExp(`^${row.path.replace(/\{[^}]*\}/g, '([^/]+)')}$`).exec(path);
    if (found !== null) return { call, ids: found.slice(1) };
  }
  return undefined;
}

function expectationOf({ request, status, events }: Recorded): ApiRecord {
  const error =
    request !== null && request.status >= 400 ? (request.answer['error'] as ApiRecord) : undefined;
  return {
    ...(status === null ? {} : { status }),
    ...(error === undefined || request === null
      ? {}
      : {
          error: {
            status: request.status,
            ...(typeof error['code'] === 'string' ? { code: error['code'] } : {}),
            ...(typeof error['decline_code'] === 'string' ? { decline_code: error['decline_code'] } : {}),
          },
        }),
    ...(events === undefined ? {} : { events: [...events] }),
  };
}
