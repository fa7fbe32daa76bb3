import { formatDuration } from '../domain/duration.ts';
import { callIds, findCall } from '../gateway/api-calls.ts';
import type { ApiRecord } from '../gateway/gateway.ts';

/** Something that happened and is to be a step. */
export interface Recorded {
  /** Unix seconds. */
  readonly created: number;
  /** Null where time, a bank or a customer did it. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly params: ApiRecord;
    /** Of the HTTP answer. */
    readonly status: number;
    /** What was answered, as far as it was kept. */
    readonly answer: ApiRecord;
  } | null;
  /** Of the intent, afterwards. */
  readonly status: string | null;
  /** Types of events. */
  readonly events: readonly string[];
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
  const names = new Map<string, string>();
  let clock = happened[0]?.created ?? 0;
  const steps = happened.map((one) => {
    const step =
      one.request === null
        ? { title: 'Time passes', advance: formatDuration(Math.max(1, one.created - clock)) }
        : requestStep(one.request, names);
    clock = one.created;
    return { ...step, expect: expectationOf(one) };
  });
  return { name, title: 'A recorded story', teaches: 'What was done, step by step.', steps };
}

function requestStep(
  { method, path, params, status, answer }: NonNullable<Recorded['request']>,
  names: Map<string, string>,
): ApiRecord {
  const played = /_intents\/([^/]+)\/authenticate$/.exec(path);
  if (played !== null) {
    const outcome = params['outcome'] === 'fail' ? 'fail' : 'succeed';
    return {
      title: outcome === 'fail' ? 'The customer fails' : 'The customer passes',
      authenticate: referred(played[1] ?? '', names),
      outcome,
    };
  }
  const found = locate(method, path);
  const on = found?.ids.map((id) => referred(id, names)) ?? [];
  const call = found?.call ?? `${method} ${path}`;
  const written = withReferences(params, names) as ApiRecord;
  const made = status < 400 ? answer : (answer['error'] as ApiRecord | undefined)?.['payment_intent'];
  const as = call.endsWith('.create') ? newName(made, names) : undefined;
  return {
    title: titleOf(call),
    call,
    ...(on.length === 0 ? {} : { on: on.length === 1 ? on[0] : on }),
    ...(Object.keys(written).length === 0 ? {} : { params: written }),
    ...(as === undefined ? {} : { as }),
  };
}

/** `payment_intents.confirm` as `Confirm`, `customers.create` as `Create the customer`. */
function titleOf(call: string): string {
  const [resource = '', verb = ''] = call.split('.').slice(-2);
  const words = verb.replaceAll('_', ' ');
  const thing = resource.replaceAll('_', ' ').replace(/s$/, '');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} the ${thing}`;
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

const SHORT: Readonly<Record<string, string>> = { payment_intent: 'intent', payment_method: 'method' };

/** A name for an object that was made. */
function newName(made: unknown, names: Map<string, string>): string | undefined {
  if (typeof made !== 'object' || made === null) return undefined;
  const id: unknown = Reflect.get(made, 'id');
  const kind = String(Reflect.get(made, 'object'));
  if (typeof id !== 'string') return undefined;
  const base = SHORT[kind] ?? kind;
  const taken = [...names.values()].filter((name) => name.replace(/\d+$/, '') === base).length;
  const name = taken === 0 ? base : `${base}${taken + 1}`;
  names.set(id, name);
  return name;
}

function referred(id: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(id);
  return name === undefined ? id : `\${${name}.id}`;
}

/** Parameters as a person would write them: numbers and flags in place of a form's texts. */
function withReferences(value: unknown, names: ReadonlyMap<string, string>, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, names, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, withReferences(inner, names, name)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  if (/amount/.test(key) && /^\d{1,12}$/.test(value)) return Number(value);
  return referred(value, names);
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
    events: [...events],
  };
}
