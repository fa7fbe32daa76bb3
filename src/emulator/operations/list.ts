import { invalidRequest, noSuch } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';
import type { Collection } from '../store/collections.ts';
import type { Call } from '../world.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export interface ListTerms {
  readonly collection: Collection;
  /** Stripe's word for the object in "No such ...". */
  readonly noun: string;
  /** Equality filters beyond those the parameters give. */
  readonly where?: Record<string, string | readonly string[]>;
  /** Parameters that filter by the column of the same name. */
  readonly filters?: readonly string[];
}

/**
 * One page of a collection, newest first. `limit` is held between 1 and 100 without a word (recorded 2026-08); cursors
 * are exclusive, and a deleted object still works as one.
 *
 * @throws ApiError 400 for an unknown cursor, for both cursors at once, or for a customer who does not exist.
 */
export function listObjects(call: Call, terms: ListTerms): ApiHash {
  const { world, params, url } = call;
  requireCustomer(call, terms);
  const where: Record<string, string | readonly string[]> = { ...terms.where };
  for (const name of terms.filters ?? []) {
    if (typeof params[name] === 'string') where[name] = params[name];
  }
  const startingAfter = cursor(call, terms, 'starting_after');
  const endingBefore = cursor(call, terms, 'ending_before');
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw invalidRequest(
      'Received both starting_after and ending_before parameters. Please pass in only one.',
    );
  }
  const page = world.store.list({
    collection: terms.collection,
    where,
    limit: Math.min(Math.max((params['limit'] as number | undefined) ?? DEFAULT_LIMIT, 1), MAX_LIMIT),
    ...(params['created'] === undefined ? {} : { created: createdRange(params['created']) }),
    ...(startingAfter === undefined ? {} : { startingAfter }),
    ...(endingBefore === undefined ? {} : { endingBefore }),
  });
  return { object: 'list', data: page.data, has_more: page.hasMore, url };
}

/** A list of an unknown or deleted customer is an error, not an empty list (recorded 2026-03). */
function requireCustomer({ world, params }: Call, terms: ListTerms): void {
  const customer = params['customer'];
  if (terms.filters?.includes('customer') !== true || typeof customer !== 'string') return;
  if (world.get('customers', customer) === undefined)
    throw noSuch('customer', customer, 'customer', 'parameter');
}

function cursor(
  { world, params }: Call,
  terms: ListTerms,
  name: 'starting_after' | 'ending_before',
): number | undefined {
  const id = params[name];
  if (typeof id !== 'string') return undefined;
  const seq = world.store.seqOf(terms.collection, id);
  if (seq === undefined) throw noSuch(terms.noun, id, name, 'parameter');
  return seq;
}

function createdRange(created: unknown): { gt?: number; gte?: number; lt?: number; lte?: number } {
  return typeof created === 'number' ? { gte: created, lte: created } : (created as { gt?: number });
}
