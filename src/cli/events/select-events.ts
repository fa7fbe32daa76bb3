import type { ApiRecord, Gateway } from '../../gateway/gateway.ts';
import { itemsOf } from '../views/intent-list-view.ts';

const PAGE = 100;

export interface EventWishes {
  /** Parameters of the list: `type`, `types`, `created`. */
  readonly params: ApiRecord;
  /** Only events about this intent or what it caused. */
  readonly intent: string | undefined;
  /** Only these, of those that the API answers. */
  readonly keep: ((event: ApiRecord) => boolean) | undefined;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * Events, the newest first, as many as wanted. The API cannot be asked for the events of one intent, so those of others
 * are read and left out. `more` says whether there may be further ones. @throws GatewayError
 */
export async function selectEvents(
  gateway: Gateway,
  { params, intent, keep, limit, signal }: EventWishes,
): Promise<{ readonly events: readonly ApiRecord[]; readonly more: boolean }> {
  const found: ApiRecord[] = [];
  let after: ApiRecord = {};
  for (;;) {
    const size = intent === undefined && keep === undefined ? Math.min(PAGE, limit - found.length) : PAGE;
    const { object } = await gateway.request('GET', '/v1/events', { ...params, limit: size, ...after });
    const page = itemsOf(object);
    const mine = page.filter(
      (event) => (intent === undefined || isAbout(event, intent)) && keep?.(event) !== false,
    );
    const room = limit - found.length;
    found.push(...mine.slice(0, room));
    const more = object['has_more'] === true;
    if (!more || found.length >= limit || signal.aborted)
      return { events: found, more: more || mine.length > room };
    after = { starting_after: page.at(-1)?.['id'] };
  }
}

/** Whether an event is about an intent, or about a charge, refund or dispute of it. */
function isAbout(event: ApiRecord, intent: string): boolean {
  const data = event['data'] as { object?: ApiRecord } | undefined;
  const object = data?.object ?? {};
  return [object['id'], object['payment_intent'], object['setup_intent']].some((value) => {
    const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value;
    return id === intent;
  });
}
