import type { ApiRecord } from '../gateway/gateway.ts';
import type { RequestLog } from '../gateway/request-log.ts';
import type { Seen } from './seen.ts';

/** Paths of the operations that lessons look for. */
export const INTENTS = '/v1/payment_intents';
export const REFUNDS = '/v1/refunds';

/** Whether an object that the lesson knows by name has this status. */
export function hasStatus(name: string, status: string): (seen: Seen) => boolean {
  return ({ objects }) => objects.get(name)?.['status'] === status;
}

/** Whether a request was refused with this code. */
export function refusedWith(code: string): (seen: Seen) => boolean {
  return ({ requests }) => requests.some(({ error }) => error?.code === code);
}

/** What the events of a type are about, as it was then, oldest first. */
export function objectsOf(events: readonly ApiRecord[], type: string): readonly ApiRecord[] {
  return events.flatMap((event) => {
    const object = (event['data'] as { object?: ApiRecord } | undefined)?.object;
    return event['type'] === type && object !== undefined ? [object] : [];
  });
}

/** Whether an object belongs to another that the lesson knows by name: the intent of a charge, the customer of an intent. */
export function belongsTo(object: ApiRecord, field: string, owner: ApiRecord | undefined): boolean {
  return owner !== undefined && object[field] === owner['id'];
}

export const isPost = ({ method }: RequestLog) => method === 'POST';
