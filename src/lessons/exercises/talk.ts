import type { ApiRecord } from '../../gateway/gateway.ts';
import { type Courier, signBody } from '../../gateway/webhook-tools.ts';
import { follow } from '../../scenario/references.ts';
import type { Answered, Delivery } from './visit.ts';

/** How long a program may take to answer. */
export const ANSWER_MS = 6000;

/** Sends what a browser would send. Never rejects. */
export async function request(
  base: string,
  method: 'GET' | 'POST',
  path: string,
  form: Readonly<Record<string, string>> = {},
  json?: ApiRecord,
): Promise<Answered> {
  const started = performance.now();
  const asked = { method, path, form, event: undefined };
  try {
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(method === 'GET' ? {} : json === undefined ? { body: new URLSearchParams(form) } : asJson(json)),
    });
    const answer = readAnswer(await response.text());
    return { ...asked, status: response.status, answer, ms: performance.now() - started };
  } catch (error) {
    return { ...asked, status: 0, answer: reasonOf(error), ms: performance.now() - started };
  }
}

const asJson = (json: ApiRecord) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(json),
});

/** Delivers an event as Stripe does. Never rejects. */
export async function deliver(
  courier: Courier,
  url: string,
  event: ApiRecord,
  secret: string,
  now: number,
  { signature = 'good', changed = {} }: Delivery = {},
): Promise<Answered> {
  // Byte for byte what Stripe would send: two spaces, no line end.
  const signed = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
  const body = Object.keys(changed).length === 0 ? signed : JSON.stringify({ ...event, ...changed }, null, 2);
  const key = signature === 'forged' ? FORGED : secret;
  const outcome = await courier.deliver({
    url,
    body,
    signature: signature === 'none' ? undefined : signBody(signed, key, Math.floor(now / 1000)),
    headers: {},
    timeoutMs: ANSWER_MS,
    signal: new AbortController().signal,
  });
  const wrong =
    signature !== 'good' ? signature : Object.keys(changed).length > 0 ? ('changed' as const) : undefined;
  const type = String((changed['type'] ?? event['type']) as string);
  const order = orderOf(event);
  const asked = {
    method: 'POST',
    path: new URL(url).pathname,
    form: {},
    event: type,
    ...(order === undefined ? {} : { order }),
    ...(wrong === undefined ? {} : { signature: wrong }),
  };
  return outcome.kind === 'answered'
    ? { ...asked, status: outcome.status, answer: readAnswer(outcome.bodyStart), ms: outcome.ms }
    : { ...asked, status: 0, answer: outcome.message, ms: outcome.ms };
}

/** The order that an event is about, as its intent names it. */
function orderOf(event: ApiRecord): string | undefined {
  const order = follow(event, ['data', 'object', 'metadata', 'order']);
  return typeof order === 'string' ? order : undefined;
}

const FORGED = ['whsec', 'of', 'somebody', 'else'].join('_');

/** JSON where it is JSON, the text otherwise. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : error.message;
}
