import { callPath, findCall } from '../gateway/api-calls.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { isAuthenticate, isCall, type Step } from '../scenario/format.ts';
import { BadReference, follow, resolve } from '../scenario/references.ts';
import type { SnippetRequest } from '../scenario/snippets/snippet-request.ts';
import { ADVANCE_PATH, authenticateRequest } from '../scenario/stage.ts';
import type { Lesson } from './lesson.ts';

/** How ids begin that are not there yet, by the resource of the operation that makes them. */
const PREFIXES: Readonly<Record<string, string>> = {
  charges: 'ch',
  confirmation_tokens: 'ctoken',
  customers: 'cus',
  disputes: 'dp',
  events: 'evt',
  payment_intents: 'pi',
  payment_methods: 'pm',
  refunds: 're',
  setup_intents: 'seti',
  webhook_endpoints: 'we',
};

/**
 * What the steps would send, ready to be shown.
 *
 * @param objects what is known by name
 */
export function shownRequests(
  steps: readonly Step[],
  objects: ReadonlyMap<string, ApiRecord>,
  lesson: Lesson,
): SnippetRequest[] {
  const known = new Map(objects);
  return steps.map((step) => {
    const request = shownRequest(step, shownValues(known, lesson));
    // What goes by this name so far is of an earlier round; the steps that follow mean what this one makes.
    if (isCall(step) && step.as !== undefined) known.delete(step.as);
    return request;
  });
}

/** Replaces references in a value. Of what nobody has made yet the id is a placeholder such as `pi_…`. */
export function shownValues(objects: ReadonlyMap<string, ApiRecord>, lesson: Lesson): <T>(value: T) => T {
  return <T>(value: T) => {
    try {
      return resolve(value, (path) => {
        const [name = '', ...rest] = path.split('.');
        return follow(objects.get(name), rest) ?? placeholder(name, rest.join('.'), lesson);
      }) as T;
    } catch (error) {
      // Half of an amount that nobody knows yet.
      if (error instanceof BadReference && typeof value === 'string')
        return value.replace(/\$\{([^}]*)\}/g, '<$1>') as T;
      if (error instanceof BadReference) return value;
      throw error;
    }
  };
}

function shownRequest(step: Step, resolved: (value: unknown) => unknown): SnippetRequest {
  if (isCall(step)) {
    const call = findCall(step.call);
    if (call === undefined) throw new Error(`no operation ${step.call} in the API tables`);
    const ids = [step.on ?? []].flat().map((id) => String(resolved(id)));
    const params = Object.entries(step.params ?? {}).map(([name, value]) => [name, resolved(value)]);
    const key = step.idempotencyKey;
    return {
      call: call.id,
      method: call.method,
      path: readable(callPath(call, ids)),
      ids,
      params: Object.fromEntries(params),
      ...(key === undefined ? {} : { idempotencyKey: String(resolved(key)) }),
      ...(step.key === 'publishable' ? { publishable: true } : {}),
    };
  }
  const [path, params] = isAuthenticate(step)
    ? [readable(authenticateRequest(String(resolved(step.authenticate))).path), { outcome: step.outcome }]
    : [ADVANCE_PATH, { duration: step.advance }];
  return { call: undefined, method: 'POST', path, ids: [], params };
}

/** Placeholders stay as they are read. */
const readable = (path: string) => path.replaceAll(encodeURIComponent('…'), '…');

/** Fields that hold an id, or what begins with one. */
const HOLDING: Readonly<Record<string, string>> = {
  charge: 'ch_…',
  client_secret: 'pi_…_secret_…',
  customer: 'cus_…',
  latest_charge: 'ch_…',
  order: 'order_1',
  payment_intent: 'pi_…',
  payment_method: 'pm_…',
  return_url: '$SHOP/return',
};

function placeholder(name: string, field: string, lesson: Lesson): string {
  const steps = lesson.rounds.flatMap(({ given = [], task }) => [...given, ...task.steps]);
  const maker = steps.filter(isCall).find((step) => step.as === name);
  const prefix = PREFIXES[maker?.call.split('.').at(-2) ?? ''];
  if (field === 'id' && prefix !== undefined) return `${prefix}_…`;
  return HOLDING[field.split('.').at(-1) ?? ''] ?? `<${name}.${field}>`;
}
