import type { ApiRecord, Gateway } from '../gateway.ts';
import { type SourceEvent, sourceEvent } from './source.ts';

const PAGE = 100;

export interface WalkOptions {
  /** Unix seconds: nothing older is asked for. */
  readonly since: number;
  /** Events that were read before. */
  readonly known: (id: string) => boolean;
  /** Reads on after a page that holds a known event, since late ones can stand further back. */
  readonly thorough: boolean;
}

/**
 * Reads `/v1/events` from the newest one back and answers what is new, oldest first.
 *
 * @throws GatewayError
 */
export async function walkEvents(gateway: Gateway, options: WalkOptions): Promise<SourceEvent[]> {
  const found: SourceEvent[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await eventPage(gateway, {
      limit: PAGE,
      created: { gte: options.since },
      ...(after === undefined ? {} : { starting_after: after }),
    });
    const fresh = page.events.filter((event) => !options.known(event.id));
    found.push(...fresh);
    after = page.events.at(-1)?.id;
    if (!page.hasMore || after === undefined) break;
    if (!options.thorough && fresh.length < page.events.length) break;
  }
  return found.reverse();
}

/** One page of `/v1/events`, newest first. @throws GatewayError */
export async function eventPage(
  gateway: Gateway,
  params: ApiRecord,
): Promise<{ readonly events: readonly SourceEvent[]; readonly hasMore: boolean }> {
  const { object } = await gateway.request('GET', '/v1/events', params);
  const data = Array.isArray(object['data']) ? (object['data'] as ApiRecord[]) : [];
  return {
    events: data.map((event) => sourceEvent(event, Number(event['created']))),
    hasMore: object['has_more'] === true,
  };
}
