import { invalidRequest } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { Call, Operation, World } from '../world.ts';
import type { SearchResource } from './fields.ts';
import { matches } from './match.ts';
import { type Query, readQuery } from './query.ts';
import { storeTerms } from './store-terms.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** Stripe counts no further (the types). */
const MAX_COUNT = 10_000;

/** Carries, out of sight, how to count a result; only an answer that expands `total_count` pays for it. */
const COUNT = Symbol('count');

/**
 * `GET /v1/{resource}/search`: newest first, in pages. Stripe's own index lags behind by up to a minute; this one does
 * not, so code that reads what it has just written works here and not there.
 *
 * @throws ApiError 400 for a query or a page that cannot be read
 */
export function searchOperation(resource: SearchResource): Operation {
  return (call) => {
    const { world, params } = call;
    const query = readQuery(params['query'] as string, resource);
    const limit = Math.min(Math.max((params['limit'] as number | undefined) ?? DEFAULT_LIMIT, 1), MAX_LIMIT);
    const found = pageOf(candidates(world, resource, query, pageStart(call, resource)), query, limit + 1);
    const data = found.slice(0, limit);
    const hasMore = found.length > limit;
    return {
      object: 'search_result',
      data,
      has_more: hasMore,
      next_page: hasMore ? pageAfter(data[data.length - 1] as ApiObject) : null,
      url: call.url,
      [COUNT]: () => count(world, resource, query),
    };
  };
}

/** The number of objects that a search result stands for, its further pages included; at most 10,000. */
export function totalCountOf(result: ApiHash): number | undefined {
  return (result as { [COUNT]?: () => number })[COUNT]?.();
}

function count(world: World, resource: SearchResource, query: Query): number {
  return pageOf(candidates(world, resource, query, undefined), query, MAX_COUNT).length;
}

function pageOf(objects: Iterable<ApiObject>, query: Query, limit: number): ApiObject[] {
  const found: ApiObject[] = [];
  for (const object of objects) {
    if (!matches(object, query)) continue;
    found.push(object);
    if (found.length === limit) break;
  }
  return found;
}

/** What may match: the store narrows it down where it can, the rest is compared object by object. */
function* candidates(
  world: World,
  resource: SearchResource,
  query: Query,
  before: number | undefined,
): Generator<ApiObject> {
  const terms = storeTerms(resource, query);
  for (let startingAfter = before; ; ) {
    const page = world.store.list({
      ...terms,
      collection: resource,
      limit: MAX_LIMIT,
      ...(startingAfter === undefined ? {} : { startingAfter }),
    });
    yield* page.data;
    const last = page.data[page.data.length - 1];
    if (!page.hasMore || last === undefined) return;
    startingAfter = world.store.seqOf(resource, last.id);
  }
}

/** A page begins behind the last object of the one before. */
const pageAfter = (last: ApiObject) => Buffer.from(last.id).toString('base64url');

function pageStart({ world, params }: Call, resource: SearchResource): number | undefined {
  const page = params['page'] as string | undefined;
  if (page === undefined) return undefined;
  const seq = world.store.seqOf(resource, Buffer.from(page, 'base64url').toString());
  if (seq === undefined) {
    throw invalidRequest(
      `Invalid page: \`${page}\`. Use the \`next_page\` of the search result that comes before.`,
      { param: 'page' },
    );
  }
  return seq;
}
