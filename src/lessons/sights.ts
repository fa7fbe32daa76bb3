import type { ApiRecord } from '../gateway/gateway.ts';
import { follow } from '../scenario/references.ts';
import type { Seen } from './seen.ts';

// What checks ask of a turn. Objects are named as in the lesson, `intent` unless said otherwise.

export function statusOf({ objects }: Seen, name = 'intent'): unknown {
  return objects.get(name)?.['status'];
}

/** Whether an event of this type about the object, or about a charge of it, was sent during the turn. */
export function wasTold({ events, objects }: Seen, type: string, name = 'intent'): boolean {
  const object = objects.get(name);
  return object !== undefined && events.some((event) => event['type'] === type && isAbout(event, object));
}

/** Intents of the turn about which an event of this type was sent, newest first. */
export function intentsWith({ events, intents }: Seen, type: string): readonly ApiRecord[] {
  return intents.filter((intent) => events.some((event) => event['type'] === type && isAbout(event, intent)));
}

function isAbout(event: ApiRecord, { id }: ApiRecord): boolean {
  return ['id', 'payment_intent'].some((field) => follow(event, ['data', 'object', field]) === id);
}

/** Whether the learner asked something of the intent and was refused with this code. `action` is the end of the path. */
export function wasRefused(
  { objects, requests }: Seen,
  code: string,
  {
    action = '',
    name = 'intent',
  }: { readonly action?: 'cancel' | 'capture' | 'confirm' | ''; name?: string } = {},
): boolean {
  const wanted = `/v1/payment_intents/${String(objects.get(name)?.['id'])}${action && `/${action}`}`;
  return requests.some(
    ({ error, method, path }) => method === 'POST' && path === wanted && error?.code === code,
  );
}

/** Whether the learner asked for the intent, alone or in a list. */
export function wasLookedUp({ objects, requests }: Seen, name = 'intent'): boolean {
  const collection = '/v1/payment_intents';
  const wanted = [collection, `${collection}/${String(objects.get(name)?.['id'])}`];
  return requests.some(
    ({ method, path, status }) => method === 'GET' && status === 200 && wanted.includes(path),
  );
}

/** Nobody has tried to take money for it, and it can still be paid. */
export function isUntouched(intent: ApiRecord): boolean {
  const waits =
    intent['status'] === 'requires_payment_method' || intent['status'] === 'requires_confirmation';
  return waits && intent['latest_charge'] === null && intent['last_payment_error'] === null;
}
