import type { ApiRecord } from '../gateway/gateway.ts';
import { follow } from '../scenario/references.ts';
import { INTENTS } from './looks.ts';
import type { Seen } from './seen.ts';

// What checks ask of a turn about the intent that the lesson knows as `intent`.

/** Whether an event of this type about it, or about a charge of it, was sent during the turn. */
export function wasTold({ events, objects }: Seen, type: string): boolean {
  const intent = objects.get('intent');
  return intent !== undefined && events.some((event) => event['type'] === type && isAbout(event, intent));
}

/** Intents of the turn about which an event of this type was sent, newest first. */
export function intentsWith({ events, intents }: Seen, type: string): readonly ApiRecord[] {
  return intents.filter((intent) => events.some((event) => event['type'] === type && isAbout(event, intent)));
}

function isAbout(event: ApiRecord, { id }: ApiRecord): boolean {
  return ['id', 'payment_intent'].some((field) => follow(event, ['data', 'object', field]) === id);
}

/** Whether the learner asked to change it, or with `action` to confirm it, and was refused with this code. */
export function wasRefused({ objects, requests }: Seen, code: string, action?: 'confirm'): boolean {
  const own = `${INTENTS}/${String(objects.get('intent')?.['id'])}`;
  const wanted = action === undefined ? own : `${own}/${action}`;
  return requests.some(
    ({ error, method, path }) => method === 'POST' && path === wanted && error?.code === code,
  );
}

/** Whether the learner asked for it, alone or in a list. */
export function wasLookedUp({ objects, requests }: Seen): boolean {
  const wanted = [INTENTS, `${INTENTS}/${String(objects.get('intent')?.['id'])}`];
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
