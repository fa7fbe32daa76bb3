import { objectTable } from '../api/tables.ts';
import { invalidRequest, noSuch, unsupported } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { CreatedRange } from '../store/store.ts';
import type { Call, Operations } from '../world.ts';
import { listObjects } from './list.ts';

/** The API goes back thirty days (documented). */
const WINDOW_SECONDS = 30 * 24 * 60 * 60;
const MOST_TYPES = 20;

/** The endpoints of events. */
export const events: Operations = {
  'events.list': listEvents,
  'events.retrieve': retrieveEvent,
};

/** `GET /v1/events/{id}` @throws ApiError 404, also for an event that is too old */
function retrieveEvent({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  const event = world.get('events', id);
  if (event === undefined || (event['created'] as number) < world.now - WINDOW_SECONDS) {
    throw noSuch('event', id, 'id', 'path');
  }
  return event;
}

/**
 * `GET /v1/events` of the last thirty days. `type` may end in `*` (documented); a type that does not exist matches
 * nothing (recorded 2026-08).
 *
 * @throws ApiError 400
 */
function listEvents(call: Call): ApiHash {
  const { params, world } = call;
  if (params['delivery_success'] !== undefined) {
    throw unsupported('Filtering events by delivery', 'delivery_success');
  }
  const types = typesOf(params);
  const created = withinWindow(params['created'], world.now - WINDOW_SECONDS);
  return listObjects(
    { ...call, params: { ...params, created } },
    { collection: 'events', noun: 'event', ...(types === undefined ? {} : { where: { type: types } }) },
  );
}

function typesOf(params: ApiHash): string | readonly string[] | undefined {
  const { type, types } = params as { type?: string; types?: readonly string[] };
  if (type !== undefined && types !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: type, types.');
  }
  if (types !== undefined) {
    if (types.length > MOST_TYPES) {
      throw invalidRequest(`Array types exceeded maximum ${MOST_TYPES} allowed elements.`, {
        param: 'types',
      });
    }
    return types.flatMap(matching);
  }
  return type === undefined ? undefined : type.includes('*') ? matching(type) : type;
}

/** The types a pattern such as `charge.*` stands for. */
function matching(pattern: string): string[] {
  if (!pattern.endsWith('*')) return [pattern];
  const known = objectTable('event')?.fields.get('type')?.type;
  const start = pattern.slice(0, -1);
  return known?.kind === 'enum' ? [...known.values].filter((type) => type.startsWith(start)) : [];
}

function withinWindow(created: unknown, oldest: number): CreatedRange {
  const range: CreatedRange =
    typeof created === 'number'
      ? { gte: created, lte: created }
      : ((created as CreatedRange | undefined) ?? {});
  return { ...range, gte: Math.max(range.gte ?? oldest, oldest) };
}
