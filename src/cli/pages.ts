import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import { CliError } from './errors.ts';
import { itemsOf } from './views/intent-list-view.ts';

/** The most the API answers at once. */
const largestPage = 100;

export interface PageWishes {
  /** How many in all; undefined is one page of the API's default size. */
  readonly limit: number | undefined;
  readonly all: boolean;
  readonly signal: AbortSignal;
}

/**
 * Walks a list until there are enough: `starting_after` for lists, `page` for searches. One page is answered as it came;
 * several become one list object of the same shape.
 */
export async function walkPages(
  gateway: Gateway,
  path: string,
  params: ApiRecord,
  { limit, all, signal }: PageWishes,
): Promise<ApiRecord> {
  if (limit !== undefined && limit < 1) {
    throw new CliError('FLAG_INVALID', `--limit ${limit} is not a number of records`, {
      why: 'It is 1 or more; --all fetches every one.',
    });
  }
  const wanted = all ? Number.POSITIVE_INFINITY : limit;
  const sizeFor = (missing: number | undefined): ApiRecord =>
    missing === undefined ? {} : { limit: Math.min(missing, largestPage) };
  let page = (await gateway.request('GET', path, { ...params, ...sizeFor(wanted) })).object;
  // Backwards pages would have to be put in front; nobody has asked for more than a page of them.
  if (wanted === undefined || params['ending_before'] !== undefined) return page;
  const first = page;
  const items = itemsOf(page);
  let pages = 1;
  while (page['has_more'] === true && items.length < wanted && !signal.aborted) {
    page = (
      await gateway.request('GET', path, { ...params, ...cursor(page), ...sizeFor(wanted - items.length) })
    ).object;
    items.push(...itemsOf(page));
    pages += 1;
  }
  return pages === 1 ? first : { ...first, ...page, data: items };
}

function cursor(page: ApiRecord): ApiRecord {
  if (page['object'] === 'search_result') return { page: page['next_page'] };
  return { starting_after: itemsOf(page).at(-1)?.['id'] };
}
